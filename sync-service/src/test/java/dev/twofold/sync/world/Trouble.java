package dev.twofold.sync.world;

import java.util.function.Consumer;

/** What may go wrong at a port: it is asked before and after the effect of every call. */
interface Trouble {

  /** Where a call of a port is. */
  enum Moment {
    BEFORE,
    AFTER
  }

  /** One passage through a port. */
  record Passage(Program program, String port, Moment moment) {}

  /** Nothing ever goes wrong. */
  Trouble NONE = passage -> {};

  /** May throw, kill the program, hold it, or do something else in the meantime. */
  void at(Passage passage);

  /** Strikes once, at the first passage of that port from now on. */
  static Trouble once(String port, Moment moment, Consumer<Passage> strike) {
    return nth(1, port, moment, strike);
  }

  /** Strikes once, at that passage of the port counted from now. */
  static Trouble nth(int count, String port, Moment moment, Consumer<Passage> strike) {
    int[] left = {count};
    return passage -> {
      if (passage.port().equals(port) && passage.moment() == moment && left[0] > 0) {
        left[0]--;
        if (left[0] == 0) {
          strike.accept(passage);
        }
      }
    };
  }
}
