package dev.twofold.cloudtasks.engine;

import static dev.twofold.cloudtasks.engine.Drive.QUEUE;
import static dev.twofold.cloudtasks.engine.Drive.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowdownTest {

  private static final RateLimits HUNDRED = new RateLimits(100, 0, 1);
  private static final RetryPolicy SOON =
      new RetryPolicy(-1, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1), 1);

  private static Drive drive(EngineSettings settings) {
    Drive drive = new Drive(settings, 1);
    drive.engine.createQueue(QUEUE, QueueSettings.of(HUNDRED, SOON), START);
    drive.createMany(5000);
    return drive;
  }

  @Test
  void slowsTheWholeQueueWhenTheTargetIsOverloadedAndRecovers() {
    Drive drive = drive(EngineSettings.DEFAULT);
    drive.target = dispatch -> Answer.status(503);
    drive.run(Duration.ofSeconds(20));
    int slow = drive.sent.size();
    double rateInTrouble = drive.engine.stats(QUEUE, drive.now).effectiveRate();

    drive.target = dispatch -> Answer.status(200);
    drive.run(Duration.ofSeconds(20));

    assertThat(slow).isLessThan(700);
    assertThat(rateInTrouble).isLessThan(30);
    assertThat(drive.engine.stats(QUEUE, drive.now).effectiveRate()).isEqualTo(100);
    assertThat(drive.sent.size() - slow).isBetween(1200, 2000);
  }

  @Test
  void leavesTheQueuesRateAloneForOtherRefusals() {
    Drive drive = drive(EngineSettings.DEFAULT);
    drive.target = dispatch -> Answer.status(409);

    drive.run(Duration.ofSeconds(10));

    assertThat(drive.sent.size()).isBetween(990, 1001);
  }

  @Test
  void slowsDownWhenMostCallsFail() {
    Drive drive = drive(EngineSettings.DEFAULT);
    drive.target = dispatch -> Answer.status(500);

    drive.run(Duration.ofSeconds(10));

    assertThat(drive.sent.size()).isLessThan(600);
  }

  @Test
  void holdsTheQueueForAsLongAsTheTargetAsks() {
    Drive drive = drive(EngineSettings.DEFAULT);
    drive.target =
        dispatch ->
            drive.sent.size() == 1
                ? new Answer.Status(429, Duration.ofSeconds(30))
                : Answer.status(200);

    drive.run(Duration.ofMinutes(1));

    assertThat(drive.sent.get(1).at()).isEqualTo(START.plusSeconds(30));
  }

  @Test
  void keepsTheRateWhereTheSwitchIsOff() {
    Drive drive = drive(EngineSettings.DEFAULT.withThrottling(false));
    drive.target = dispatch -> new Answer.Status(503, Duration.ofSeconds(30));

    drive.run(Duration.ofSeconds(10));

    assertThat(drive.sent.size()).isBetween(990, 1001);
  }

  @Test
  void startsSlowlyWhereThatIsSwitchedOn() {
    Drive drive = drive(EngineSettings.DEFAULT.withRampUp(Duration.ofSeconds(30)));

    drive.run(Duration.ofSeconds(1));
    int first = drive.sent.size();
    drive.run(Duration.ofSeconds(40));

    assertThat(first).isBetween(10, 15);
    assertThat(drive.engine.stats(QUEUE, drive.now).effectiveRate()).isEqualTo(100);
  }
}
