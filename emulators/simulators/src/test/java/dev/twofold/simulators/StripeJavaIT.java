package dev.twofold.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.net.RequestOptions;
import com.stripe.net.Webhook;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerSearchParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.common.EmptyParam;
import dev.twofold.simulators.stripe.engine.Purchase;
import dev.twofold.simulators.stripe.engine.StripeSettings;
import dev.twofold.simulators.transport.WebhookReceiver;
import dev.twofold.simulators.web.Fault;
import dev.twofold.simulators.web.RateLimit;
import dev.twofold.simulators.webhook.WebhookSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stripe's own Java library is content with the simulator, and sees the errors it knows. */
class StripeJavaIT {
  private static final String SECRET = "whsec_twofold_local";

  private WebhookReceiver receiver;
  private StripeSimulator simulator;
  private StripeClient stripe;

  @BeforeEach
  void start() throws Exception {
    receiver = WebhookReceiver.start();
    simulator =
        StripeSimulator.builder()
            .settings(
                StripeSettings.local("")
                    .withLimits(RateLimit.perSecond(1_000), RateLimit.perSecond(1_000))
                    .withWebhooks(WebhookSettings.stripe(receiver.url()).compressed(1_000)))
            .start();
    stripe = client("sk_test_twofold_local");
  }

  private StripeClient client(String key) {
    return StripeClient.builder()
        .setApiKey(key)
        .setApiBase(simulator.address().toString())
        .setMaxNetworkRetries(0)
        .build();
  }

  @AfterEach
  void stop() {
    simulator.close();
    receiver.close();
  }

  private static RequestOptions key(String key) {
    return RequestOptions.builder().setIdempotencyKey(key).build();
  }

  @Test
  void createsReadsChangesAndDeletes() throws Exception {
    Customer created =
        stripe
            .v1()
            .customers()
            .create(
                CustomerCreateParams.builder()
                    .setEmail("zoe@example.com")
                    .setName("Zoë Old")
                    .setPhone("+4144")
                    .setAddress(CustomerCreateParams.Address.builder().setCity("Bern").build())
                    .putMetadata("hubspot_contact_id", "501")
                    .addPreferredLocale("de")
                    .build(),
                key("twofold-1"));
    Customer changed =
        stripe
            .v1()
            .customers()
            .update(
                created.getId(),
                CustomerUpdateParams.builder()
                    .setName("Zoë New")
                    .setPhone(EmptyParam.EMPTY)
                    .putMetadata("hubspot_contact_id", "")
                    .build());
    Customer read = stripe.v1().customers().retrieve(created.getId());

    assertThat(created.getAddress().getCity()).isEqualTo("Bern");
    assertThat(created.getPreferredLocales()).containsExactly("de");
    assertThat(created.getLastResponse().requestId()).startsWith("req_");
    assertThat(changed.getPhone()).isNull();
    assertThat(read.getName()).isEqualTo("Zoë New");
    assertThat(read.getMetadata()).isEmpty();
    assertThat(stripe.v1().customers().delete(created.getId()).getDeleted()).isTrue();
    assertThat(stripe.v1().customers().retrieve(created.getId()).getDeleted()).isTrue();
  }

  @Test
  void listsAtOnceAndSearchesLate() throws Exception {
    String id = simulator.with(engine -> engine.person().create(Map.of("email", "z@example.com")));
    var list =
        stripe
            .v1()
            .customers()
            .list(CustomerListParams.builder().setEmail("z@example.com").setLimit(1L).build());
    assertThat(list.getData()).extracting(Customer::getId).containsExactly(id);
    assertThat(list.getHasMore()).isFalse();
    assertThat(
            stripe
                .v1()
                .customers()
                .search(CustomerSearchParams.builder().setQuery("email:'z@example.com'").build())
                .getData())
        .as("search lags")
        .isEmpty();
  }

  @Test
  void pagesThroughAllCustomersByItself() throws Exception {
    for (int i = 0; i < 25; i++) {
      String name = "c" + i;
      simulator.with(engine -> engine.person().createSilently(Map.of("name", name)));
    }
    int seen = 0;
    for (Customer customer :
        stripe
            .v1()
            .customers()
            .list(CustomerListParams.builder().setLimit(10L).build())
            .autoPagingIterable()) {
      assertThat(customer.getName()).isEqualTo("c" + (24 - seen));
      seen++;
    }
    assertThat(seen).isEqualTo(25);
  }

