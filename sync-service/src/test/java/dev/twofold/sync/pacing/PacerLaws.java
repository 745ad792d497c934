package dev.twofold.sync.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.pacing.Traffic.Leave;
import dev.twofold.sync.record.Lane;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What the schedule keeps for any traffic. Replay one case with {@code -Dseed=N}. */
class PacerLaws {

  private static final int SEEDS = 40;
  private static final long SECOND = Traffic.SECOND;
  private static final long MILLISECOND = Traffic.MILLISECOND;

  @Test
  void neverExceedsTheLimitInAnySlidingSecond() {
    forSeeds(random -> {
      int limit = random.nextInt(1, 150);
      Traffic traffic = new Traffic(limit, sometimesStalled(random));
      for (int i = 0; i < 11 * limit; i++) {
        traffic.call(lane(random), random.nextLong(10 * SECOND));
      }
      for (int i = 0; i < 6; i++) {
        traffic.limitTo(random.nextInt(1, 150), random.nextLong(10 * SECOND));
      }
      assertWindowLaw(traffic.run(20 * SECOND));
    });
  }

  @Test
  void neverExceedsTheLimitHoweverLongCallsTakeToTheSocket() {
    forSeeds(random -> {
      Traffic traffic = new Traffic(random.nextInt(1, 150), sometimesStalled(random), slow(random));
      traffic.backlog(lane(random), 200);
      assertWindowLaw(traffic.run(40 * SECOND));
    });
  }

  @Test
  void losesOneSlotOnlyToACallThatNeverReachesTheSocket() {
    forSeeds(random -> {
      int limit = random.nextInt(2, 150);
      long[] calls = {0};
      Traffic traffic = new Traffic(limit, () -> 0, () -> calls[0]++ == 0 ? 60 * SECOND : 0);
      traffic.backlog(lane(random), limit + 5);
      List<Leave> leaves = traffic.run(40 * SECOND);
      assertThat(leaves.size()).isGreaterThanOrEqualTo((int) (0.95 * 40 * (limit - 1)));
      assertWindowLaw(leaves);
    });
  }

  @Test
  void usesNearlyAllOfTheLimitWhenEveryCallStallsOnItsWay() {
    forSeeds(random -> assertUse(random, lane(random), () -> 0, alwaysStalled(random)));
  }

  @Test
  void usesNearlyAllOfTheLimitWhenOnlyBulkWaits() {
    forSeeds(random -> assertUse(random, Lane.BULK, () -> 0));
  }

  @Test
  void usesNearlyAllOfTheLimitWhenOnlyExpressWaits() {
    forSeeds(random -> assertUse(random, Lane.EXPRESS, () -> 0));
  }

  @Test
  void usesNearlyAllOfTheLimitWhenEveryThreadIsStalled() {
    forSeeds(random -> assertUse(random, lane(random), alwaysStalled(random)));
  }

  /** Seen in an import: collections of 40 to 200 ms, three times in two seconds. */
  @Test
  void losesLittleOfTheLimitToStopsOfTheWholeProcess() {
    forSeeds(random -> {
      int limit = random.nextInt(50, 150);
      Traffic traffic = new Traffic(limit, sometimesStalled(random));
      traffic.standStill(700 * MILLISECOND, 150 * MILLISECOND);
      traffic.backlog(Lane.BULK, 2 * limit);
      List<Leave> leaves = traffic.run(40 * SECOND);
      assertWindowLaw(leaves);
      assertThat(leaves.size()).isGreaterThanOrEqualTo((int) (0.93 * 40 * limit));
    });
  }

  @Test
  void letsOneExpressCallOvertakeEveryWaitingBulkCall() {
    forSeeds(random -> {
      Traffic traffic = new Traffic(random.nextInt(2, 150), () -> 0);
      traffic.backlog(Lane.BULK, 60);
      for (long second = 3; second < 30; second += 3) {
        traffic.call(Lane.EXPRESS, second * SECOND + random.nextLong(SECOND));
      }
      List<Leave> leaves = traffic.run(40 * SECOND);
      assertThat(leaves).filteredOn(leave -> leave.lane() == Lane.EXPRESS).hasSize(9);
      assertNoBulkWhileExpressWaits(leaves);
    });
  }

