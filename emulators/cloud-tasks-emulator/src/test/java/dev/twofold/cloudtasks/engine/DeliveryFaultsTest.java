package dev.twofold.cloudtasks.engine;

import static dev.twofold.cloudtasks.engine.Drive.QUEUE;
import static dev.twofold.cloudtasks.engine.Drive.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveryFaultsTest {

  private static Drive drive(DeliveryFaults faults) {
    Drive drive = new Drive(EngineSettings.DEFAULT.withFaults(faults), 7);
    drive.engine.createQueue(QUEUE, QueueSettings.DEFAULT, START);
    IntStream.range(0, 100).forEach(i -> drive.create("t" + i));
    return drive;
  }

  private static List<String> arrivals(Drive drive) {
    return drive.sent.stream().map(sent -> sent.dispatch().task().id()).toList();
  }

  @Test
  void deliversOnceInOrderWithoutFaults() {
    Drive drive = drive(DeliveryFaults.NONE);

    drive.run(Duration.ofMinutes(1));

    assertThat(arrivals(drive))
        .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(i -> "t" + i).toList());
  }

  @Test
  void deliversLateButNotLaterThanAllowed() {
    Drive drive = drive(new DeliveryFaults(1, Duration.ofMinutes(5), 0, Duration.ZERO, 0));

    drive.run(Duration.ofMinutes(2));
    int early = drive.sent.size();
    drive.run(Duration.ofMinutes(3));

    assertThat(early).isBetween(10, 70);
    assertThat(arrivals(drive)).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void deliversATaskAgainAfterItSucceeded() {
    Drive drive = drive(new DeliveryFaults(0, Duration.ZERO, 1, Duration.ofSeconds(10), 0));

    drive.run(Duration.ofMinutes(1));

    assertThat(drive.sent).hasSize(200);
    assertThat(arrivals(drive).stream().distinct()).hasSize(100);
    assertThat(drive.engine.stats(QUEUE, drive.now).concurrent()).isZero();
  }

  @Test
  void ignoresTheAnswerOfARepeat() {
    Drive drive = drive(new DeliveryFaults(0, Duration.ZERO, 1, Duration.ofSeconds(10), 0));
    drive.target = dispatch -> Answer.status(drive.sent.size() > 100 ? 500 : 200);

    drive.run(Duration.ofMinutes(1));

    assertThat(drive.sent).hasSize(200);
  }

  @Test
  void letsYoungerTasksOvertake() {
    Drive drive = drive(new DeliveryFaults(0, Duration.ZERO, 0, Duration.ZERO, 1));

    drive.run(Duration.ofMinutes(1));

    assertThat(arrivals(drive)).hasSize(100).doesNotHaveDuplicates();
    assertThat(arrivals(drive))
        .isNotEqualTo(IntStream.range(0, 100).mapToObj(i -> "t" + i).toList());
  }
}
