package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.tenant.WritesRegister;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Many at a time. */
final class BurstScenarioTest {

  private final World world = World.live();
  private final People people = new People(world);

  /** Five notices of each contact become one call. */
  @Test
  void makesOneCallOfAllTheNoticesOfAContact() {
    for (int person = 0; person < 500; person++) {
      people.imported(
          "email",
          "p" + person + "@example.com",
          "firstname",
          "P" + person,
          "lastname",
          "Person",
          "phone",
          "+1 555 " + person);
    }

    Checks.settled(world);

    assertThat(world.stripe().state().customers()).hasSize(500);
    assertThat(world.stripe().calls().total()).isEqualTo(500);
    assertThat(world.hubspot().calls().total())
        .as("ids written back, a hundred a call")
        .isLessThan(25);
  }

  /** A deploy overlaps: two processes write at the same time, each at its share. */
  @Test
  void keepsEverythingOnceWithASecondWritesProcessDuringABurst() {
    for (int person = 0; person < 400; person++) {
      people.imported("email", "p" + person + "@example.com", "firstname", "P" + person);
      if (person % 4 == 0) {
        people.customer("email", "c" + person + "@example.com", "name", "C" + person);
      }
    }
    world.runFor(Duration.ofSeconds(2));
    Program second = world.startProgram();
    // As Presence has it: the new one keeps still until the old one has heard of it, and takes the
    // share of one that is gone a heartbeat later.
    second.share(1_000);
    world.program().share(2);
    world.runFor(Duration.ofSeconds(1));
    second.share(2);
    world.runFor(Duration.ofSeconds(3));
    world.processes().restart(world.program());
    world.runFor(WritesRegister.HEARTBEAT);
    second.share(1);

    Checks.settled(world);

    assertThat(world.stripe().state().customers()).hasSize(500);
    assertThat(world.hubspot().state().liveContacts()).hasSize(500);
  }
}