  @Test
  void letsAnExpressCallGoWithinTheSpacingOfABulkBacklog() {
    forSeeds(random -> {
      int limit = random.nextInt(2, 150);
      Traffic traffic = new Traffic(limit, () -> 0);
      traffic.backlog(Lane.BULK, 60);
      traffic.call(Lane.EXPRESS, 5 * SECOND + random.nextLong(SECOND));
      assertThat(traffic.run(10 * SECOND))
          .filteredOn(leave -> leave.lane() == Lane.EXPRESS)
          .singleElement()
          .satisfies(leave ->
              assertThat(leave.at() - leave.offeredAt())
                  .isLessThanOrEqualTo(1_040 * MILLISECOND / limit + limit));
    });
  }

  @Test
  void letsPeopleGoWithinThreeTenthsOfASecondWhileBulkWaitsAndThreadsStall() {
    forSeeds(random -> {
      assertSwiftExpress(random, 15, 1);
      assertSwiftExpress(random, 100, 20);
    });
  }

  @Test
  void usesNearlyAllOfTheLimitWhenPeopleCallWhileBulkWaitsAndThreadsStall() {
    forSeeds(random -> {
      int limit = random.nextInt(20, 150);
      Traffic traffic = new Traffic(limit, sometimesStalled(random), sometimesStalled(random));
      traffic.backlog(Lane.BULK, 2 * limit);
      for (int i = 0; i < 40 * limit / 10; i++) {
        traffic.call(Lane.EXPRESS, random.nextLong(40 * SECOND));
      }
      List<Leave> leaves = traffic.run(40 * SECOND);
      assertWindowLaw(leaves);
      assertThat(leaves.size()).isGreaterThanOrEqualTo((int) (0.95 * 40 * limit));
    });
  }

  @Test
  void keepsFiveBulkCallsASecondUnderAnExpressBacklog() {
    forSeeds(random -> {
      int limit = random.nextInt(12, 150);
      Traffic traffic = new Traffic(limit, () -> 0);
      traffic.backlog(Lane.BULK, 50);
      traffic.backlog(Lane.EXPRESS, 200);
      List<Leave> leaves = traffic.run(30 * SECOND);
      long bulk = leaves.stream().filter(leave -> leave.lane() == Lane.BULK).count();
      assertThat(bulk).isGreaterThanOrEqualTo(5 * 30);
      assertThat(longestGap(leaves, Lane.BULK)).isLessThanOrEqualTo(1_040 * MILLISECOND);
      assertThat(leaves.size() - bulk).isGreaterThanOrEqualTo(leaves.size() / 2);
    });
  }

  @Test
  void letsNeitherLaneStarveWhateverTheLimit() {
    forSeeds(random -> {
      Traffic traffic = new Traffic(random.nextInt(1, 12), sometimesStalled(random));
      traffic.backlog(Lane.BULK, 5);
      traffic.backlog(Lane.EXPRESS, 5);
      List<Leave> leaves = traffic.run(60 * SECOND);
      long bulk = leaves.stream().filter(leave -> leave.lane() == Lane.BULK).count();
      assertThat(bulk).isBetween(leaves.size() * 4L / 10, leaves.size() * 6L / 10);
    });
  }

  @Test
  void followsARaisedLimitAtOnce() {
    forSeeds(random -> {
      int raised = random.nextInt(20, 150);
      Traffic traffic = new Traffic(random.nextInt(1, 10), () -> 0);
      traffic.backlog(Lane.BULK, 20);
      traffic.limitTo(raised, 5 * SECOND);
      assertThat(traffic.run(7 * SECOND))
          .filteredOn(leave -> leave.at() >= 5 * SECOND)
          .hasSizeGreaterThanOrEqualTo((int) (2 * 0.95 * raised) - 10);
    });
  }

  @Test
  void followsALoweredLimitWithinASecond() {
    forSeeds(random -> {
      int lowered = random.nextInt(1, 20);
      LongSupplier stall = sometimesStalled(random);
      Traffic traffic = new Traffic(random.nextInt(20, 150), stall);
      traffic.backlog(lane(random), 160);
      long at = 5 * SECOND + random.nextLong(SECOND);
      traffic.limitTo(lowered, at);
      List<Leave> after =
          traffic.run(20 * SECOND).stream().filter(leave -> leave.at() >= at).toList();
      assertThat(after)
          .filteredOn(leave -> leave.at() < at + SECOND)
          .hasSizeLessThanOrEqualTo(lowered);
      assertWindowLaw(after);
      assertThat(after.size()).isGreaterThanOrEqualTo((int) (0.95 * 13 * lowered));
    });
  }

