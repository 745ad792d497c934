package dev.twofold.ingest.intake;

import dev.twofold.ingest.intake.DeliveryBody.BodyRead;
import dev.twofold.ingest.intake.IntakeOutcome.Accepted;
import dev.twofold.ingest.intake.IntakeOutcome.Refusal;
import dev.twofold.ingest.intake.IntakeOutcome.Refused;
import dev.twofold.ingest.intake.MessagePublisher.PublishOutcome;
import dev.twofold.ingest.intake.Tenants.Standing;
import dev.twofold.ingest.signature.SignatureCheck;
import dev.twofold.ingest.signature.SigningSecret;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes one delivery in: tenant, size, signature, shape, publish, in this order, so that a stranger
 * learns and costs as little as possible. Accepts only what the publisher acknowledged.
 *
 * <p>Refuses at once, and keeps nothing, when as many deliveries are in hand as the limits allow:
 * the provider repeats, and memory stays bounded.
 */
public final class WebhookIntake {

  private final Tenants tenants;
  private final SignatureVerifier signatures;
  private final Ports ports;
  private final IntakeLimits limits;
  private final DeliveryShape shape = new DeliveryShape();
  private final Semaphore inHand;

  public WebhookIntake(
      Tenants tenants, SignatureVerifier signatures, Ports ports, IntakeLimits limits) {
    this.tenants = tenants;
    this.signatures = signatures;
    this.ports = ports;
    this.limits = limits;
    this.inHand = new Semaphore(limits.inHandMax());
  }

  /** Blocks until the delivery is accepted or refused; never throws for what a sender did. */
  public IntakeOutcome take(Delivery delivery) {
    Timer.Sample begun = ports.journal().begin();
    IntakeOutcome outcome =
        switch (tenants.find(delivery.tenant(), delivery.provider())) {
          case Standing.Unknown _ ->
              refused(Refusal.UNKNOWN_TENANT, "No tenant of this name takes webhooks here.", 0);
          case Standing.Unconnected unconnected -> unconnected(delivery, unconnected);
          case Standing.Connected connected -> takeInTurn(delivery, connected.secrets());
        };
    ports.journal().record(delivery, outcome, begun);
    return outcome;
  }

  /** Strangers are told of the setting, which is public knowledge; secrets are for our log. */
  private static Refused unconnected(Delivery delivery, Standing.Unconnected unconnected) {
    String detail =
        "The tenant is not connected to "
            + delivery.provider().label()
            + ": the setting "
            + unconnected.missingSetting()
            + " has no value.";
    String secret = unconnected.missingSecret();
    return new Refused(
        Refusal.NOT_CONNECTED, detail, secret.isEmpty() ? detail : detail + " " + secret, 0);
  }

  private IntakeOutcome takeInTurn(Delivery delivery, List<SigningSecret> secrets) {
    if (!acquireTurn()) {
      return refused(Refusal.BUSY, "Too many deliveries are in hand. Send it again later.", 0);
    }
    try {
      return switch (delivery.body().read(limits.bodyBytesMax())) {
        case BodyRead.TooLarge _ ->
            refused(
                Refusal.TOO_LARGE,
                "A delivery may have at most " + limits.bodyBytesMax() + " bytes.",
                0);
        case BodyRead.Incomplete incomplete ->
            new Refused(
                Refusal.INCOMPLETE,
                "The body did not arrive completely and in time.",
                incomplete.cause(),
                0);
        case BodyRead.Whole whole -> takeWhole(delivery, secrets, whole.body());
      };
    } finally {
      inHand.release();
    }
  }

  private boolean acquireTurn() {
    try {
      return inHand.tryAcquire(limits.busyWait().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private IntakeOutcome takeWhole(Delivery delivery, List<SigningSecret> secrets, RawBody body) {
    return switch (signatures.check(delivery.proof(), secrets, body)) {
      case SignatureCheck.Rejected rejected ->
          refused(Refusal.NOT_AUTHENTIC, rejected.reason(), body.length());
      case SignatureCheck.Authentic _ ->
          switch (shape.check(delivery.provider(), body)) {
            case DeliveryShape.Shape.Misfit misfit ->
                refused(Refusal.MALFORMED, misfit.detail(), body.length());
            case DeliveryShape.Shape.Fits fits -> publish(delivery, body, fits.notices());
          };
    };
  }

  private IntakeOutcome publish(Delivery delivery, RawBody body, int notices) {
    DeliveryMessage message = ports.stamps().stamp(delivery.provider(), delivery.tenant(), body);
    return switch (ports.publisher().publish(message, limits.acknowledgeWithin())) {
      case PublishOutcome.Acknowledged acknowledged ->
          new Accepted(acknowledged.messageId(), notices, body.length());
      case PublishOutcome.Unacknowledged unacknowledged ->
          new Refused(
              Refusal.NOT_ACKNOWLEDGED,
              "The delivery could not be stored safely. Send it again later.",
              unacknowledged.cause(),
              body.length());
    };
  }

  private static Refused refused(Refusal refusal, String detail, int bytes) {
    return new Refused(refusal, detail, detail, bytes);
  }

  /** What the intake asks of the world: a publisher, stamps for messages, and a memory. */
  public record Ports(MessagePublisher publisher, DeliveryStamps stamps, DeliveryJournal journal) {}
}
