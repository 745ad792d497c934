package dev.twofold.planted.link;

import dev.twofold.planted.reconcile.Mutual;
import dev.twofold.planted.role.Adapter;
import java.time.Instant;

/** Reads the system's clock, knows an adapter, and needs a package that needs this one. */
public final class Hasty {

  /** Whether it is one of those it must not know. */
  public boolean knows(Object other) {
    return other instanceof Adapter || other instanceof Mutual;
  }

  Instant readsTheClock() {
    return Instant.now();
  }
}
