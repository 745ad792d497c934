package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.web.Fault;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.tenant.ConnectMode;
import dev.twofold.sync.tenant.TenantState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connecting accounts that are not empty, and stopping and going on. */
final class WorldConnectTest {

  private final World world = new World();
  private final People people = new People(world);

  private TenantState state() {
    return world.tenants().load(World.TENANT).orElseThrow().state();
  }

  @Test
  void linksWhatMatchesAndLeavesTheRestAlone() {
    long ada = people.oldContact("email", "ada@example.com", "firstname", "Ada");
    people.oldContact("email", "only.hubspot@example.com", "firstname", "Only");
    String customer = people.oldCustomer("email", "Ada@example.com", "phone", "+44 1");
    people.oldCustomer("email", "only.stripe@example.com");
    world.runFor(Duration.ofSeconds(5));

    world.connect(ConnectMode.MATCH_ONLY);
    Checks.settled(world);

    assertThat(state()).isEqualTo(TenantState.LIVE);
    assertThat(world.hubspot().state().contact(ada).orElseThrow().value("phone"))
        .isEqualTo("+44 1");
    assertThat(Everything.linkOf(world, RecordId.customer(customer)).record(Side.HUBSPOT))
        .isEqualTo(RecordId.contact(Long.toString(ada)));
    assertThat(world.hubspot().state().liveContacts()).hasSize(2);
    assertThat(world.stripe().state().customers()).hasSize(2);
  }

  @Test
  void createsWhatIsBornAfterMatchOnly() {
    people.oldContact("email", "old@example.com");
    world.runFor(Duration.ofSeconds(5));
    world.connect(ConnectMode.MATCH_ONLY);
    world.runUntilQuiet();

    people.contact("email", "new@example.com");
    Checks.settled(world);

    assertThat(world.stripe().state().customers()).hasSize(1);
  }

  @Test
  void createsWhatIsMissingOnEitherSide() {
    for (int person = 0; person < 130; person++) {
      people.oldContact("email", "h" + person + "@example.com", "firstname", "H" + person);
      people.oldCustomer("email", "s" + person + "@example.com", "name", "S" + person);
      people.oldContact("email", "b" + person + "@example.com", "firstname", "B" + person);
      people.oldCustomer("email", "b" + person + "@example.com", "phone", "+1 " + person);
    }
    world.runFor(Duration.ofSeconds(5));

    world.connect(ConnectMode.CREATE_MISSING);
    Checks.settled(world);

    assertThat(state()).isEqualTo(TenantState.LIVE);
    assertThat(world.hubspot().state().liveContacts()).hasSize(390);
    assertThat(world.stripe().state().customers()).hasSize(390);
  }

  @Test
  void linksTheOldestOfSeveralCustomersWithOneAddress() {
    String oldest = people.oldCustomer("email", "ada@example.com", "name", "Ada");
    world.runFor(Duration.ofSeconds(2));
    String second = people.oldCustomer("email", "ada@example.com", "name", "Ada L");
    world.runFor(Duration.ofSeconds(2));
    String third = people.oldCustomer("email", "ada@example.com", "name", "Ada Lovelace");
    long contact = people.oldContact("email", "ada@example.com", "firstname", "Ada");
    world.runFor(Duration.ofSeconds(5));

    world.connect(ConnectMode.CREATE_MISSING);
    Checks.settled(world);

    Link link = Everything.linkOf(world, RecordId.contact(Long.toString(contact)));
    assertThat(link.record(Side.STRIPE)).isEqualTo(RecordId.customer(oldest));
    for (String other : List.of(second, third)) {
      assertThat(Everything.linkOf(world, RecordId.customer(other)).unlinked())
          .isEqualTo("unlinked: same e-mail");
    }
    assertThat(world.hubspot().state().liveContacts()).hasSize(1);
  }

  /** A process is killed in the middle of the listing; its successor goes on where it was. */
  @Test
  void goesOnListingAfterAKill() {
    for (int person = 0; person < 250; person++) {
      people.oldContact("email", "p" + person + "@example.com", "firstname", "P" + person);
      people.oldCustomer("email", "p" + person + "@example.com", "name", "P" + person);
    }
    world.runFor(Duration.ofSeconds(5));
    for (int commit : List.of(1, 2, 4)) {
      world.with(
          Trouble.nth(
              commit,
              "links.commit",
              Trouble.Moment.AFTER,
              passage -> world.processes().restart(passage.program())));
    }
    world.with(
        Trouble.nth(
            2,
            "tenants.update",
            Trouble.Moment.AFTER,
            passage -> world.processes().restart(passage.program())));

    world.connect(ConnectMode.CREATE_MISSING);
    Checks.settled(world);

    assertThat(state()).isEqualTo(TenantState.LIVE);
    assertThat(Everything.links(world)).hasSize(250).allMatch(Link::isPair);
  }

  /** The process dies between storing that it lists and creating the first task. */
  @Test
  void beginsListingAlthoughTheConnectingProcessDied() {
    people.oldContact("email", "ada@example.com", "firstname", "Ada");
    world.runFor(Duration.ofSeconds(5));
    world.with(
        Trouble.once(
            "tasks.create",
            Trouble.Moment.BEFORE,
            passage -> world.processes().restart(passage.program())));

    world
        .time()
        .start(
            "operator",
            () -> world.program().connecting().connect(World.TENANT, ConnectMode.CREATE_MISSING));
    Checks.settled(world);

    assertThat(state()).isEqualTo(TenantState.LIVE);
    assertThat(world.stripe().state().customers()).hasSize(1);
  }

  @Test
  void takesInChangesWhilePausedAndWritesThemAfterwards() {
    world.goLive();
    long contact = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runUntilQuiet();

    world.pause();
    world.runFor(Duration.ofSeconds(3));
    long calls = world.stripe().calls().total();
    people.editContact(contact, "lastname", "Lovelace");
    people.contact("email", "grace@example.com", "firstname", "Grace");
    world.runFor(Duration.ofMinutes(5));
    assertThat(world.stripe().calls().total()).isEqualTo(calls);

    world.resume();
    Checks.settled(world);

    assertThat(world.stripe().state().customersByEmail("ada@example.com").getFirst().path("name"))
        .hasToString("\"Ada Lovelace\"");
    assertThat(world.stripe().state().customers()).hasSize(2);
  }

  /** A key expires while work waits: everything stops, nothing is lost. */
  @Test
  void stopsWithABrokenCredentialAndGoesOnWithAMendedOne() {
    world.goLive();
    world.connections().breakToken(Side.STRIPE);
    people.contact("email", "ada@example.com", "firstname", "Ada");
    people.contact("email", "grace@example.com", "firstname", "Grace");
    world.runFor(Duration.ofMinutes(5));
    assertThat(state()).isEqualTo(TenantState.BROKEN);
    assertThat(world.stripe().calls().total()).isLessThan(4);

    world.connections().mend();
    world.resume();
    Checks.settled(world);

    assertThat(world.stripe().state().customers()).hasSize(2);
  }

  /** Stripe is down for ten minutes; afterwards everything arrives. */
  @Test
  void outlivesAnOutage() {
    world.goLive();
    world
        .stripe()
        .faults()
        .add(Fault.outage().until(world.stripe().now().plus(Duration.ofMinutes(10))));
    people.contact("email", "ada@example.com", "firstname", "Ada");
    people.contact("email", "grace@example.com", "firstname", "Grace");

    Checks.settled(world);

    assertThat(world.stripe().state().customers()).hasSize(2);
  }
}
