package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.web.CallLog;
import dev.twofold.sync.link.Backlog;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.tenant.ConnectMode;
import dev.twofold.sync.tenant.WritesRegister;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many at a time. */
final class BurstScenarioTest {

  private static final int MISSING = 12_000;

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

  /**
   * At HubSpot's full limit a full outbox is empty after 1.3 seconds, and half of it is under way:
   * filled up by sweeps alone, it kept the limit from being used.
   */
  @Test
  void usesHubSpotsLimitForABackfillAndKeepsTheOutboxSmall() {
    World empty = new World();
    People strangers = new People(empty);
    for (int person = 0; person < MISSING; person++) {
      strangers.oldCustomer("email", "p" + person + "@example.com", "name", "P" + person);
    }
    long[] rowsMost = {0};
    empty.with(passage -> {
      if (passage.port().equals("links.commit")) {
        rowsMost[0] = Math.max(rowsMost[0], empty.links().rows(World.TENANT));
      }
    });
    empty.with(new CloudTimes());

    empty.connect(ConnectMode.CREATE_MISSING);
    Checks.settled(empty);

    List<Instant> creates =
        empty.hubspot().calls().calls().stream()
            .filter(call -> call.endpoint().endsWith("/contacts/batch/create"))
            .map(CallLog.Call::at)
            .toList();
    assertThat(creates).hasSizeBetween(MISSING / 100, MISSING / 100 + 1);
    Instant underWay = creates.getFirst().plusSeconds(1);
    List<Instant> later = creates.stream().filter(underWay::isBefore).toList();
    double seconds = Duration.between(later.getFirst(), later.getLast()).toMillis() / 1_000.0;
    assertThat((later.size() - 1) / seconds / empty.limit(Side.HUBSPOT))
        .isGreaterThanOrEqualTo(0.95);
    assertThat(rowsMost[0]).isLessThanOrEqualTo(2_000);
  }

  /** A drain makes room in HubSpot's outbox; what goes to Stripe waits in Stripe's queue. */
  @Test
  void hurriesNothingToStripeAsHubSpotsOutboxIsDrained() {
    World empty = new World();
    People strangers = new People(empty);
    for (int person = 0; person < 2_500; person++) {
      strangers.oldCustomer("email", "s" + person + "@example.com", "name", "S" + person);
      strangers.oldContact("email", "h" + person + "@example.com", "firstname", "H" + person);
    }
    empty.runFor(Duration.ofSeconds(5));

    empty.connect(ConnectMode.CREATE_MISSING);
    for (int tenth = 0; tenth < 1_200 && contactsIn(empty) < 3_000; tenth++) {
      empty.runFor(Duration.ofMillis(100));
    }

    assertThat(contactsIn(empty)).isGreaterThanOrEqualTo(3_000);
    assertThat(empty.links().backlog(World.TENANT, Backlog.MISSING_STRIPE, 10_000)).hasSize(500);
  }

  private static int contactsIn(World world) {
    return world.hubspot().state().liveContacts().size();
  }

  /** About what Firestore, Cloud Tasks and a batch of a hundred creates take. */
  private static final class CloudTimes implements Chance {
    @Override
    public Duration latency() {
      return Duration.ofMillis(15);
    }

    @Override
    public Duration wayOut() {
      return Duration.ofMillis(20);
    }

    @Override
    public Duration wayBack() {
      return Duration.ofMillis(400);
    }
  }
}
