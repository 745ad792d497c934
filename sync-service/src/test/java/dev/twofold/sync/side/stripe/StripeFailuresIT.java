package dev.twofold.sync.side.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.record.CallSpan;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.side.FixedToken;
import dev.twofold.sync.side.Page;
import dev.twofold.sync.side.ScriptedServer;
import dev.twofold.sync.side.Sending;
import dev.twofold.sync.side.StripeSide.Write;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter with stripe-java against answers of recorded shapes. */
class StripeFailuresIT {

  private static final TenantId TENANT = new TenantId("main");
  private static final RecordId CUSTOMER = RecordId.customer("cus_1");
  private static final Write WRITE =
      new Write("twofold-a-1", Map.of("name", "Zoe"), "501", List.of("name"), Duration.ZERO);

  private final ScriptedServer server = new ScriptedServer();
  private long nanos;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sendsAFormWithKeyVersionAndNoTelemetry() {
    server.answer(200, "{\"object\":\"customer\",\"id\":\"cus_1\"}");
    server.answer(200, "{\"object\":\"customer\",\"id\":\"cus_1\"}");
    StripeApiSide side = side(server.address());

    side.update(TENANT, CUSTOMER, WRITE);
    side.update(TENANT, CUSTOMER, WRITE);

    assertThat(server.seen())
        .allSatisfy(seen -> {
          assertThat(seen.method()).isEqualTo("POST");
          assertThat(seen.target()).isEqualTo("/v1/customers/cus_1");
          assertThat(seen.header("Idempotency-key")).isEqualTo("twofold-a-1");
          assertThat(seen.header("Authorization")).isEqualTo("Bearer sk_test_x");
          assertThat(seen.header("Stripe-version")).isNotEmpty();
          assertThat(seen.header("Content-type")).startsWith("application/x-www-form-urlencoded");
          assertThat(seen.headers()).doesNotContainKey("X-stripe-client-telemetry");
          assertThat(URLDecoder.decode(seen.body(), StandardCharsets.UTF_8).split("&", -1))
              .containsExactlyInAnyOrder("name=Zoe", "metadata[hubspot_contact_id]=501");
        });
  }

  @Test
  void tellsThatARequestHasGoneOutBeforeItsAnswerComes() {
    CountDownLatch goneOut = new CountDownLatch(1);
    server.answerAfter(goneOut, 200, "{\"object\":\"customer\",\"id\":\"cus_1\"}");

    CallResult result =
        Sending.telling(
            goneOut::countDown, () -> side(server.address()).update(TENANT, CUSTOMER, WRITE));

    assertThat(result).isInstanceOf(CallResult.Shown.class);
  }

  @Test
  void measuresTheSpanOnStripesClock() {
    server.answer(200, "{\"object\":\"customer\",\"id\":\"cus_1\",\"created\":1767225600}");
    Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    CallResult result = side(server.address()).update(TENANT, CUSTOMER, WRITE);

    assertThat(result)
        .isInstanceOfSatisfying(
            CallResult.Shown.class,
            shown -> {
              // The clock of lengths goes forward by 250 ms each time it is asked, and a header's
              // date may be 999 ms old.
              Instant date = shown.span().to().minusMillis(250 + 999);
              assertThat(date).isEqualTo(date.truncatedTo(ChronoUnit.SECONDS));
              assertThat(date).isBetween(before, before.plusSeconds(60));
              assertThat(shown.span())
                  .isEqualTo(CallSpan.around(date, Duration.ofMillis(250)).inWholeSeconds());
              assertThat(shown.snapshot().properties()).isEqualTo(Map.of("name", ""));
              assertThat(shown.snapshot().createdAt())
                  .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
            });
  }

