package dev.twofold.sync.side.hubspot;

import static dev.twofold.sync.side.hubspot.HubSpotFixture.SHOWN;
import static dev.twofold.sync.side.hubspot.HubSpotFixture.TENANT;
import static dev.twofold.sync.side.hubspot.HubSpotFixture.changed;
import static dev.twofold.sync.side.hubspot.HubSpotFixture.made;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.simulators.HubSpotSimulator;
import dev.twofold.simulators.hubspot.engine.Author;
import dev.twofold.simulators.hubspot.engine.EventOccurrence;
import dev.twofold.simulators.hubspot.engine.HubSpotSettings;
import dev.twofold.simulators.web.Fault;
import dev.twofold.simulators.web.RateLimit;
import dev.twofold.sync.failure.PermanentFailure;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Snapshot;
import dev.twofold.sync.side.BatchResult;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.side.FixedToken;
import dev.twofold.sync.side.HubSpotSide.PurchaseEvent;
import dev.twofold.sync.side.HubSpotSide.Row;
import dev.twofold.sync.side.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter against the simulator. */
class HubSpotApiSideIT {

  private HubSpotSimulator hubspot = simulator(HubSpotSettings.local(""));
  private HubSpotApiSide side = side("v3", "pat-local-twofold");

  @AfterEach
  void stop() {
    hubspot.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v3", "2026-09"})
  void makesContactsThatCarryOurMark(String version) {
    side = side(version, "pat-local-twofold");
    side.setUp(TENANT);
    Instant before = Instant.now().minusSeconds(2);

    List<CallResult> results =
        rows(
            side.create(
                TENANT,
                List.of(
                    made("0", Map.of("email", "zoe@example.com", "phone", ""), "cus_1"),
                    made("1", Map.of("email", "ann@example.com", "firstname", "Ann"), "cus_2")),
                SHOWN));

    CallResult.Shown zoe = shown(results.get(0));
    assertThat(zoe.snapshot().properties()).isEqualTo(Map.of("email", "zoe@example.com"));
    assertThat(zoe.snapshot().mark()).isEqualTo("cus_1");
    assertThat(zoe.snapshot().createdAt()).isAfter(before);
    assertThat(zoe.span().from()).isAfter(before);
    assertThat(shown(results.get(1)).snapshot().properties())
        .isEqualTo(Map.of("email", "ann@example.com", "firstname", "Ann"));
    assertThat(value(zoe.snapshot().id(), "stripe_sync_origin")).isEqualTo("stripe");
  }

  @Test
  void tellsEveryRowOfAMixedBatchApart() {
    side.setUp(TENANT);
    long there = person(Map.of("email", "there@example.com"));
    side.create(TENANT, List.of(made("0", Map.of("email", "m@example.com"), "cus_taken")), SHOWN);

    List<CallResult> results =
        rows(
            side.create(
                TENANT,
                List.of(
                    made("a", Map.of("email", "there@example.com"), "cus_1"),
                    made("b", Map.of("email", "not an address"), "cus_2"),
                    made("c", Map.of("email", "new@example.com"), "cus_taken"),
                    made("d", Map.of("email", "good@example.com"), "cus_4")),
                SHOWN));

    assertThat(results.get(0))
        .isInstanceOfSatisfying(
            CallResult.Exists.class,
            exists ->
                assertThat(exists.existing()).isEqualTo(RecordId.contact(String.valueOf(there))));
    assertThat(results.get(1))
        .isInstanceOfSatisfying(
            CallResult.Refused.class, refused -> assertThat(refused.field()).isEqualTo("email"));
    assertThat(results.get(2)).isInstanceOf(CallResult.Exists.class);
    assertThat(shown(results.get(3)).snapshot().mark()).isEqualTo("cus_4");
  }

  @Test
  void findsTheOtherContactByItsMark() {
    side.setUp(TENANT);
    side.create(TENANT, List.of(made("0", Map.of("email", "m@example.com"), "cus_7")), SHOWN);

    assertThat(shown(side.findMarked(TENANT, "cus_7", SHOWN)).snapshot().properties())
        .containsEntry("email", "m@example.com");
    assertThat(side.findMarked(TENANT, "cus_8", SHOWN)).isInstanceOf(CallResult.Gone.class);
  }

  @Test
  void changesAndClearsContactsAndWritesTheMarkBack() {
    side.setUp(TENANT);
    long id = person(Map.of("email", "zoe@example.com", "phone", "+41 1", "firstname", "Zoe"));
    Row row =
        new Row(
            "0",
            RecordId.contact(String.valueOf(id)),
            Map.of("phone", "", "firstname", "Zoë"),
            "cus_1",
            Duration.ofSeconds(30));

    CallResult.Shown result = shown(rows(side.update(TENANT, List.of(row), SHOWN)).getFirst());

    assertThat(result.snapshot().properties()).isEqualTo(Map.of("phone", "", "firstname", "Zoë"));
    assertThat(result.snapshot().mark()).isEqualTo("cus_1");
    assertThat(Duration.between(result.span().from(), result.span().to()))
        .isGreaterThan(Duration.ofSeconds(30));
    assertThat(value(result.snapshot().id(), "email")).isEqualTo("zoe@example.com");
  }

  @Test
  void tellsChangesOfMissingAndMergedContactsApart() {
    long survivor = person(Map.of("email", "a@example.com"));
    long loser = person(Map.of("email", "b@example.com"));
    long deleted = person(Map.of("email", "c@example.com"));
    merge(survivor, loser);
    delete(deleted);

    List<CallResult> results =
        rows(
            side.update(
                TENANT,
                List.of(
                    changed("0", String.valueOf(deleted), Map.of("phone", "1")),
                    changed("1", String.valueOf(loser), Map.of("phone", "2")),
                    changed("2", "999999999", Map.of("phone", "3"))),
                SHOWN));

    assertThat(results.get(0)).isInstanceOf(CallResult.Gone.class);
    assertThat(results.get(1)).isInstanceOf(CallResult.Unknown.class);
    assertThat(results.get(2)).isInstanceOf(CallResult.Gone.class);
  }

  @Test
  void readsContactsInTheOrderAskedWithBlanksForWhatIsUnset() {
    side.setUp(TENANT);
    long zoe = person(Map.of("email", "zoe@example.com", "firstname", "Zoe"));
    long ann = person(Map.of("email", "ann@example.com", "stripe_customer_id", "cus_9"));

    List<CallResult> results =
        rows(side.read(TENANT, List.of(contact(ann), contact(zoe), contact(424242)), SHOWN));

    assertThat(shown(results.get(0)).snapshot().mark()).isEqualTo("cus_9");
    assertThat(shown(results.get(1)).snapshot().properties())
        .isEqualTo(
            Map.of("email", "zoe@example.com", "firstname", "Zoe", "lastname", "", "phone", ""));
    assertThat(shown(results.get(1)).snapshot().mark()).isEmpty();
    assertThat(results.get(2)).isInstanceOf(CallResult.Gone.class);
  }

  @Test
  void showsTheSurvivorForAContactThatWasMergedAway() {
    long survivor = person(Map.of("email", "a@example.com"));
    long loser = person(Map.of("email", "b@example.com"));
    merge(survivor, loser);

    List<CallResult> results =
        rows(side.read(TENANT, List.of(contact(loser), contact(survivor)), SHOWN));

    assertThat(shown(results.get(0)).snapshot().id())
        .isEqualTo(shown(results.get(1)).snapshot().id());
  }

  @Test
  void findsAContactByAnyOfItsAddresses() {
    long id = person(Map.of("email", "first@example.com"));
    hubspot.with(engine -> {
      engine.person().addSecondaryEmail(id, "second@example.com", Author.of("CRM_UI"));
      return true;
    });

    Snapshot found = shown(side.find(TENANT, "Second@example.com", SHOWN)).snapshot();

    assertThat(found.id()).isEqualTo(contact(id));
    assertThat(found.properties()).containsEntry("email", "first@example.com");
    assertThat(side.find(TENANT, "none@example.com", SHOWN)).isInstanceOf(CallResult.Gone.class);
  }

  @Test
  void listsEveryContactPageByPage() {
    for (int i = 0; i < 205; i++) {
      person(Map.of("email", "p" + i + "@example.com"));
    }
    List<Snapshot> all = new ArrayList<>();
    String cursor = null;
    do {
      Page page = side.list(TENANT, cursor, SHOWN);
      assertThat(page).isInstanceOf(Page.Listed.class);
      Page.Listed listed = (Page.Listed) page;
      all.addAll(listed.records());
      cursor = listed.next();
    } while (cursor != null);

    assertThat(all).extracting(Snapshot::id).doesNotHaveDuplicates().hasSize(205);
    assertThat(all).allSatisfy(each -> assertThat(each.mark()).isEmpty());
  }

  @Test
  void sendsPurchasesOnceHoweverOftenTheyAreSent() {
    side.setUp(TENANT);
    long id = person(Map.of("email", "zoe@example.com"));
    List<PurchaseEvent> events = List.of(purchase(id, "pi_1"), purchase(id, "pi_2"));

    assertThat(rows(side.send(TENANT, events)))
        .containsExactly(new CallResult.Accepted(), new CallResult.Accepted());
    side.send(TENANT, events);

    List<EventOccurrence> sent = hubspot.with(engine -> engine.state().events());
    assertThat(sent).extracting(EventOccurrence::uuid).containsExactly("pi_1", "pi_2");
    assertThat(sent.getFirst().eventName()).isEqualTo("pe900100_stripe_purchase");
    assertThat(sent.getFirst().properties())
        .isEqualTo(
            Map.of(
                "amount", "12.50",
                "currency", "CHF",
                "purchase_id", "pi_1",
                "customer_id", "cus_1"));
  }

  @Test
  void looksTheEventsNameUpAsACallOfItsOwn() {
    side.setUp(TENANT);
    HubSpotApiSide fresh = side("v3", "pat-local-twofold");
    long id = person(Map.of("email", "zoe@example.com"));
    long before = calls();

    BatchResult first = fresh.send(TENANT, List.of(purchase(id, "pi_1")));
    assertThat(first)
        .isInstanceOfSatisfying(
            BatchResult.Whole.class,
            whole -> assertThat(whole.result()).isInstanceOf(CallResult.Locked.class));
    assertThat(calls()).isEqualTo(before + 1);

    assertThat(rows(fresh.send(TENANT, List.of(purchase(id, "pi_1")))))
        .containsExactly(new CallResult.Accepted());
    assertThat(calls()).isEqualTo(before + 2);
  }

  @Test
  void saysWhatIsMissingWhereThereAreNoCustomEvents() {
    restart(HubSpotSettings.local("").withCustomEvents(false));

    List<String> report = side.setUp(TENANT);
    BatchResult result = side.send(TENANT, List.of(purchase(1, "pi_1")));

    assertThat(report).last().asString().contains("Enterprise");
    assertThat(result)
        .isInstanceOfSatisfying(
            BatchResult.Whole.class,
            whole ->
                assertThat(whole.result())
                    .isInstanceOfSatisfying(
                        CallResult.Unavailable.class,
                        unavailable -> assertThat(unavailable.words()).contains("Enterprise")));
  }

  @Test
  void asksOnceAnHourWhetherThereAreCustomEventsByNow() {
    restart(HubSpotSettings.local("").withCustomEvents(false));
    side.send(TENANT, List.of(purchase(1, "pi_1")));
    long before = calls();

    BatchResult result = side.send(TENANT, List.of(purchase(1, "pi_2")));

    assertThat(result)
        .isInstanceOfSatisfying(
            BatchResult.Whole.class,
            whole -> assertThat(whole.result()).isInstanceOf(CallResult.Unavailable.class));
    assertThat(calls()).isEqualTo(before);
  }

  @Test
  void asksForSetUpWhereTheEventIsNotDefined() {
    assertThat(side.send(TENANT, List.of(purchase(1, "pi_1"))))
        .isInstanceOfSatisfying(
            BatchResult.Whole.class,
            whole ->
                assertThat(whole.result())
                    .isInstanceOfSatisfying(
                        CallResult.Refused.class,
                        refused -> assertThat(refused.words()).contains("setup")));
  }

  @Test
  void setsUpOnceAndFindsEverythingTheNextTime() {
    assertThat(side.setUp(TENANT))
        .containsExactly(
            "contact property stripe_customer_id: made",
            "contact property stripe_sync_origin: made",
            "contact property stripe_last_purchase_id: made",
            "contact property stripe_last_purchase_amount: made",
            "contact property stripe_last_purchase_currency: made",
            "contact property stripe_last_purchase_at: made",
            "event definition pe900100_stripe_purchase: made");
    assertThat(side.setUp(TENANT))
        .containsExactly(
            "contact property stripe_customer_id: found",
            "contact property stripe_sync_origin: found",
            "contact property stripe_last_purchase_id: found",
            "contact property stripe_last_purchase_amount: found",
            "contact property stripe_last_purchase_currency: found",
            "contact property stripe_last_purchase_at: found",
            "event definition pe900100_stripe_purchase: found");
  }

  @Test
  void tellsTheLimitItsPolicy() {
    hubspot.close();
    hubspot =
        HubSpotSimulator.builder()
            .settings(HubSpotSettings.local("").withLimit(RateLimit.perSecond(1)))
            .clock(InstantSource.fixed(Instant.now()))
            .start();
    side = side("v3", "pat-local-twofold");
    side.find(TENANT, "a@example.com", SHOWN);

    assertThat(side.find(TENANT, "a@example.com", SHOWN))
        .isEqualTo(new CallResult.Limited("secondly", null));
  }

  @Test
  void tellsLocksOutagesAndLostAnswersApart() {
    fault(Fault.lock().times(1));
    assertThat(side.find(TENANT, "a@example.com", SHOWN)).isInstanceOf(CallResult.Locked.class);
    fault(Fault.outage().times(1));
    assertThat(side.find(TENANT, "a@example.com", SHOWN)).isInstanceOf(CallResult.Down.class);
    fault(Fault.lostAnswer().times(1));
    assertThat(side.find(TENANT, "a@example.com", SHOWN)).isInstanceOf(CallResult.Unknown.class);
    fault(Fault.error(502).times(1));
    assertThat(side.find(TENANT, "a@example.com", SHOWN)).isInstanceOf(CallResult.Unknown.class);
  }

  @Test
  void saysThatACredentialIsNotAccepted() {
    HubSpotApiSide stranger = side("v3", "pat-wrong");

    assertThat(stranger.find(TENANT, "a@example.com", SHOWN)).isInstanceOf(CallResult.Denied.class);
    assertThatThrownBy(() -> stranger.setUp(TENANT)).isInstanceOf(PermanentFailure.class);
  }

  private void restart(HubSpotSettings settings) {
    hubspot.close();
    hubspot = simulator(settings);
    side = side("v3", "pat-local-twofold");
  }

  private static HubSpotSimulator simulator(HubSpotSettings settings) {
    return HubSpotSimulator.builder().settings(settings).start();
  }

  private HubSpotApiSide side(String version, String token) {
    return HubSpotFixture.side(hubspot.address().toString(), version, FixedToken.of(token));
  }

  private static RecordId contact(long id) {
    return RecordId.contact(String.valueOf(id));
  }

  private static PurchaseEvent purchase(long contact, String id) {
    return new PurchaseEvent(
        contact(contact), id, 1250, "chf", "cus_1", Instant.parse("2026-01-01T00:00:00Z"));
  }

  private long person(Map<String, String> properties) {
    return hubspot.with(engine -> engine.person().createSilently(properties));
  }

  private void merge(long survivor, long loser) {
    hubspot.with(engine -> {
      engine.person().merge(survivor, loser, Author.of("CRM_UI"));
      return true;
    });
  }

  private void delete(long id) {
    hubspot.with(engine -> {
      engine.person().delete(id, Author.of("CRM_UI"));
      return true;
    });
  }

  private String value(RecordId id, String property) {
    return hubspot.with(
        engine -> engine.state().contact(Long.parseLong(id.id())).orElseThrow().value(property));
  }

  private long calls() {
    return hubspot.with(engine -> engine.calls().total());
  }

  private void fault(Fault fault) {
    hubspot.with(engine -> {
      engine.faults().add(fault);
      return true;
    });
  }

  private static List<CallResult> rows(BatchResult result) {
    assertThat(result).isInstanceOf(BatchResult.Rows.class);
    return ((BatchResult.Rows) result).results();
  }

  private static CallResult.Shown shown(CallResult result) {
    assertThat(result).isInstanceOf(CallResult.Shown.class);
    return (CallResult.Shown) result;
  }
}
