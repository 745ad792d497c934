package dev.twofold.localstack.burst;

import java.time.Duration;

/**
 * How much is played.
 *
 * @param contacts how many an import brings
 * @param importOver in which time
 * @param forms how many forms are submitted in that time
 * @param traffic how long customers, purchases and edits go on
 * @param customersPerMinute made in Stripe
 * @param purchasesPerMinute made in Stripe
 * @param backfill customers that are there when the accounts are connected
 * @param warmUp contacts brought over before anything is measured
 * @param patience how long after the last deed all of it may take
 */
public record BurstSize(
    int contacts,
    Duration importOver,
    int forms,
    Duration traffic,
    int customersPerMinute,
    int purchasesPerMinute,
    int backfill,
    int warmUp,
    Duration patience) {
  /** The figures of the promise. */
  public static BurstSize full() {
    return new BurstSize(
        10_000,
        Duration.ofMinutes(1),
        1_000,
        Duration.ofMinutes(3),
        100,
        150,
        100_000,
        300,
        Duration.ofMinutes(10));
  }

  /** All of it that many times smaller in numbers, in the same time. */
  public BurstSize smaller(int times) {
    return new BurstSize(
        Math.max(1, contacts / times),
        importOver,
        Math.max(1, forms / times),
        traffic,
        Math.max(1, customersPerMinute / times),
        Math.max(1, purchasesPerMinute / times),
        Math.max(1, backfill / times),
        warmUp,
        patience);
  }

  /** The same numbers a minute for a shorter time. */
  public BurstSize lasting(Duration importing, Duration selling) {
    return new BurstSize(
        contacts,
        importing,
        forms,
        selling,
        customersPerMinute,
        purchasesPerMinute,
        backfill,
        warmUp,
        patience);
  }

  /** With another number of contacts before the clock starts. */
  public BurstSize warmedUpBy(int people) {
    return new BurstSize(
        contacts,
        importOver,
        forms,
        traffic,
        customersPerMinute,
        purchasesPerMinute,
        backfill,
        people,
        patience);
  }
}
