package dev.twofold.sync.link;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A purchase in Stripe and its delivery as a custom event.
 *
 * @param id the PaymentIntent ({@code pi_…}), or the charge where there is none
 * @param amount in the currency's minor unit
 * @param customer the customer's id; null for a guest
 * @param emailHash the hash of a guest's receipt address; null where there is none
 * @param link the link it waits in or was sent through; null while it is nobody's
 */
public record Purchase(
    String id,
    long amount,
    String currency,
    @Nullable String customer,
    @Nullable String emailHash,
    Instant occurredAt,
    @Nullable LinkId link,
    State state,
    @Nullable String reason)
    implements Document {

  /** How far its delivery is. */
  public enum State {
    /** Waits for the contact to exist. */
    WAITING,
    /** Has a row in the outbox. */
    QUEUED,
    /** HubSpot has taken it. */
    SENT,
    /** The account has no custom events: its contact shows the latest purchase instead. */
    SHOWN,
    /** HubSpot refused it, or nobody could be found in 30 days. */
    PARKED
  }

  /** The same purchase, so far delivered, through that link. */
  public Purchase now(State reached, @Nullable LinkId through, @Nullable String why) {
    return new Purchase(
        id, amount, currency, customer, emailHash, occurredAt, through, reached, why);
  }

  @Override
  public DocumentKey key() {
    return DocumentKey.ofPurchase(id);
  }
}
