package dev.twofold.ingest.intake;

/**
 * Port: the body of a delivery that has not been read yet. It is read at most once, after the
 * tenant is known, so that strangers cost no memory.
 */
@FunctionalInterface
public interface DeliveryBody {

  /** Reads no more than one byte beyond {@code lengthMax}, and in bounded time. */
  BodyRead read(int lengthMax);

  /** How reading ended. */
  sealed interface BodyRead {

    /** Every byte, and no more than allowed. */
    record Whole(RawBody body) implements BodyRead {}

    /** Longer than allowed, or announced to be. */
    record TooLarge() implements BodyRead {}

    /** The connection broke, or the sender was too slow. */
    record Incomplete(String cause) implements BodyRead {}
  }
}
