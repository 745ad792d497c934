package dev.twofold.sync.tenant.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.twofold.sync.mapping.Clearing;
import dev.twofold.sync.mapping.ConflictPolicy;
import dev.twofold.sync.mapping.Direction;
import dev.twofold.sync.mapping.FieldKind;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.problem.Problem;
import dev.twofold.sync.record.FieldName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Mappings as they are shown and sent, words in lower case as in {@code to-stripe}.
 *
 * @param version the version in force; with a change, the one it was made from
 * @param hubspotType shown only; it cannot be changed
 * @param stripeType shown only; it cannot be changed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MappingsBody(
    @Nullable Integer version,
    @Nullable String hubspotType,
    @Nullable String stripeType,
    @Nullable Boolean matchByEmail,
    @Nullable List<FieldBody> fields) {

  /**
   * One field.
   *
   * @param direction {@code both} where it is left out
   * @param conflict who wins, {@code latest} where it is left out
   * @param clearing {@code propagate} where it is left out
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record FieldBody(
      @Nullable String name,
      @Nullable String kind,
      @Nullable List<String> hubspot,
      @Nullable String stripe,
      @Nullable String direction,
      @Nullable String conflict,
      @Nullable String clearing,
      @Nullable Set<String> choices) {

    private static FieldBody of(FieldMapping field) {
      return new FieldBody(
          field.name().value(),
          TenantView.word(field.kind()),
          field.hubspotProperties(),
          field.stripePath(),
          TenantView.word(field.direction()),
          TenantView.word(field.policy()),
          TenantView.word(field.clearing()),
          field.choices().isEmpty() ? null : new TreeSet<>(field.choices()));
    }

    private FieldMapping mapping() {
      FieldName field = fieldName();
      return new FieldMapping(
          field,
          choice(field, "kind", kind, FieldKind.values(), null),
          hubspot == null ? List.of() : hubspot,
          stripe == null ? "" : stripe,
          choice(field, "direction", direction, Direction.values(), Direction.BOTH),
          choice(field, "conflict", conflict, ConflictPolicy.values(), ConflictPolicy.LATEST),
          choice(field, "clearing", clearing, Clearing.values(), Clearing.PROPAGATE),
          choices == null ? Set.of() : choices);
    }

    private FieldName fieldName() {
      try {
        return new FieldName(name == null ? "" : name);
      } catch (IllegalArgumentException bad) {
        throw refused(name == null ? "" : name, String.valueOf(bad.getMessage()));
      }
    }
  }

  static MappingsBody of(Mappings mappings) {
    return new MappingsBody(
        mappings.version(),
        mappings.hubspotType(),
        mappings.stripeType(),
        mappings.matchByEmail(),
        mappings.fields().stream().map(FieldBody::of).toList());
  }

  /** The fields, each by itself able to work. */
  List<FieldMapping> mappings() {
    return fields == null ? List.of() : fields.stream().map(FieldBody::mapping).toList();
  }

  private static <E extends Enum<E>> E choice(
      FieldName field, String what, @Nullable String word, E[] values, @Nullable E standard) {
    if (word == null && standard != null) {
      return standard;
    }
    for (E value : values) {
      if (TenantView.word(value).equals(word)) {
        return value;
      }
    }
    List<String> words = Stream.of(values).map(TenantView::word).toList();
    throw refused(field.value(), "%s is one of %s".formatted(what, String.join(", ", words)));
  }

  /** A mapping that is refused, with the field and the reason. */
  static RuntimeException refused(String field, String reason) {
    Problem problem =
        Problem.badRequest(
            "mapping-refused", "Field '%s': %s. Nothing was changed.".formatted(field, reason));
    return new Problem(
            problem.status(),
            problem.name(),
            problem.detail(),
            Map.of("field", field, "reason", reason))
        .thrown();
  }
}
