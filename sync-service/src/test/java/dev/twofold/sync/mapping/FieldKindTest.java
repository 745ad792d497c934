package dev.twofold.sync.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.FieldValue;
import dev.twofold.sync.record.Side;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldKindTest {

  @ParameterizedTest(name = "{0}: {1} and {2} are the same: {3}")
  @CsvSource({
    "EMAIL, Zoe@Example.com, zoe@example.com, true",
    "EMAIL, zoe@example.com, zoe@example.org, false",
    "NAME, Zoe  New, Zoe New, true",
    "NAME, Zoe New, Zoe Old, false",
    "PHONE, +41 44 123 45 67, +41441234567, true",
    "PHONE, 0041 44 123 45 67, +41441234567, true",
    "PHONE, (044) 123 45 67, 044-123-4567, true",
    "PHONE, 044 123 45 67, 044 123 45 68, false",
    "PHONE, ext, EXT, true",
    "PHONE, \u0660\u0664\u0664 123, 044123, true",
    "PHONE, \uD835\uDFCE\uD835\uDFD2\uD835\uDFD2 123, 044123, true",
    "TEXT, Some text, some text, false",
    "NUMBER, 1.50, 1.5, true",
    "NUMBER, -0, 0, true",
    "NUMBER, 10, 1, false",
    "BOOLEAN, True, true, true",
    "DATE, 1767225600000, 2026-01-01, true",
    "DATE, 2026-01-01T00:00:00Z, 2026-01-01, true",
    "CHOICE, gold, silver, false",
  })
  void comparesValuesAsTheirKindMeansThem(FieldKind kind, String one, String other, boolean same) {
    assertThat(kind.same(FieldValue.of(one), FieldValue.of(other))).isEqualTo(same);
  }

  @ParameterizedTest(name = "{0} to {1}: {2} is held: {3}")
  @CsvSource({
    "PHONE, STRIPE, +41 44 123 45 67, false",
    "PHONE, STRIPE, +41 (0)44 123 45 67 89 00, true",
    "EMAIL, HUBSPOT, zoe@example.com, false",
    "EMAIL, HUBSPOT, zoe@example.test, true",
    "EMAIL, HUBSPOT, zoe@@example.com, true",
    "EMAIL, HUBSPOT, zoe, true",
    "NUMBER, HUBSPOT, 12.5, false",
    "NUMBER, HUBSPOT, twelve, true",
    "BOOLEAN, HUBSPOT, yes, true",
    "DATE, HUBSPOT, 2026-02-30, true",
    "DATE, HUBSPOT, 2026-02-28, false",
    "CHOICE, HUBSPOT, gold, false",
    "CHOICE, HUBSPOT, bronze, true",
  })
  void holdsWhatWouldNotSurviveTheTrip(FieldKind kind, Side target, String value, boolean held) {
    assertThat(kind.problem(mapping(kind), target, FieldValue.of(value)).isPresent())
        .isEqualTo(held);
  }

  @Test
  void holdsNamesAndTextsThatStripeWouldRefuse() {
    FieldValue longName = FieldValue.name("a".repeat(200), "b".repeat(56));
    assertThat(FieldKind.NAME.problem(mapping(FieldKind.NAME), Side.STRIPE, longName)).isPresent();
    FieldValue longText = FieldValue.of("x".repeat(501));
    assertThat(FieldKind.TEXT.problem(mapping(FieldKind.TEXT), Side.STRIPE, longText)).isPresent();
    FieldValue fits = FieldValue.of("x".repeat(500));
    assertThat(FieldKind.TEXT.problem(mapping(FieldKind.TEXT), Side.STRIPE, fits)).isEmpty();
  }

  @ParameterizedTest(name = "Stripes {0} takes {1} characters")
  @CsvSource({
    "name, 256",
    "phone, 20",
    "shipping.phone, 20",
    "description, 350",
    "metadata.x, 500",
    "address.city, 500"
  })
  void holdsWhatIsLongerThanItsPlaceInStripe(String path, int most) {
    FieldMapping field = FieldMapping.both("x", FieldKind.TEXT, List.of("x"), path);
    FieldValue fits = FieldValue.of("x".repeat(most));
    FieldValue isTooLong = FieldValue.of("x".repeat(most + 1));
    assertThat(FieldKind.TEXT.problem(field, Side.STRIPE, fits)).isEmpty();
    assertThat(FieldKind.TEXT.problem(field, Side.STRIPE, isTooLong))
        .hasValue(
            "Stripe takes at most %d characters here, the value has %d".formatted(most, most + 1));
  }

  @ParameterizedTest(name = "{0} {1} is written to HubSpot as {2}")
  @CsvSource({
    "BOOLEAN, TRUE, true",
    "DATE, 2026-01-01T00:00:00Z, 2026-01-01",
    "DATE, 1767225600000, 2026-01-01",
    "NUMBER, 1.50, 1.50",
    "TEXT, ' some text ', some text",
  })
  void spellsValuesAsHubSpotTakesThem(FieldKind kind, String value, String spelled) {
    assertThat(kind.forHubSpot(FieldValue.of(value))).containsExactly(spelled);
    assertThat(kind.same(FieldValue.of(value), FieldValue.of(spelled))).isTrue();
  }

  @Test
  void needsTheChoicesOfAChoice() {
    assertThatThrownBy(
            () -> FieldMapping.both("tier", FieldKind.CHOICE, List.of("tier"), "metadata.tier"))
        .isInstanceOf(MappingRefused.class)
        .hasMessageContaining("needs the choices");
  }

  @Test
  void refusesAMappingThatCouldNotWork() {
    assertThatThrownBy(() -> FieldMapping.both("x", FieldKind.TEXT, List.of("x"), "metadata"))
        .isInstanceOf(MappingRefused.class)
        .hasMessageContaining("'x'")
        .hasMessageContaining("Stripe path");
    assertThatThrownBy(() -> FieldMapping.both("n", FieldKind.NAME, List.of("n"), "name"))
        .hasMessageContaining("expected 2 HubSpot properties");
    assertThatThrownBy(() ->
            new Mappings(
                1,
                "contact",
                "customer",
                true,
                List.of(
                    FieldMapping.both("a", FieldKind.TEXT, List.of("a"), "metadata.a"),
                    FieldMapping.both("b", FieldKind.TEXT, List.of("a"), "metadata.b"))))
        .hasMessageContaining("mapped twice");
  }

  private static FieldMapping mapping(FieldKind kind) {
    return new FieldMapping(
        new FieldName("field"),
        kind,
        kind == FieldKind.NAME ? List.of("firstname", "lastname") : List.of("field"),
        switch (kind) {
          case EMAIL -> "email";
          case NAME -> "name";
          case PHONE -> "phone";
          default -> "metadata.field";
        },
        Direction.BOTH,
        ConflictPolicy.LATEST,
        Clearing.PROPAGATE,
        kind == FieldKind.CHOICE ? Set.of("gold", "silver") : Set.of());
  }
}