  @Test
  void takesTheShapeOfADeletedCustomerAsGone() {
    server.answer(200, "{\"id\":\"cus_1\",\"object\":\"customer\",\"deleted\":true}");

    assertThat(side(server.address()).read(TENANT, CUSTOMER, List.of()))
        .isInstanceOf(CallResult.Gone.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | invalid_request_error | email_invalid          | email       | Refused
          400 | invalid_request_error | parameter_unknown      | foo         | Refused
          400 | idempotency_error     |                        |             | FailedBefore
          401 | invalid_request_error |                        |             | Denied
          402 | card_error            | card_declined          |             | Refused
          403 | invalid_request_error |                        |             | Denied
          404 | invalid_request_error | resource_missing       | id          | Gone
          404 | invalid_request_error | resource_missing       | customer    | Gone
          404 | invalid_request_error | resource_missing       | source      | Refused
          404 | invalid_request_error |                        |             | Denied
          409 | idempotency_error     | idempotency_key_in_use |             | Locked
          409 | invalid_request_error | idempotency_key_in_use |             | Locked
          429 | invalid_request_error | lock_timeout           |             | Locked
          429 | invalid_request_error | rate_limit             |             | Limited
          500 | api_error             |                        |             | Unknown
          502 | api_error             |                        |             | Unknown
          503 | api_error             |                        |             | Down
          504 | api_error             |                        |             | Unknown
          """)
  void classifiesWhatStripeSays(
      int status, String type, @Nullable String code, @Nullable String param, String as) {
    server.answer(status, error(type, code, param, "Stripe's words"));

    CallResult result = side(server.address()).update(TENANT, CUSTOMER, WRITE);

    assertThat(result.getClass().getSimpleName()).isEqualTo(as);
  }

  @Test
  void namesTheParameterAsAPath() {
    server.answer(400, error("invalid_request_error", null, "metadata[owner]", "too long"));

    assertThat(side(server.address()).update(TENANT, CUSTOMER, WRITE))
        .isEqualTo(new CallResult.Refused("metadata.owner", "too long"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"global-rate", "global-concurrency", "endpoint-rate"})
  void takesTheReasonHeaderAsTheScope(String reason) {
    server.answer(
        429,
        error("invalid_request_error", "rate_limit", null, "Request rate limit exceeded."),
        "Stripe-Rate-Limited-Reason",
        reason);

    assertThat(side(server.address()).update(TENANT, CUSTOMER, WRITE))
        .isEqualTo(new CallResult.Limited(reason, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503})
  void tellsAReplayedFailureFromAFreshOne(int status) {
    server.answer(status, error("api_error", null, null, "boom"), "Idempotent-Replayed", "true");

    assertThat(side(server.address()).update(TENANT, CUSTOMER, WRITE))
        .isEqualTo(new CallResult.FailedBefore("boom"));
  }

  @Test
  void keepsAddressesOutOfTheWordsThatAreLogged() {
    server.answer(500, error("api_error", null, null, "failed for zoe@example.com"));
    server.answer(
        400, error("invalid_request_error", "email_invalid", "email", "bad: zoe@example.com"));
    StripeApiSide side = side(server.address());

    assertThat(side.update(TENANT, CUSTOMER, WRITE))
        .isEqualTo(new CallResult.Unknown("failed for (address)"));
    assertThat(side.update(TENANT, CUSTOMER, WRITE))
        .isEqualTo(new CallResult.Refused("email", "bad: zoe@example.com"));
  }

  @ParameterizedTest
  @CsvSource({"502, Unknown", "503, Down", "401, Denied", "302, Unknown", "200, Unknown"})
  void getsAlongWithoutJson(int status, String as) {
    server.answer(status, "<html>a proxy's words</html>", "Content-Type", "text/html");

    assertThat(side(server.address()).update(TENANT, CUSTOMER, WRITE).getClass().getSimpleName())
        .isEqualTo(as);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "null", "{\"object\":\"list\"}", "\"x\"", "{\"id\":7"})
  void doesNotTakeAStrangeAnswerForACustomer(String body) {
    server.answer(200, body);

    assertThat(side(server.address()).update(TENANT, CUSTOMER, WRITE))
        .isInstanceOf(CallResult.Unknown.class);
  }

  @Test
  void doesNotTakeAStrangeAnswerForAList() {
    server.answer(200, "{\"object\":\"list\"}");

    assertThat(side(server.address()).list(TENANT, null, List.of()))
        .isInstanceOfSatisfying(
            Page.Failed.class,
            failed -> assertThat(failed.result()).isInstanceOf(CallResult.Unknown.class));
  }

  @Test
  void givesUpOnAnAnswerThatDoesNotCome() {
    server.stall();

    assertThat(side(server.address(), Duration.ofMillis(400)).update(TENANT, CUSTOMER, WRITE))
        .isInstanceOf(CallResult.Unknown.class);
  }

  @Test
  void givesUpOnAnAnswerThatDoesNotEnd() {
    server.stallHalfway();

    assertThat(side(server.address(), Duration.ofMillis(400)).update(TENANT, CUSTOMER, WRITE))
        .isInstanceOf(CallResult.Unknown.class);
  }

  @Test
  void neverSendsAgainWhenAConnectionBreaksOff() {
    server.answer(200, "{\"object\":\"customer\",\"id\":\"cus_1\"}").breakOff();
    StripeApiSide side = side(server.address());
    side.update(TENANT, CUSTOMER, WRITE);

    assertThat(side.update(TENANT, CUSTOMER, WRITE)).isInstanceOf(CallResult.Unknown.class);
    assertThat(server.seen()).hasSize(2);
  }

  @Test
  void saysThatStripeIsDownWhenNobodyListens() throws IOException {
    String nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = "http://127.0.0.1:" + socket.getLocalPort();
    }

    assertThat(side(nobody).update(TENANT, CUSTOMER, WRITE)).isInstanceOf(CallResult.Down.class);
  }

  @Test
  void saysThatNoKeyIsSetWithoutACall() {
    StripeApiSide side =
        new StripeApiSide(
            FixedToken.none(),
            settings(server.address(), Duration.ofSeconds(10)),
            InstantSource.system(),
            () -> 0);

    assertThat(side.update(TENANT, CUSTOMER, WRITE)).isInstanceOf(CallResult.Denied.class);
    assertThat(server.seen()).isEmpty();
  }

  private StripeApiSide side(String address) {
    return side(address, Duration.ofSeconds(10));
  }

  private StripeApiSide side(String address, Duration answerTimeout) {
    return new StripeApiSide(
        FixedToken.of("sk_test_x"),
        settings(address, answerTimeout),
        InstantSource.fixed(Instant.EPOCH),
        () -> nanos += Duration.ofMillis(250).toNanos());
  }

  private static StripeSettings settings(String address, Duration answerTimeout) {
    return new StripeSettings(address, Duration.ofSeconds(5), answerTimeout);
  }

  private static String error(
      String type, @Nullable String code, @Nullable String param, String message) {
    return """
    {"error":{"type":"%s","message":"%s"%s%s}}\
    """
        .formatted(
            type,
            message,
            code == null ? "" : ",\"code\":\"" + code + "\"",
            param == null ? "" : ",\"param\":\"" + param + "\"");
  }
}
