package dev.twofold.sync.side.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.StripeSimulator;
import dev.twofold.simulators.web.Fault;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Snapshot;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.side.FixedToken;
import dev.twofold.sync.side.Page;
import dev.twofold.sync.side.StripeSide.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The adapter with stripe-java against the simulator. */
class StripeApiSideIT {

  private static final TenantId TENANT = new TenantId("main");
  private static final List<String> SHOWN =
      List.of("email", "name", "phone", "metadata.owner", "address.city");

  private final StripeSimulator stripe = StripeSimulator.builder().start();
  private final StripeApiSide side = side("sk_test_twofold_local");

  @AfterEach
  void stop() {
    stripe.close();
  }

  @Test
  void createsACustomerThatNamesItsContact() {
    Instant before = Instant.now().minusSeconds(2);

    CallResult.Shown made = shown(side.create(TENANT, write("k-1", zoe(), "501")));

    Snapshot snapshot = made.snapshot();
    assertThat(snapshot.properties())
        .isEqualTo(
            Map.of(
                "email", "zoe@example.com",
                "name", "Zoe Muster",
                "phone", "",
                "metadata.owner", "ann",
                "address.city", "Bern"));
    assertThat(snapshot.mark()).isEqualTo("501");
    assertThat(snapshot.createdAt()).isAfter(before);
    assertThat(made.span().from()).isAfter(before);
    assertThat(made.span().to()).isAfter(made.span().from());
    assertThat(customers()).isEqualTo(1);
  }

  @Test
  void makesOneCustomerHoweverOftenACreateIsRepeated() {
    CallResult.Shown first = shown(side.create(TENANT, write("k-1", zoe(), "501")));
    CallResult.Shown again = shown(side.create(TENANT, write("k-1", zoe(), "501")));

    assertThat(again.snapshot()).isEqualTo(first.snapshot());
    assertThat(customers()).isEqualTo(1);
  }

  @Test
  void beginsTheSpanWithTheFirstAttempt() {
    Write late = new Write("k-1", zoe(), "501", SHOWN, Duration.ofMinutes(10));

    CallResult.Shown made = shown(side.create(TENANT, late));

    assertThat(Duration.between(made.span().from(), made.span().to()))
        .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
  }

  @Test
  void changesAndClearsFields() {
    RecordId customer = shown(side.create(TENANT, write("k-1", zoe(), "501"))).snapshot().id();

    CallResult.Shown changed =
        shown(
            side.update(
                TENANT,
                customer,
                write(
                    "k-2",
                    Map.of("name", "Zoe Neu", "address.city", "", "metadata.owner", ""),
                    null)));

    assertThat(changed.snapshot().properties())
        .containsEntry("name", "Zoe Neu")
        .containsEntry("address.city", "")
        .containsEntry("metadata.owner", "")
        .containsEntry("email", "zoe@example.com");
    assertThat(changed.snapshot().mark()).isEqualTo("501");
  }

  @Test
  void readsACustomerWithoutOurMark() {
    RecordId customer = RecordId.customer(person(Map.of("email", "zoe@example.com")));

    Snapshot snapshot = shown(side.read(TENANT, customer, SHOWN)).snapshot();

    assertThat(snapshot.id()).isEqualTo(customer);
    assertThat(snapshot.mark()).isEmpty();
  }

  @Test
  void saysThatADeletedCustomerIsGone() {
    RecordId customer = RecordId.customer(person(Map.of("email", "zoe@example.com")));
    stripe.with(engine -> {
      engine.person().delete(customer.id());
      return true;
    });

    assertThat(side.read(TENANT, customer, SHOWN)).isInstanceOf(CallResult.Gone.class);
    assertThat(side.update(TENANT, customer, write("k-2", zoe(), null)))
        .isInstanceOf(CallResult.Gone.class);
  }

  @Test
  void saysThatAnUnknownCustomerIsGone() {
    assertThat(side.read(TENANT, RecordId.customer("cus_none"), SHOWN))
        .isInstanceOf(CallResult.Gone.class);
  }

  @Test
  void findsCustomersByTheirExactAddress() {
    person(Map.of("email", "zoe@example.com"));
    person(Map.of("email", "Zoe@example.com"));
    person(Map.of("email", "ann@example.com"));

    Page.Listed found = listed(side.find(TENANT, "zoe@example.com", SHOWN));

    assertThat(found.records())
        .extracting(record -> record.properties().get("email"))
        .containsExactly("zoe@example.com");
    assertThat(listed(side.find(TENANT, null, SHOWN)).records()).hasSize(3);
  }

  @Test
  void listsEveryCustomerPageByPage() {
    for (int i = 0; i < 205; i++) {
      person(Map.of("email", "p" + i + "@example.com"));
    }
    List<Snapshot> all = new ArrayList<>();
    List<Integer> pages = new ArrayList<>();
    String cursor = null;
    do {
      Page.Listed page = listed(side.list(TENANT, cursor, SHOWN));
      all.addAll(page.records());
      pages.add(page.records().size());
      cursor = page.next();
    } while (cursor != null);

    assertThat(pages).containsExactly(100, 100, 5);
    assertThat(all).extracting(Snapshot::id).doesNotHaveDuplicates().hasSize(205);
  }

