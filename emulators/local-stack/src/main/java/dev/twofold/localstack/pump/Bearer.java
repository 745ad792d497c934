package dev.twofold.localstack.pump;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The identity token that pushes carry, where the subscription names an account. Signed anew every
 * half hour, as it is good for one.
 */
public final class Bearer {
  private static final long KEPT = Duration.ofMinutes(30).toNanos();

  private final Supplier<Optional<String>> signing;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<String> token = Optional.empty();
  private long until = Long.MIN_VALUE;

  private Bearer(Supplier<Optional<String>> signing) {
    this.signing = signing;
  }

  /** No token, as of a subscription without an account. */
  public static Bearer none() {
    return new Bearer(Optional::empty);
  }

  /** What the signer signs. */
  public static Bearer signedBy(Supplier<String> signer) {
    return new Bearer(() -> Optional.of(signer.get()));
  }

  Optional<String> token(long now) {
    lock.lock();
    try {
      if (until == Long.MIN_VALUE || now - until >= 0) {
        token = signing.get();
        until = now + KEPT;
      }
      return token;
    } finally {
      lock.unlock();
    }
  }
}
