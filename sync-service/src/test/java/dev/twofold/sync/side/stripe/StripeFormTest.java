package dev.twofold.sync.side.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.sync.side.StripeSide.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StripeFormTest {

  @Test
  void nestsPathsAndClearsWithBlanks() {
    Map<String, Object> form =
        StripeForm.ofUpdate(
            write(
                Map.of(
                    "phone", "",
                    "address.city", "Bern",
                    "shipping.address.line1", "Gasse 1",
                    "metadata.owner", ""),
                "501"));

    assertThat(form)
        .isEqualTo(
            Map.of(
                "phone", "",
                "address", Map.of("city", "Bern"),
                "shipping", Map.of("address", Map.of("line1", "Gasse 1")),
                "metadata", Map.of("owner", "", "hubspot_contact_id", "501")));
  }

  @Test
  void leavesBlanksOutOfANewCustomer() {
    Map<String, Object> form =
        StripeForm.ofCreate(write(Map.of("email", "zoe@example.com", "phone", ""), "501"));

    assertThat(form)
        .isEqualTo(
            Map.of("email", "zoe@example.com", "metadata", Map.of("hubspot_contact_id", "501")));
  }

  @Test
  void leavesTheMarkAloneWhenThereIsNone() {
    assertThat(StripeForm.ofUpdate(write(Map.of("name", "Zoe"), null)))
        .isEqualTo(Map.of("name", "Zoe"));
  }

  @Test
  void refusesAValueAndAPartOfOne() {
    Write write = write(Map.of("address", "x", "address.city", "Bern"), null);

    assertThatThrownBy(() -> StripeForm.ofUpdate(write))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("address.city");
  }

  private static Write write(Map<String, String> values, @Nullable String mark) {
    return new Write("twofold-1", values, mark, List.of(), Duration.ZERO);
  }
}
