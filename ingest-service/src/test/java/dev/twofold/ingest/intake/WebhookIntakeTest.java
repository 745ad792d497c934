package dev.twofold.ingest.intake;

import static dev.twofold.ingest.intake.Deliveries.HUBSPOT_BODY;
import static dev.twofold.ingest.intake.Deliveries.STRIPE_BODY;
import static dev.twofold.ingest.intake.Deliveries.hubspotProof;
import static dev.twofold.ingest.intake.Deliveries.stripeProof;
import static dev.twofold.ingest.intake.Deliveries.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.ingest.intake.DeliveryBody.BodyRead;
import dev.twofold.ingest.intake.IntakeOutcome.Accepted;
import dev.twofold.ingest.intake.IntakeOutcome.Refusal;
import dev.twofold.ingest.intake.IntakeOutcome.Refused;
import dev.twofold.ingest.intake.MessagePublisher.PublishOutcome;
import dev.twofold.ingest.signature.HubSpotSignature;
import dev.twofold.ingest.signature.Proof;
import dev.twofold.ingest.signature.SigningSecret;
import dev.twofold.ingest.signature.StripeSignature;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WebhookIntakeTest {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00.123456Z");
  private static final UUID ID = UUID.fromString("0a1b2c3d-0001-4000-8000-000000000001");
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String URL = "http://127.0.0.1:8080/webhooks/hubspot/main";
  private static final int BODY_MAX = 2048;

  private final RecordingPublisher publisher = new RecordingPublisher();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final WebhookIntake intake = intake(Duration.ZERO, 1);

  @Test
  void publishesAnAuthenticHubSpotDeliveryUntouched() {
    byte[] body = utf8(" " + HUBSPOT_BODY + "\n");

    IntakeOutcome outcome = intake.take(delivery("main", hubspotProof(URL, body, NOW), body));

    assertThat(outcome).isEqualTo(new Accepted("17", 1, body.length));
    assertThat(publisher.published).hasSize(1);
    assertThat(publisher.published.getFirst().body().bytes()).isSameAs(body);
    assertThat(publisher.waits).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void stampsTheMessageWithCloudEventsAttributes() {
    byte[] body = utf8(STRIPE_BODY);

    IntakeOutcome outcome = intake.take(delivery("main", stripeProof(body, NOW), body));

    assertThat(outcome).isInstanceOf(Accepted.class);
    assertThat(publisher.published.getFirst().attributes())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "ce-specversion", "1.0",
                "ce-id", ID.toString(),
                "ce-source", "/webhooks/stripe/main",
                "ce-type", "dev.twofold.stripe.delivery",
                "ce-time", "2026-11-21T08:00:00.123Z",
                "content-type", "application/json",
                "tenant", "main",
                "traceparent", TRACE));
  }

  @Test
  void refusesAnUnknownTenantWithoutReadingItsBody() {
    Delivery delivery = new Delivery("nobody", new Proof.FromStripe(List.of()), unreadable());

    assertThat(refusal(intake.take(delivery))).isEqualTo(Refusal.UNKNOWN_TENANT);
  }

  @Test
  void refusesAnUnconnectedTenantByTheNameOfItsSettingWithoutReadingItsBody() {
    Delivery half = new Delivery("half", new Proof.FromStripe(List.of()), unreadable());

    assertThat(intake.take(half))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.refusal()).isEqualTo(Refusal.NOT_CONNECTED);
              assertThat(refused.detail()).contains("twofold.tenants.half.stripe.secrets");
            });
  }

  @Test
  void refusesALongBodyBeforeItsSignature() {
    byte[] body = new byte[BODY_MAX + 1];

    IntakeOutcome outcome =
        intake.take(delivery("main", new Proof.FromStripe(List.of("t=1,v1=0")), body));

    assertThat(refusal(outcome)).isEqualTo(Refusal.TOO_LARGE);
  }

  @Test
  void refusesABadSignatureBeforeLookingAtTheBody() {
    byte[] body = utf8("not json");

    IntakeOutcome outcome =
        intake.take(delivery("main", new Proof.FromStripe(List.of("t=1,v1=0")), body));

    assertThat(refusal(outcome)).isEqualTo(Refusal.NOT_AUTHENTIC);
    assertThat(publisher.published).isEmpty();
  }

  @Test
  void refusesOneProvidersProofForTheOthersSecret() {
    byte[] body = utf8(STRIPE_BODY);
    Proof proof =
        new Proof.FromStripe(
            List.of(Deliveries.stripeSignature(Deliveries.HUBSPOT_SECRET, body, NOW)));

    assertThat(refusal(intake.take(delivery("main", proof, body))))
        .isEqualTo(Refusal.NOT_AUTHENTIC);
  }

  @Test
  void refusesAnAuthenticBodyOfAnotherShape() {
    byte[] body = utf8("{\"object\":\"list\"}");

    IntakeOutcome outcome = intake.take(delivery("main", stripeProof(body, NOW), body));

    assertThat(refusal(outcome)).isEqualTo(Refusal.MALFORMED);
    assertThat(publisher.published).isEmpty();
  }

  @Test
  void refusesABodyThatBreaksOff() {
    Delivery delivery =
        new Delivery(
            "main", new Proof.FromStripe(List.of()), _ -> new BodyRead.Incomplete("hung up"));

    assertThat(refusal(intake.take(delivery))).isEqualTo(Refusal.INCOMPLETE);
  }

  @Test
  void refusesWhatIsNotAcknowledged() {
    byte[] body = utf8(STRIPE_BODY);
    publisher.answer = new PublishOutcome.Unacknowledged("Pub/Sub answered UNAVAILABLE");

    IntakeOutcome outcome = intake.take(delivery("main", stripeProof(body, NOW), body));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.refusal()).isEqualTo(Refusal.NOT_ACKNOWLEDGED);
              assertThat(refused.detail()).doesNotContain("Pub/Sub", "UNAVAILABLE");
              assertThat(refused.cause()).isEqualTo("Pub/Sub answered UNAVAILABLE");
            });
  }

  @Test
  void refusesAtOnceWhatIsBeyondTheDeliveriesInHandAndGivesTheirPlaceBack() {
    byte[] body = utf8(STRIPE_BODY);
    List<IntakeOutcome> meanwhile = new ArrayList<>();
    publisher.whilePublishing =
        () -> {
          publisher.whilePublishing = () -> {};
          meanwhile.add(intake.take(new Delivery("main", stripeProof(body, NOW), unreadable())));
        };

    IntakeOutcome first = intake.take(delivery("main", stripeProof(body, NOW), body));
    IntakeOutcome last = intake.take(delivery("main", stripeProof(body, NOW), body));

    assertThat(first).isInstanceOf(Accepted.class);
    assertThat(meanwhile).hasSize(1);
    assertThat(refusal(meanwhile.getFirst())).isEqualTo(Refusal.BUSY);
    assertThat(last).isInstanceOf(Accepted.class);
  }

  @Test
  void givesThePlaceBackAfterARefusal() {
    byte[] body = utf8("not json");
    Proof forged = new Proof.FromStripe(List.of("t=1,v1=0"));

    for (int attempt = 0; attempt < 3; attempt++) {
      assertThat(refusal(intake.take(delivery("main", forged, body))))
          .isEqualTo(Refusal.NOT_AUTHENTIC);
    }
  }

  @Test
  void countsDeliveriesByProviderAndOutcome() {
    byte[] body = utf8(STRIPE_BODY);
    intake.take(delivery("main", stripeProof(body, NOW), body));
    intake.take(delivery("main", new Proof.FromStripe(List.of()), body));
    intake.take(delivery("main", new Proof.FromStripe(List.of()), body));

    assertThat(deliveries("main", "accepted")).isEqualTo(1);
    assertThat(deliveries("main", "forged")).isEqualTo(2);
    assertThat(meters.get("twofold.intake.duration").tag("outcome", "forged").timer().count())
        .isEqualTo(2);
  }

  @Test
  void namesNoTenantThatAStrangerMadeUp() {
    byte[] body = utf8(STRIPE_BODY);
    intake.take(delivery("zoe@example.com", stripeProof(body, NOW), body));

    assertThat(deliveries("unknown", "unknown_tenant")).isEqualTo(1);
  }

  private double deliveries(String tenant, String outcome) {
    return meters
        .get("twofold.intake.deliveries")
        .tag("provider", "stripe")
        .tag("tenant", tenant)
        .tag("outcome", outcome)
        .counter()
        .count();
  }

  private WebhookIntake intake(Duration busyWait, int inHandMax) {
    InstantSource clock = InstantSource.fixed(NOW);
    List<SigningSecret> hubspot = List.of(new SigningSecret(Deliveries.HUBSPOT_SECRET));
    List<SigningSecret> stripe = List.of(new SigningSecret(Deliveries.STRIPE_SECRET));
    return new WebhookIntake(
        new Tenants(
            Map.of(
                "main", new Tenants.Secrets(hubspot, stripe),
                "half", new Tenants.Secrets(hubspot, List.of()))),
        new SignatureVerifier(new HubSpotSignature(clock, false), new StripeSignature(clock)),
        new WebhookIntake.Ports(
            publisher,
            new DeliveryStamps(clock, () -> ID, () -> Optional.of(TRACE)),
            new DeliveryJournal(meters)),
        new IntakeLimits(inHandMax, busyWait, BODY_MAX, Duration.ofSeconds(3)));
  }

  private static Delivery delivery(String tenant, Proof proof, byte[] body) {
    return new Delivery(
        tenant,
        proof,
        lengthMax ->
            body.length > lengthMax
                ? new BodyRead.TooLarge()
                : new BodyRead.Whole(new RawBody(body)));
  }

  private static DeliveryBody unreadable() {
    return _ -> {
      throw new AssertionError("the body must not be read");
    };
  }

  private static Refusal refusal(IntakeOutcome outcome) {
    assertThat(outcome).isInstanceOf(Refused.class);
    return ((Refused) outcome).refusal();
  }
}
