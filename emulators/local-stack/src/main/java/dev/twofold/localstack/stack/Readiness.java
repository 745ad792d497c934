package dev.twofold.localstack.stack;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits until a part answers 200, and gives up with the reason when it does not. */
final class Readiness {
  private static final Duration BETWEEN_ASKING = Duration.ofMillis(50);
  private static final int HTTP_OK = 200;

  private final LoopbackHttp http;

  Readiness(LoopbackHttp http) {
    this.http = http;
  }

  /**
   * True once the URL answers 200; false when the time is over, or when {@code hopeless} says that
   * waiting has no sense.
   */
  boolean await(String url, Duration longest, BooleanSupplier hopeless)
      throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (http.status(url).filter(status -> status == HTTP_OK).isEmpty()) {
      if (System.nanoTime() - deadline > 0 || hopeless.getAsBoolean()) {
        return false;
      }
      Thread.sleep(BETWEEN_ASKING);
    }
    return true;
  }
}
