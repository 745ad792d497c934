package dev.twofold.simulators.web;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids in the vendors' forms, drawn from a given generator so that a seed repeats them. */
public final class RandomIds {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final RandomGenerator random;

  public RandomIds(RandomGenerator random) {
    this.random = random;
  }

  /** A version 4 UUID. */
  public String uuid() {
    long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
    long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  /** A prefix and so many letters and digits. */
  public String token(String prefix, int length) {
    StringBuilder token = new StringBuilder(prefix);
    for (int i = 0; i < length; i++) {
      token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return token.toString();
  }
}
