package dev.twofold.simulators.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiRequestTest {
  @Test
  void decodesPathAndQueryAndKeepsRepeatedValuesInOrder() {
    ApiRequest request =
        ApiRequest.of(
            "GET",
            "/crm/v3/objects/contacts/a%40b.co?p=1&p=2&q=x%20y+z&flag&r=100%",
            Map.of("X-One", "1"),
            new byte[0]);

    assertThat(request.path()).isEqualTo("/crm/v3/objects/contacts/a@b.co");
    assertThat(request.query())
        .containsEntry("p", List.of("1", "2"))
        .containsEntry("q", List.of("x y z"))
        .containsEntry("flag", List.of(""))
        .containsEntry("r", List.of("100%"));
    assertThat(request.header("x-ONE")).contains("1");
    assertThat(request.parameter("none")).isEmpty();
  }

  @Test
  void refusesAPathWithoutALeadingSlash() {
    assertThatThrownBy(() -> ApiRequest.of("GET", "v1", Map.of(), new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("v1");
  }
}
