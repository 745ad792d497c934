package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.hubspot.engine.Author;
import dev.twofold.simulators.hubspot.engine.HubSpotState.ContactView;
import dev.twofold.simulators.web.Fault;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two contacts that are merged become a third: it takes the first one's place. */
final class NewIdMergeScenarioTest {

  private final World world = mergingIntoNew();
  private final People people = new People(world);
  private long ada;
  private long bob;
  private RecordId adasCustomer = RecordId.customer("cus_none");
  private RecordId bobsCustomer = RecordId.customer("cus_none");

  private static World mergingIntoNew() {
    World.Settings plain = World.Settings.PLAIN;
    return new World(
            new World.Settings(
                plain.seed(),
                plain.shuffled(),
                plain.hubspotSkew(),
                plain.stripeSkew(),
                plain.grouped(),
                true,
                plain.mappings(),
                plain.limits()))
        .goLive();
  }

  @BeforeEach
  void startWithTwoPairs() {
    ada = people.contact("email", "ada@example.com", "firstname", "Ada");
    bob = people.contact("email", "bob@example.com", "firstname", "Bob", "phone", "+44 20 1");
    world.runUntilQuiet();
    adasCustomer = customerOf(ada);
    bobsCustomer = customerOf(bob);
  }

  private RecordId customerOf(long contact) {
    Link link = Everything.linkOf(world, RecordId.contact(Long.toString(contact)));
    return Objects.requireNonNull(link.record(Side.STRIPE), "it has a customer");
  }

  private void merge() {
    world.hubspot().person().merge(ada, bob, Author.person());
  }

  private void assertOneTookThePlaceOfBoth() {
    assertThat(world.hubspot().state().liveContacts()).hasSize(1);
    ContactView survivor = world.hubspot().state().liveContacts().getFirst();
    assertThat(survivor.id()).isNotIn(ada, bob);
    assertThat(customerOf(survivor.id())).isEqualTo(adasCustomer);
    assertThat(world.stripe().state().customers()).hasSize(2);
    Link left = Everything.linkOf(world, bobsCustomer);
    assertThat(left.record(Side.HUBSPOT)).isNull();
    assertThat(left.hubspot().stopped()).isEqualTo("merged into contact " + survivor.id());
  }

  @Test
  void keepsTheLinkOfThePrimaryAndShowsTheOtherCustomer() {
    merge();

    Checks.settled(world);

    assertOneTookThePlaceOfBoth();
    assertThat(
            world
                .stripe()
                .state()
                .customer(adasCustomer.id())
                .orElseThrow()
                .path("phone")
                .asString())
        .isEqualTo("+44 20 1");
  }

  /** The old id is found to lead elsewhere by a call, long before the notice of the merge. */
  @Test
  void keepsItWhereACallIsFasterThanTheNotice() {
    world.with(
        new Chance() {
          @Override
          public Duration pushDelay() {
            return Duration.ofMinutes(3);
          }
        });
    merge();
    world.runFor(Duration.ofSeconds(1));
    world.with(Chance.NONE);
    people.editCustomer(adasCustomer.id(), "name", "Ada Lovelace");
    world.runFor(Duration.ofSeconds(30));

    Checks.settled(world);

    assertOneTookThePlaceOfBoth();
  }

  /** The primary has a write open, so that it leaves its link only later than the other. */
  @Test
  void keepsItThoughTheOtherLeavesFirst() {
    world
        .stripe()
        .faults()
        .add(Fault.outage().until(world.stripe().now().plus(Duration.ofMinutes(3))));
    people.editContact(ada, "phone", "+44 20 2");
    world.runFor(Duration.ofSeconds(5));

    merge();

    Checks.settled(world);
    assertOneTookThePlaceOfBoth();
  }
}
