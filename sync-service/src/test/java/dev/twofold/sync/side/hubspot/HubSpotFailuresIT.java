package dev.twofold.sync.side.hubspot;

import static dev.twofold.sync.side.hubspot.HubSpotFixture.SHOWN;
import static dev.twofold.sync.side.hubspot.HubSpotFixture.TENANT;
import static dev.twofold.sync.side.hubspot.HubSpotFixture.changed;
import static dev.twofold.sync.side.hubspot.HubSpotFixture.made;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.sync.failure.PermanentFailure;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.side.BatchResult;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.side.FixedToken;
import dev.twofold.sync.side.HubSpotSide.Row;
import dev.twofold.sync.side.Page;
import dev.twofold.sync.side.ScriptedServer;
import dev.twofold.sync.side.Sending;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter against answers of recorded shapes. */
class HubSpotFailuresIT {

  private static final List<Row> ONE =
      List.of(made("0", Map.of("email", "z@example.com"), "cus_1"));

  private final ScriptedServer server = new ScriptedServer();
  private final HubSpotApiSide side =
      HubSpotFixture.side(server.address(), "v3", FixedToken.of("pat-x"));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sendsOnlyWhatIsMeant() {
    server.answer(201, "{\"status\":\"COMPLETE\",\"results\":[]}");

    side.create(TENANT, ONE, SHOWN);

    ScriptedServer.Seen seen = server.onlySeen();
    assertThat(seen.target()).isEqualTo("/crm/v3/objects/contacts/batch/create");
    assertThat(seen.header("Authorization")).isEqualTo("Bearer pat-x");
    assertThat(seen.header("Content-type")).startsWith("application/json");
    assertThat(seen.body())
        .startsWith("{\"inputs\":[{\"properties\":{")
        .contains("\"email\":\"z@example.com\"")
        .contains("\"stripe_customer_id\":\"cus_1\"")
        .contains("\"stripe_sync_origin\":\"stripe\"")
        .endsWith("},\"objectWriteTraceId\":\"0\"}]}")
        .doesNotContain("null");
  }

  @Test
  void tellsThatARequestHasGoneOutBeforeItsAnswerComes() {
    CountDownLatch goneOut = new CountDownLatch(1);
    server.answerAfter(goneOut, 201, "{\"status\":\"COMPLETE\",\"results\":[]}");

    BatchResult result = Sending.telling(goneOut::countDown, () -> side.create(TENANT, ONE, SHOWN));

    assertThat(result).isInstanceOf(BatchResult.Rows.class);
  }

  @Test
  void putsNoAddressIntoAUrl() {
    server.answer(200, "{\"status\":\"COMPLETE\",\"results\":[]}");

    side.find(TENANT, "zoe@example.com", SHOWN);

    assertThat(server.onlySeen().target()).isEqualTo("/crm/v3/objects/contacts/batch/read");
    assertThat(server.onlySeen().body()).contains("\"idProperty\":\"email\"");
  }

  @Test
  void keepsTheErrorsOfAMixedAnswer() {
    server.answer(
        207,
        """
        {"status":"COMPLETE","results":[{"id":"9","properties":{"email":"b@example.com"},
          "createdAt":"2026-01-01T00:00:00Z","archived":false,"objectWriteTraceId":"1"}],
         "numErrors":1,"errors":[{"status":"error","category":"CONFLICT",
          "message":"Contact already exists. Existing ID: 501",
          "context":{"objectWriteTraceId":["0"],"existingId":["501"]}}]}
        """);

    List<CallResult> results =
        rows(
            side.create(
                TENANT,
                List.of(
                    made("0", Map.of("email", "a@example.com"), "cus_1"),
                    made("1", Map.of("email", "b@example.com"), "cus_2")),
                SHOWN));

    assertThat(results.get(0))
        .isInstanceOfSatisfying(
            CallResult.Exists.class,
            exists -> assertThat(exists.existing()).isEqualTo(RecordId.contact("501")));
    assertThat(results.get(1))
        .isInstanceOfSatisfying(
            CallResult.Shown.class,
            shown -> assertThat(shown.snapshot().id()).isEqualTo(RecordId.contact("9")));
  }

