package dev.twofold.localstack.stack;

import java.util.Arrays;
import java.util.Locale;

/** Who pushes the messages of the notices' subscription. */
enum Pusher {
  /** Our own pump, which behaves as the service does. */
  PUMP,
  /** The official emulator, which keeps two pushes in flight. */
  EMULATOR,
  /** Messages stay where they are: for measuring what comes before. */
  NOBODY;

  static Pusher named(String name) {
    return Arrays.stream(values())
        .filter(each -> each.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new StackProblem("TWOFOLD_PUSH is pump, emulator or nobody, not '%s'".formatted(name)));
  }
}