  @Test
  void throwsTheExceptionsThatBelongToTheErrors() {
    var customers = stripe.v1().customers();
    CustomerCreateParams zoe = CustomerCreateParams.builder().setName("Zoe").build();

    assertFails(
        () -> customers.retrieve("cus_no"), InvalidRequestException.class, 404, "resource_missing");
    assertFails(
        () -> customers.create(CustomerCreateParams.builder().setEmail("x").build()),
        InvalidRequestException.class,
        400,
        "email_invalid");
    assertFails(
        () ->
            customers.create(CustomerCreateParams.builder().putExtraParam("nonsense", "1").build()),
        InvalidRequestException.class,
        400,
        "parameter_unknown");
    assertFails(
        () -> client("sk_test_other").v1().customers().retrieve("cus_no"),
        AuthenticationException.class,
        401,
        null);
    simulator.with(engine -> {
      engine.faults().add(Fault.storm().times(1));
      return true;
    });
    assertFails(() -> customers.create(zoe), RateLimitException.class, 429, "rate_limit");
    simulator.with(engine -> {
      engine.faults().add(Fault.error(500).times(1));
      return true;
    });
    assertFails(() -> customers.create(zoe, key("k1")), ApiException.class, 500, null);
    assertFails(() -> customers.create(zoe, key("k1")), ApiException.class, 500, null);
    assertFails(
        () -> customers.create(CustomerCreateParams.builder().setName("Ben").build(), key("k1")),
        IdempotencyException.class,
        400,
        null);
  }

  private interface Call {
    Object make() throws StripeException;
  }

  private static void assertFails(
      Call call, Class<? extends StripeException> kind, int status, @Nullable String code) {
    assertThatThrownBy(call::make)
        .isInstanceOf(kind)
        .asInstanceOf(type(StripeException.class))
        .satisfies(failed -> {
          assertThat(failed.getStatusCode()).isEqualTo(status);
          assertThat(failed.getCode()).isEqualTo(code);
        });
  }

  @Test
  void losesAnAnswerAfterTheEffectAndReplaysItToTheSameKey() throws Exception {
    CustomerCreateParams zoe = CustomerCreateParams.builder().setName("Zoe").build();
    simulator.with(engine -> {
      // The JDK's own client makes a POST a second time when its connection breaks.
      engine.faults().add(Fault.lostAnswer().times(2));
      return true;
    });

    assertThatThrownBy(() -> stripe.v1().customers().create(zoe, key("k1")))
        .isInstanceOf(ApiConnectionException.class);
    Customer replayed = stripe.v1().customers().create(zoe, key("k1"));

    assertThat(replayed.getLastResponse().headers().firstValue("Idempotent-Replayed"))
        .contains("true");
    assertThat(simulator.<Integer>with(engine -> engine.state().customerCount())).isEqualTo(1);
  }

  @Test
  void refusesASecondCallWithTheKeyInFlight() throws Exception {
    simulator.with(engine -> {
      engine.faults().delayAnswers(Duration.ofMillis(600), Duration.ofMillis(600));
      return true;
    });
    CustomerCreateParams zoe = CustomerCreateParams.builder().setName("Zoe").build();
    Thread first =
        Thread.ofVirtual()
            .start(() -> {
              try {
                stripe.v1().customers().create(zoe, key("k1"));
              } catch (StripeException failed) {
                throw new IllegalStateException(failed);
              }
            });
    while (simulator.<Integer>with(engine -> engine.state().customerCount()) == 0) {
      Thread.onSpinWait();
    }

    assertFails(
        () -> stripe.v1().customers().create(zoe, key("k1")),
        ApiException.class,
        409,
        "idempotency_key_in_use");
    first.join();
  }

  @Test
  void sendsEventsThatTheLibraryAcceptsAndTellsWhichWereNotDelivered() throws Exception {
    receiver.answerNext(500);
    Customer created =
        stripe.v1().customers().create(CustomerCreateParams.builder().setName("Zoe").build());
    WebhookReceiver.Received failed = receiver.next(1).getFirst();
    WebhookReceiver.Received again = receiver.next(1).getFirst();

    for (WebhookReceiver.Received delivery : List.of(failed, again)) {
      Event event =
          Webhook.constructEvent(delivery.body(), delivery.header("stripe-signature"), SECRET);
      assertThat(event.getType()).isEqualTo("customer.created");
      Customer inside = (Customer) event.getDataObjectDeserializer().getObject().orElseThrow();
      assertThat(inside.getId()).isEqualTo(created.getId());
    }
    String payment =
        simulator.with(
            engine -> engine.person().purchase(Purchase.of(created.getId(), 1250, "chf")));
    receiver.next(2);
    PaymentIntent intent = stripe.v1().paymentIntents().retrieve(payment);
    assertThat(intent.getAmountReceived()).isEqualTo(1250);
    var events =
        stripe
            .v1()
            .events()
            .list(
                EventListParams.builder()
                    .addType("payment_intent.succeeded")
                    .addType("customer.created")
                    .build());
    assertThat(events.getData())
        .extracting(Event::getType)
        .containsExactly("payment_intent.succeeded", "customer.created");
    assertThat(stripe.v1().accounts().retrieveCurrent().getId()).startsWith("acct_");
  }
}
