package dev.twofold.simulators.stripe.engine;

import static dev.twofold.simulators.stripe.engine.StripeBench.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.stripe.engine.StripeBench.Answer;
import dev.twofold.simulators.web.Fault;
import dev.twofold.simulators.web.RateLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StripeIdempotencyTest {
  private final StripeBench stripe = StripeBench.open();

  private Answer create(String form, String key) {
    return stripe.call("POST", CUSTOMERS, form, key);
  }

  private static boolean replayed(Answer answer) {
    return answer.response().header("Idempotent-Replayed").isPresent();
  }

  @Test
  void answersARepeatedCreateWithTheFirstOutcome() {
    Answer first = create("name=Zoe", "k1");
    Answer second = create("name=Zoe", "k1");

    assertThat(replayed(first)).isFalse();
    assertThat(replayed(second)).isTrue();
    assertThat(second.response().text()).isEqualTo(first.response().text());
    assertThat(second.response().header("Original-Request"))
        .isEqualTo(first.response().header("Request-Id"));
    assertThat(stripe.engine.state().customerCount()).isEqualTo(1);
    assertThat(stripe.engine.state().replays()).isEqualTo(1);
  }

  @Test
  void refusesTheKeyForOtherParametersAndOtherEndpoints() {
    Answer first = create("name=Zoe", "k1");

    Answer changed = create("name=Ben", "k1");
    Answer elsewhere = stripe.call("POST", CUSTOMERS + "/" + first.id(), "name=Zoe", "k1");

    for (Answer refused : new Answer[] {changed, elsewhere}) {
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body().path("error").path("type").asString())
          .isEqualTo("idempotency_error");
      assertThat(refused.message())
          .startsWith("Keys for idempotent requests can only be used with the same parameters")
          .contains("Try using a key other than 'k1'");
    }
  }

  @Test
  void doesNotMindTheOrderOfParameters() {
    create("name=Zoe&phone=1", "k1");

    assertThat(replayed(create("phone=1&name=Zoe", "k1"))).isTrue();
  }

  @Test
  void forgetsKeysAfterADay() {
    create("name=Zoe", "k1");
    stripe.clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(replayed(create("name=Zoe", "k1"))).isTrue();

    stripe.clock.advance(Duration.ofSeconds(1));

    assertThat(replayed(create("name=Zoe", "k1"))).isFalse();
    assertThat(stripe.engine.state().customerCount()).isEqualTo(2);
  }

  @Test
  void refusesASecondCallWhileTheFirstIsOnItsWay() {
    stripe.engine.faults().delayAnswers(Duration.ofMillis(500), Duration.ofMillis(500));
    Answer first = create("name=Zoe", "k1");

    Answer early = create("name=Zoe", "k1");
    stripe.clock.advance(Duration.ofMillis(600));
    Answer late = create("name=Zoe", "k1");

    assertThat(first.response().delay()).isPositive();
    assertThat(early.status()).isEqualTo(409);
    assertThat(early.code()).isEqualTo("idempotency_key_in_use");
    assertThat(replayed(late)).isTrue();
    assertThat(stripe.engine.state().customerCount()).isEqualTo(1);
  }

  @Test
  void storesA500WhetherOrNotItTookEffect() {
    for (boolean effect : new boolean[] {false, true}) {
      String key = "k" + effect;
      Fault fault = Fault.error(500).times(1);
      stripe.engine.faults().add(effect ? fault.afterTheEffect() : fault);

      Answer first = create("name=Zoe", key);
      Answer again = create("name=Zoe", key);

      assertThat(first.status()).isEqualTo(500);
      assertThat(first.response().header("Stripe-Should-Retry")).contains("false");
      assertThat(again.status()).isEqualTo(500);
      assertThat(replayed(again)).isTrue();
      assertThat(stripe.engine.state().customerCount()).isEqualTo(effect ? 1 : 0);
    }
  }

  @Test
  void storesNeitherA503NorA429NorA401NorAnInvalidParameter() {
    stripe.engine.faults().add(Fault.error(503).times(1));
    assertThat(create("name=Zoe", "k1").status()).isEqualTo(503);
    stripe.engine.faults().add(Fault.storm().times(1));
    assertThat(create("name=Zoe", "k1").status()).isEqualTo(429);
    stripe.engine.faults().add(Fault.outage().times(1));
    assertThat(create("name=Zoe", "k1").status()).isEqualTo(503);
    assertThat(create("nonsense=Zoe", "k1").status()).isEqualTo(400);
    assertThat(create("email=nonsense", "k1").code()).isEqualTo("email_invalid");

    Answer works = create("name=Zoe", "k1");

    assertThat(works.status()).isEqualTo(200);
    assertThat(replayed(works)).isFalse();
  }

  @Test
  void replaysWhatTookEffectBehindABadGateway() {
    for (int status : new int[] {502, 503, 504}) {
      StripeBench account = StripeBench.open();
      account.engine.faults().add(Fault.error(status).times(1).afterTheEffect());

      Answer failed = account.call("POST", CUSTOMERS, "name=Zoe", "k1");
      Answer again = account.call("POST", CUSTOMERS, "name=Zoe", "k1");

      assertThat(failed.status()).isEqualTo(status);
      assertThat(again.status()).isEqualTo(200);
      assertThat(replayed(again)).isTrue();
      assertThat(account.engine.state().customerCount()).isEqualTo(1);
    }
  }

  @Test
  void storesThatACustomerIsMissing() {
    Answer first = stripe.call("POST", CUSTOMERS + "/cus_no", "name=x", "k1");
    Answer again = stripe.call("POST", CUSTOMERS + "/cus_no", "name=x", "k1");

    assertThat(first.status()).isEqualTo(404);
    assertThat(replayed(again)).isTrue();
  }

  @Test
  void replaysTheAnswerThatWasLost() {
    stripe.engine.faults().add(Fault.lostAnswer().times(1));
    Answer lost = create("name=Zoe", "k1");

    Answer again = create("name=Zoe", "k1");

    assertThat(lost.response().lost()).isTrue();
    assertThat(again.id()).isEqualTo(lost.id());
    assertThat(stripe.engine.state().customerCount()).isEqualTo(1);
  }

  @Test
  void ignoresKeysOnReadsAndRefusesLongOnes() {
    String id = create("name=Zoe", "k1").id();

    assertThat(stripe.call("GET", CUSTOMERS + "/" + id, "", "k1").status()).isEqualTo(200);
    assertThat(create("name=Zoe", "k".repeat(256)).status()).isEqualTo(400);
    assertThat(create("name=Zoe", "k".repeat(255)).status()).isEqualTo(200);
  }

  @Test
  void letsWritesOfOneCustomerFollowEachOtherAndRefusesALongWait() {
    StripeBench slow =
        StripeBench.with(
            StripeSettings.local("")
                .withLimits(RateLimit.perSecond(1_000), RateLimit.perSecond(1_000))
                .withLockTimeout(Duration.ofMillis(900)));
    String id = slow.customer("name=Zoe");
    slow.engine.faults().delayAnswers(Duration.ofMillis(500), Duration.ofMillis(500));

    Answer first = slow.post(CUSTOMERS + "/" + id, "name=a");
    Answer second = slow.post(CUSTOMERS + "/" + id, "name=b");
    Answer third = slow.post(CUSTOMERS + "/" + id, "name=c");

    assertThat(first.response().delay()).isLessThan(second.response().delay());
    assertThat(third.status()).isEqualTo(429);
    assertThat(third.code()).isEqualTo("lock_timeout");
    assertThat(third.response().header("Stripe-Rate-Limited-Reason")).isEmpty();
    assertThat(third.response().header("Stripe-Should-Retry")).contains("true");
    slow.clock.advance(Duration.ofSeconds(2));
    assertThat(slow.post(CUSTOMERS + "/" + id, "name=c").status()).isEqualTo(200);
  }

  @Test
  void locksOnDemand() {
    String id = stripe.customer("name=Zoe");
    stripe.engine.faults().add(Fault.lock().times(1));

    assertThat(stripe.post(CUSTOMERS + "/" + id, "name=a").code()).isEqualTo("lock_timeout");
    assertThat(stripe.post(CUSTOMERS + "/" + id, "name=a").status()).isEqualTo(200);
  }
}