  @Test
  void refusesAValueWithItsFieldAndStripesWords() {
    CallResult result =
        side.create(TENANT, write("k-1", Map.of("phone", "123456789012345678901"), "501"));

    assertThat(result)
        .isInstanceOfSatisfying(
            CallResult.Refused.class,
            refused -> {
              assertThat(refused.field()).isEqualTo("phone");
              assertThat(refused.words()).contains("at most 20 characters");
            });
    assertThat(customers()).isZero();
  }

  @Test
  void asksForAReadWhenAKeyWasUsedWithOtherValues() {
    side.create(TENANT, write("k-1", zoe(), "501"));

    CallResult result = side.create(TENANT, write("k-1", Map.of("email", "a@example.com"), "501"));

    assertThat(result).isInstanceOf(CallResult.FailedBefore.class);
    assertThat(customers()).isEqualTo(1);
  }

  @Test
  void asksForAReadWhenTheStoredOutcomeIsAFailure() {
    fault(Fault.error(500).afterTheEffect().times(1));

    CallResult first = side.create(TENANT, write("k-1", zoe(), "501"));
    CallResult again = side.create(TENANT, write("k-1", zoe(), "501"));

    assertThat(first).isInstanceOf(CallResult.Unknown.class);
    assertThat(again).isInstanceOf(CallResult.FailedBefore.class);
  }

  @Test
  void tellsABusyCustomerFromALimit() {
    fault(Fault.lock().times(1));
    RecordId customer = RecordId.customer(person(Map.of("name", "Zoe")));

    assertThat(side.update(TENANT, customer, write("k-2", Map.of("name", "Neu"), null)))
        .isInstanceOf(CallResult.Locked.class);
  }

  @Test
  void namesTheLimitThatWasReached() {
    try (StripeSimulator still =
        StripeSimulator.builder().clock(InstantSource.fixed(Instant.now())).start()) {
      still.with(engine -> {
        engine.changeEndpointLimit(1);
        return true;
      });
      StripeApiSide limited = side(still, "sk_test_twofold_local");
      limited.find(TENANT, null, SHOWN);

      assertThat(limited.find(TENANT, null, SHOWN))
          .isEqualTo(new Page.Failed(new CallResult.Limited("endpoint-rate", null)));
    }
  }

  @Test
  void doesNotKnowTheOutcomeWhenTheAnswerIsLost() {
    fault(Fault.lostAnswer().times(1));

    assertThat(side.create(TENANT, write("k-1", zoe(), "501")))
        .isInstanceOf(CallResult.Unknown.class);
    shown(side.create(TENANT, write("k-1", zoe(), "501")));

    assertThat(customers()).isEqualTo(1);
  }

  @Test
  void saysThatStripeIsDown() {
    fault(Fault.outage());

    assertThat(side.create(TENANT, write("k-1", zoe(), "501"))).isInstanceOf(CallResult.Down.class);
  }

  @Test
  void saysThatACredentialIsNotAccepted() {
    assertThat(side("sk_test_wrong").create(TENANT, write("k-1", zoe(), "501")))
        .isInstanceOf(CallResult.Denied.class);
  }

  @Test
  void makesOneRequestForEachCallWhateverComesOfIt() {
    fault(Fault.error(500).times(1));
    side.create(TENANT, write("k-1", zoe(), "501"));
    fault(Fault.storm().times(1));
    side.create(TENANT, write("k-2", zoe(), "501"));

    assertThat(stripe.<Long>with(engine -> engine.calls().total())).isEqualTo(2);
  }

  private StripeApiSide side(String key) {
    return side(stripe, key);
  }

  private static StripeApiSide side(StripeSimulator at, String key) {
    return new StripeApiSide(
        FixedToken.of(key),
        new StripeSettings(at.address().toString(), Duration.ofSeconds(2), Duration.ofSeconds(10)),
        Clock.systemUTC(),
        System::nanoTime);
  }

  private static Map<String, String> zoe() {
    return Map.of(
        "email", "zoe@example.com",
        "name", "Zoe Muster",
        "phone", "",
        "metadata.owner", "ann",
        "address.city", "Bern");
  }

  private static Write write(String key, Map<String, String> values, @Nullable String mark) {
    return new Write("twofold-" + key, values, mark, SHOWN, Duration.ZERO);
  }

  private String person(Map<String, String> parameters) {
    return stripe.with(engine -> engine.person().createSilently(parameters));
  }

  private int customers() {
    return stripe.with(engine -> engine.state().customerCount());
  }

  private void fault(Fault fault) {
    stripe.with(engine -> {
      engine.faults().add(fault);
      return true;
    });
  }

  private static CallResult.Shown shown(CallResult result) {
    assertThat(result).isInstanceOf(CallResult.Shown.class);
    return (CallResult.Shown) result;
  }

  private static Page.Listed listed(Page page) {
    assertThat(page).isInstanceOf(Page.Listed.class);
    return (Page.Listed) page;
  }
}
