package dev.twofold.sync.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.problem.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AccessFilterTest {

  private static final Doorkeeper NOBODY =
      request ->
          Optional.of(
              new Problem(HttpStatus.UNAUTHORIZED, "not-proven", "Send a token.", Map.of()));
  private static final Doorkeeper EVERYBODY = request -> Optional.empty();

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  @Test
  void letsInWhomTheDoorkeeperLetsIn() throws Exception {
    assertThat(isLetIn(EVERYBODY, get("/links/hubspot/101"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/notices",
        "/writes/hubspot/main/drain",
        "/links",
        "/tenants/main",
        "/",
        "/actuator/prometheus",
        "/actuator/healthy",
        "/error"
      })
  void holdsEverythingBackFromWhomTheDoorkeeperRefuses(String path) throws Exception {
    assertThat(isLetIn(NOBODY, get(path))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
  void showsTheHealthPageToAll(String path) throws Exception {
    assertThat(isLetIn(NOBODY, get(path))).isTrue();
  }

  @Test
  void answersARefusalAsAProblemAndCountsIt() throws Exception {
    isLetIn(NOBODY, get("/notices"));

    JsonNode body = JsonMapper.shared().readTree(response.getContentAsString());
    assertThat(response.getStatus()).isEqualTo(401);
    assertThat(response.getContentType()).isEqualTo("application/problem+json");
    assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(body.path("type").asString()).isEqualTo("urn:twofold:problem:not-proven");
    assertThat(body.path("status").asInt()).isEqualTo(401);
    assertThat(body.path("detail").asString()).isEqualTo("Send a token.");
    assertThat(meters.counter("twofold.access.refused", "reason", "not-proven").count()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "/writes/index/../../actuator/health, /actuator/health",
    "/links;x=/actuator/health, /links",
    "/links/hubspot/%31, /links/hubspot/1",
    "//links, /links"
  })
  void refusesAddressesThatCouldBeUnderstoodInTwoWays(String written, String understood)
      throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", written);
    request.setServletPath(understood);

    assertThat(isLetIn(EVERYBODY, request)).isFalse();
    assertThat(response.getStatus()).isEqualTo(400);
  }

  @Test
  void takesNoCommandsFromAnotherSitesPage() throws Exception {
    MockHttpServletRequest command = get("/tenants/main/pause");
    command.setMethod("POST");
    command.addHeader("Sec-Fetch-Site", "cross-site");
    command.addHeader("Sec-Fetch-Mode", "navigate");

    assertThat(isLetIn(EVERYBODY, command)).isFalse();
    assertThat(response.getStatus()).isEqualTo(403);
  }

  @Test
  void letsAPersonFollowALinkToAPage() throws Exception {
    MockHttpServletRequest followed = get("/links/hubspot/101");
    followed.addHeader("Sec-Fetch-Site", "cross-site");
    followed.addHeader("Sec-Fetch-Mode", "navigate");
    MockHttpServletRequest fetched = get("/links/hubspot/101");
    fetched.addHeader("Sec-Fetch-Site", "cross-site");
    fetched.addHeader("Sec-Fetch-Mode", "no-cors");

    assertThat(isLetIn(EVERYBODY, followed)).isTrue();
    assertThat(isLetIn(EVERYBODY, fetched)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, localhost, true",
    "0:0:0:0:0:0:0:1, [::1], true",
    "192.168.0.7, 127.0.0.1, false",
    "10.0.0.1, localhost, false",
    "127.0.0.1, rebound.example, false",
    "127.0.0.1, 192.168.0.7, false"
  })
  void locallyLetsOnlyThisMachineIn(String caller, String name, boolean letIn) throws Exception {
    MockHttpServletRequest request = get("/notices");
    request.setRemoteAddr(caller);
    request.setServerName(name);

    assertThat(isLetIn(new LoopbackDoorkeeper(), request)).isEqualTo(letIn);
    assertThat(response.getStatus()).isEqualTo(letIn ? 200 : 403);
  }

  private boolean isLetIn(Doorkeeper doorkeeper, MockHttpServletRequest request)
      throws IOException, ServletException {
    MockFilterChain chain = new MockFilterChain();
    new AccessFilter(doorkeeper, meters).doFilter(request, response, chain);
    return chain.getRequest() != null;
  }

  private static MockHttpServletRequest get(String path) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
    request.setServletPath(path);
    return request;
  }
}