  @Test
  void findsRowsByTheirMarkWhereTraceIdsAreNotEchoed() {
    server.answer(
        201,
        """
        {"results":[
          {"id":"9","properties":{"stripe_customer_id":"cus_2"}},
          {"id":"8","properties":{"stripe_customer_id":"cus_1"}}]}
        """);

    List<CallResult> results =
        rows(
            side.create(
                TENANT,
                List.of(made("0", Map.of(), "cus_1"), made("1", Map.of(), "cus_2")),
                SHOWN));

    assertThat(results)
        .extracting(result -> ((CallResult.Shown) result).snapshot().id().id())
        .containsExactly("8", "9");
  }

  @Test
  void doesNotKnowWhatBecameOfARowThatIsNotMentioned() {
    server.answer(200, "{\"status\":\"COMPLETE\",\"results\":[]}");

    assertThat(rows(side.update(TENANT, List.of(changed("0", "1", Map.of("phone", "1"))), SHOWN)))
        .allSatisfy(result -> assertThat(result).isInstanceOf(CallResult.Unknown.class));
  }

  @Test
  void givesTheOnlyNamelessErrorToTheOnlyRowLeft() {
    server.answer(
        207,
        """
        {"results":[{"id":"1","properties":{},"objectWriteTraceId":"0"}],
         "errors":[{"category":"VALIDATION_ERROR","message":"no"}]}
        """);

    assertThat(
            rows(
                side.update(
                    TENANT,
                    List.of(changed("0", "1", Map.of()), changed("1", "2", Map.of())),
                    SHOWN)))
        .last()
        .isEqualTo(new CallResult.Refused(null, "no"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | VALIDATION_ERROR       | Duplicate IDs found in batch input: [1] | Refused
          409 | CONFLICT               | Contact already exists                  | Exists
          401 | EXPIRED_AUTHENTICATION | expired                                 | Denied
          403 | MISSING_SCOPES         | scopes                                  | Denied
          404 | OBJECT_NOT_FOUND       | resource not found                      | Gone
          423 |                        | locked                                  | Locked
          429 | RATE_LIMITS            | You have reached your secondly limit.   | Limited
          477 |                        | migrating                               | Down
          500 |                        | boom                                    | Unknown
          502 |                        | boom                                    | Unknown
          503 |                        | boom                                    | Down
          504 |                        | boom                                    | Unknown
          521 |                        | boom                                    | Down
          524 |                        | boom                                    | Unknown
          """)
  void classifiesAnAnswerAsAWhole(
      int status, @Nullable String category, String message, String as) {
    server.answer(
        status,
        "{\"status\":\"error\",\"message\":\"%s\"%s}"
            .formatted(message, category == null ? "" : ",\"category\":\"" + category + "\""));

    assertThat(whole(side.create(TENANT, ONE, SHOWN)).getClass().getSimpleName()).isEqualTo(as);
  }

  @Test
  void namesThePolicyOfALimitAndHowLongToWait() {
    server.answer(
        429,
        """
        {"status":"error","message":"You have reached your ten_secondly_rolling limit.",
         "errorType":"RATE_LIMIT","policyName":"TEN_SECONDLY_ROLLING"}
        """,
        "Retry-After",
        "10");

    assertThat(whole(side.create(TENANT, ONE, SHOWN)))
        .isEqualTo(new CallResult.Limited("ten_secondly_rolling", Duration.ofSeconds(10)));
  }

  @ParameterizedTest
  @CsvSource({"502, Unknown", "503, Down", "404, Denied", "302, Unknown", "200, Unknown"})
  void getsAlongWithHtml(int status, String as) {
    server.answer(status, "<html>a proxy's words</html>", "Content-Type", "text/html");

    assertThat(whole(side.create(TENANT, ONE, SHOWN)).getClass().getSimpleName()).isEqualTo(as);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "{\"results\":7}", "{\"results\":[", ""})
  void doesNotTakeAStrangeAnswerForASuccess(String body) {
    server.answer(200, body);

    assertThat(whole(side.create(TENANT, ONE, SHOWN))).isInstanceOf(CallResult.Unknown.class);
  }

  @Test
  void doesNotTakeAStrangeAnswerForAList() {
    server.answer(200, "{}");

    assertThat(side.list(TENANT, null, SHOWN))
        .isInstanceOfSatisfying(
            Page.Failed.class,
            failed -> assertThat(failed.result()).isInstanceOf(CallResult.Unknown.class));
  }

  @Test
  void givesUpOnAnAnswerThatDoesNotComeOrDoesNotEnd() {
    server.stall().stallHalfway();
    HubSpotApiSide hurried =
        HubSpotFixture.side(server.address(), "v3", FixedToken.of("pat-x"), Duration.ofMillis(400));

    assertThat(whole(hurried.create(TENANT, ONE, SHOWN))).isInstanceOf(CallResult.Unknown.class);
    assertThat(whole(hurried.create(TENANT, ONE, SHOWN))).isInstanceOf(CallResult.Unknown.class);
  }

  @Test
  void neverSendsAgainWhenAConnectionBreaksOff() {
    server.answer(200, "{\"results\":[]}").breakOff();
    side.create(TENANT, ONE, SHOWN);

    assertThat(whole(side.create(TENANT, ONE, SHOWN))).isInstanceOf(CallResult.Unknown.class);
    assertThat(server.seen()).hasSize(2);
  }

  @Test
  void saysThatHubSpotIsDownWhenNobodyListens() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    HubSpotApiSide alone =
        HubSpotFixture.side("http://127.0.0.1:" + free, "v3", FixedToken.of("pat-x"));

    assertThat(whole(alone.create(TENANT, ONE, SHOWN))).isInstanceOf(CallResult.Down.class);
    assertThatThrownBy(() -> alone.setUp(TENANT)).isInstanceOf(RetryableFailure.class);
  }

  @Test
  void makesNoCallWithoutATokenOrRows() {
    HubSpotApiSide alone = HubSpotFixture.side(server.address(), "v3", FixedToken.none());

    assertThat(whole(alone.create(TENANT, ONE, SHOWN))).isInstanceOf(CallResult.Denied.class);
    assertThatThrownBy(() -> alone.setUp(TENANT)).isInstanceOf(PermanentFailure.class);
    assertThat(rows(side.create(TENANT, List.of(), SHOWN))).isEmpty();
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void refusesMoreRowsThanACallMayCarry() {
    List<Row> rows = IntStream.range(0, 101).mapToObj(i -> made("r" + i, Map.of(), null)).toList();

    assertThatThrownBy(() -> side.create(TENANT, rows, SHOWN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void failsSetUpOverAPropertyThatIsNotUnique() {
    server.answer(
        200,
        "{\"results\":[{\"name\":\"stripe_customer_id\",\"type\":\"string\","
            + "\"hasUniqueValue\":false}]}");

    assertThatThrownBy(() -> side.setUp(TENANT))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("stripe_customer_id")
        .hasMessageContaining("unique");
  }

  @Test
  void findsInSetUpWhatSomebodyElseHasJustMade() {
    String others =
        Stream.of("sync_origin", "last_purchase_id", "last_purchase_currency")
            .map(name -> "{\"name\":\"stripe_" + name + "\",\"type\":\"string\"},")
            .collect(Collectors.joining());
    server
        .answer(
            200,
            "{\"results\":["
                + others
                + "{\"name\":\"stripe_last_purchase_amount\",\"type\":\"number\"},"
                + "{\"name\":\"stripe_last_purchase_at\",\"type\":\"datetime\"}]}")
        .answer(409, "{\"status\":\"error\",\"category\":\"OBJECT_ALREADY_EXISTS\"}")
        .answer(
            200, "{\"name\":\"stripe_customer_id\",\"type\":\"string\",\"hasUniqueValue\":true}")
        .answer(
            200,
            "{\"results\":[{\"name\":\"stripe_purchase\","
                + "\"fullyQualifiedName\":\"pe1_stripe_purchase\"}]}");

    assertThat(side.setUp(TENANT)).allSatisfy(line -> assertThat(line).endsWith(": found"));
  }

  private static List<CallResult> rows(BatchResult result) {
    assertThat(result).isInstanceOf(BatchResult.Rows.class);
    return ((BatchResult.Rows) result).results();
  }

  private static CallResult whole(BatchResult result) {
    assertThat(result).isInstanceOf(BatchResult.Whole.class);
    return ((BatchResult.Whole) result).result();
  }
}
