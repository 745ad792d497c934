package dev.twofold.cloudtasks.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitLaws {

  private static final long SECOND = 1_000_000_000L;
  private static final int CASES = 200;

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 1, 15, 100, 500})
  void keepsTheSetRateUnderBacklogWithinOnePercent(double rate) {
    Drive drive = Drive.withQueue(new RateLimits(rate, 0, 0), RetryPolicy.DEFAULT);
    int burst = drive.engine.getQueue(Drive.QUEUE).burst();
    drive.createMany((int) (burst + rate * 61) + 1);

    drive.run(Duration.ofSeconds(60));

    assertThat(drive.sent.size() - burst).isBetween((int) (rate * 59.4), (int) (rate * 60));
  }

  @Test
  void neverExceedsBurstPlusRateInAnySlidingSecondWhateverHappens() {
    long first = Long.getLong("seed", 1);
    for (long seed = first; seed < first + CASES; seed++) {
      Random random = new Random(seed);
      double rate = List.of(0.3, 1.0, 7.7, 15.0, 100.0, 333.3).get(random.nextInt(6));
      int burst = 1 + random.nextInt(40);
      Drive drive = randomDrive(seed, new RateLimits(rate, 1 + random.nextInt(60), burst));

      disturb(drive, random);

      assertThat(worstSlidingSecond(drive.sent))
          .as("replay with -Dtest=RateLimitLaws -Dseed=%d", seed)
          .isLessThanOrEqualTo((int) Math.floor(burst + rate + 1e-6));
    }
  }

  @Test
  void neverExceedsTheConcurrencyCap() {
    Drive drive = Drive.withQueue(new RateLimits(500, 3, 0), RetryPolicy.DEFAULT);
    drive.handling = Duration.ofSeconds(1);
    drive.createMany(30);

    drive.run(Duration.ofMillis(9500));

    assertThat(drive.sent).hasSize(30);
    for (int i = 3; i < drive.sent.size(); i++) {
      assertThat(drive.sent.get(i).at())
          .isAfterOrEqualTo(drive.sent.get(i - 3).at().plusSeconds(1));
    }
  }

  @Test
  void followsARateChangedWhileRunning() {
    Drive drive = Drive.withQueue(new RateLimits(100, 0, 1), RetryPolicy.DEFAULT);
    drive.createMany(2000);
    drive.run(Duration.ofSeconds(10));
    int before = drive.sent.size();

    drive.engine.updateQueue(
        Drive.QUEUE, QueueSettings.of(new RateLimits(10, 0, 1), RetryPolicy.DEFAULT), drive.now);
    drive.run(Duration.ofSeconds(10));

    assertThat(before).isBetween(999, 1001);
    assertThat(drive.sent.size() - before).isBetween(99, 101);
  }

  @Test
  void spendsATokenOnEveryRetry() {
    RetryPolicy eager =
        new RetryPolicy(-1, Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1), 1);
    Drive drive = Drive.withQueue(new RateLimits(10, 0, 5), eager);
    drive.target = dispatch -> Answer.status(400);
    drive.create("stubborn");

    drive.run(Duration.ofSeconds(10));

    assertThat(drive.sent.size()).isBetween(104, 105);
  }

  private static Drive randomDrive(long seed, RateLimits limits) {
    DeliveryFaults faults =
        new DeliveryFaults(0.2, Duration.ofSeconds(2), 0.1, Duration.ofSeconds(1), 0.3);
    Drive drive = new Drive(EngineSettings.DEFAULT.withFaults(faults), seed);
    RetryPolicy policy =
        new RetryPolicy(5, Duration.ZERO, Duration.ofMillis(20), Duration.ofSeconds(2), 3);
    drive.engine.createQueue(Drive.QUEUE, QueueSettings.of(limits, policy), drive.now);
    return drive;
  }

  private static void disturb(Drive drive, Random random) {
    drive.target =
        dispatch ->
            switch (random.nextInt(12)) {
              case 0 -> Answer.status(503);
              case 1 -> Answer.status(429);
              case 2 -> Answer.status(404);
              case 3 -> new Answer.TimedOut();
              default -> Answer.status(200);
            };
    for (int round = 0; round < 25; round++) {
      drive.handling = Duration.ofMillis(random.nextInt(300));
      drive.createMany(random.nextInt(120));
      switch (random.nextInt(6)) {
        case 0 -> drive.engine.pauseQueue(Drive.QUEUE);
        case 1 -> drive.engine.purgeQueue(Drive.QUEUE, drive.now);
        default -> drive.engine.resumeQueue(Drive.QUEUE, drive.now);
      }
      drive.run(Duration.ofMillis(random.nextInt(1500)));
    }
  }

  private static int worstSlidingSecond(List<Drive.Sent> sent) {
    int worst = 0;
    int from = 0;
    for (int to = 0; to < sent.size(); to++) {
      while (nanosBetween(sent.get(from).at(), sent.get(to).at()) >= SECOND) {
        from++;
      }
      worst = Math.max(worst, to - from + 1);
    }
    return worst;
  }

  private static long nanosBetween(Instant from, Instant to) {
    return Duration.between(from, to).toNanos();
  }
}
