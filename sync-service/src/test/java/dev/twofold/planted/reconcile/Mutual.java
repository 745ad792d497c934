package dev.twofold.planted.reconcile;

import dev.twofold.planted.link.Hasty;
import dev.twofold.simulators.planted.Neighbour;

/** Needs the package that needs this one, and a class of an emulator. */
public final class Mutual {

  /** Whether it is one of those it must not know. */
  public boolean knows(Object other) {
    return other instanceof Hasty || other instanceof Neighbour;
  }
}