  /** With so many express calls a second, at any moment. */
  private static void assertSwiftExpress(RandomGenerator random, int limit, int perSecond) {
    int seconds = 300 / perSecond + 30;
    Traffic traffic = new Traffic(limit, alwaysStalled(random), alwaysStalled(random));
    traffic.backlog(Lane.BULK, 60);
    for (int i = 0; i < seconds * perSecond; i++) {
      traffic.call(Lane.EXPRESS, random.nextLong(seconds * SECOND));
    }
    List<Leave> leaves = traffic.run((seconds + 5) * SECOND);
    assertWindowLaw(leaves);
    assertThat(ninetyNinth(leaves)).isLessThan(300 * MILLISECOND);
  }

  private static void assertUse(RandomGenerator random, Lane lane, LongSupplier stall) {
    assertUse(random, lane, stall, () -> 0);
  }

  private static void assertUse(
      RandomGenerator random, Lane lane, LongSupplier stall, LongSupplier way) {
    int limit = random.nextInt(1, 150);
    Traffic traffic = new Traffic(limit, stall, way);
    traffic.backlog(lane, limit + 5);
    List<Leave> leaves = traffic.run(40 * SECOND);
    assertThat(leaves.size()).isGreaterThanOrEqualTo((int) (0.95 * 40 * limit));
    assertWindowLaw(leaves);
  }

  private static void assertWindowLaw(List<Leave> leaves) {
    int first = 0;
    for (int last = 0; last < leaves.size(); last++) {
      while (leaves.get(first).at() <= leaves.get(last).at() - SECOND) {
        first++;
      }
      assertThat(last - first + 1)
          .as("calls in the second up to %d ns", leaves.get(last).at())
          .isLessThanOrEqualTo(leaves.get(last).limit());
    }
  }

  private static void assertNoBulkWhileExpressWaits(List<Leave> leaves) {
    for (Leave express : leaves) {
      if (express.lane() == Lane.EXPRESS) {
        assertThat(leaves)
            .noneMatch(other ->
                other.lane() == Lane.BULK
                    && other.at() > express.offeredAt()
                    && other.at() < express.at());
      }
    }
  }

  /** How long all but one in a hundred express calls waited at most, way to the socket included. */
  private static long ninetyNinth(List<Leave> leaves) {
    long[] waits =
        leaves.stream()
            .filter(leave -> leave.lane() == Lane.EXPRESS)
            .mapToLong(leave -> leave.at() - leave.offeredAt())
            .sorted()
            .toArray();
    return waits[waits.length * 99 / 100];
  }

  private static long longestGap(List<Leave> leaves, Lane lane) {
    long longest = 0;
    long before = 0;
    for (Leave leave : leaves) {
      if (leave.lane() == lane) {
        longest = Math.max(longest, leave.at() - before);
        before = leave.at();
      }
    }
    return longest;
  }

  private static Lane lane(RandomGenerator random) {
    return random.nextBoolean() ? Lane.EXPRESS : Lane.BULK;
  }

  private static LongSupplier alwaysStalled(RandomGenerator random) {
    return () -> random.nextLong(5 * MILLISECOND, 50 * MILLISECOND);
  }

  private static LongSupplier sometimesStalled(RandomGenerator random) {
    return () -> random.nextInt(3) == 0 ? random.nextLong(5, 50) * MILLISECOND : 0;
  }

  /** Often some tens of milliseconds, and once in a while as long as a new connection takes. */
  private static LongSupplier slow(RandomGenerator random) {
    return () ->
        random.nextInt(100) == 0
            ? random.nextLong(SECOND, 3 * SECOND)
            : random.nextInt(2) == 0 ? random.nextLong(5, 50) * MILLISECOND : 0;
  }

  private static void forSeeds(Consumer<RandomGenerator> law) {
    Long replayed = Long.getLong("seed");
    long first = replayed == null ? 1 : replayed;
    long last = replayed == null ? SEEDS : replayed;
    for (long seed = first; seed <= last; seed++) {
      try {
        law.accept(new SplittableRandom(seed));
      } catch (AssertionError broken) {
        throw new AssertionError(
            "seed %d: mvn -pl sync-service test -Dtest=PacerLaws -Dseed=%d".formatted(seed, seed),
            broken);
      }
    }
  }
}
