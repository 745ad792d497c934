package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.hubspot.engine.Author;
import dev.twofold.simulators.web.Fault;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.tenant.ConnectMode;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What random worlds found when they came to vary more, told as short stories. */
final class FoundBySimulationTest {

  private final World world = World.live();
  private final People people = new People(world);

  private String onlyCustomer() {
    assertThat(world.stripe().state().customers()).hasSize(1);
    return world.stripe().state().customers().getFirst().path("id").asString();
  }

  /** No contact can be updated for that long. */
  private void lockContactsFor(Duration length) {
    world
        .hubspot()
        .faults()
        .add(Fault.lock().on("POST", "/batch/update").until(world.hubspot().now().plus(length)));
  }

  @Test
  void findsTheCustomerOfALostCreateThoughItsAddressHasChanged() {
    world
        .stripe()
        .faults()
        .add(Fault.error(500).afterTheEffect().on("POST", "/v1/customers").times(1));
    world.with(
        Trouble.once(
            "stripe.create",
            Trouble.Moment.AFTER,
            passage -> people.editCustomer(onlyCustomer(), "email", "new@example.com")));

    people.contact("email", "ada@example.com", "firstname", "Ada");

    Checks.settled(world);
    assertThat(onlyCustomer()).isNotEmpty();
  }

  @Test
  void doesNotTakeAContactForWhichACustomerIsBeingMade() {
    world.hubspot().faults().add(Fault.lostAnswer().on("POST", "/batch/create").times(1));
    people.customer("email", "ada@example.com", "name", "Ada Lovelace");
    world.runFor(Duration.ofSeconds(4));
    long made = world.hubspot().state().contactByEmail("ada@example.com").orElseThrow().id();
    world
        .stripe()
        .faults()
        .add(
            Fault.lock()
                .on("POST", "/v1/customers")
                .until(world.stripe().now().plus(Duration.ofMinutes(2))));
    long bob = people.contact("email", "bob@example.com", "firstname", "Bob");
    world.runFor(Duration.ofSeconds(2));

    world.hubspot().person().merge(bob, made, Author.person());

    Checks.settled(world);
    assertThat(world.stripe().state().customers()).hasSize(2);
  }

  @Test
  void saysWhyAContactIsAloneWhoseMarkNamesTheCustomerOfAnother() {
    long first = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runUntilQuiet();
    world.hubspot().person().delete(first, Author.person());
    world.runUntilQuiet();
    lockContactsFor(Duration.ofMinutes(1));
    long second = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runFor(Duration.ofSeconds(10));
    people.editContact(second, "email", "eve@example.com");
    world.runFor(Duration.ofSeconds(10));

    world.hubspot().person().restore(first, Author.person());

    Checks.settled(world);
    assertThat(Everything.linkOf(world, RecordId.contact(Long.toString(first))).unlinked())
        .isNotNull();
  }

  @Test
  void readsACustomerBeforePairingItByAddressSinceItMayBeMadeForAnother() {
    World matching = new World();
    People there = new People(matching);
    there.oldContact("email", "fay@example.com", "firstname", "Fay");
    matching.runFor(Duration.ofSeconds(5));
    matching.connect(ConnectMode.MATCH_ONLY);
    matching.runUntilQuiet();
    matching.stripe().faults().add(Fault.lostAnswer().on("POST", "/v1/customers").times(1));
    there.contact("email", "ada@example.com", "firstname", "Ada");
    matching.runFor(Duration.ofSeconds(4));
    String made = matching.stripe().state().customers().getFirst().path("id").asString();

    there.editCustomer(made, "phone", "+44 20 1");
    there.editCustomer(made, "email", "fay@example.com");

    Checks.settled(matching);
    assertThat(matching.stripe().state().customers()).hasSize(1);
  }

  @Test
  void keepsAChangeThatHasWonThoughALateRepeatOfOursFallsUponIt() {
    long contact = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runUntilQuiet();
    String customer = onlyCustomer();
    world
        .stripe()
        .faults()
        .add(Fault.outage().until(world.stripe().now().plus(Duration.ofMinutes(5))));
    people.editContact(contact, "phone", "+44 20 2");
    world.runFor(Duration.ofSeconds(2));

    people.editCustomer(customer, "phone", "+44 20 3");

    Checks.settled(world);
    assertThat(world.hubspot().state().contact(contact).orElseThrow().value("phone"))
        .isEqualTo("+44 20 3");
  }

  @Test
  void takesARestorationForLaterThanWhatACallHasFoundWhateverTheClocks() {
    World skewed = differing(Duration.ofMinutes(-2), false);
    People there = new People(skewed);
    long contact = there.contact("email", "ada@example.com", "firstname", "Ada");
    skewed.runUntilQuiet();
    String customer = skewed.stripe().state().customers().getFirst().path("id").asString();
    Chance slow =
        new Chance() {
          @Override
          public Duration pushDelay() {
            return Duration.ofSeconds(30);
          }
        };
    skewed.with(
        Trouble.once(
            "hubspot.update",
            Trouble.Moment.BEFORE,
            passage -> {
              skewed.with(slow);
              skewed.hubspot().person().delete(contact, Author.person());
            }));
    there.editCustomer(customer, "phone", "+44 20 1");
    skewed.runFor(Duration.ofSeconds(5));

    skewed.hubspot().person().restore(contact, Author.person());

    Checks.settled(skewed);
  }

  /** Nobody has told of the customer but the person who changed all that is mapped of it. */
  @Test
  void makesNoContactOfACustomerThatIsBeingMadeForOne() {
    world.stripe().faults().add(Fault.lostAnswer().on("POST", "/v1/customers").times(1));
    people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runFor(Duration.ofSeconds(4));

    people.editCustomer(
        onlyCustomer(), "email", "new@example.com", "name", "New Name", "phone", "+44 20 1");
    world.runFor(Duration.ofSeconds(5));

    Checks.settled(world);
    assertThat(world.hubspot().state().liveContacts()).hasSize(1);
    assertThat(onlyCustomer()).isNotEmpty();
  }

  /** Somebody takes our mark off a customer whose making is not recorded yet. */
  @Test
  void knowsTheContactThatIsMadeOfACustomerWhoseOwnCreateIsRecordedMeanwhile() {
    world.stripe().faults().add(Fault.lostAnswer().on("POST", "/v1/customers").times(1));
    people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runFor(Duration.ofSeconds(4));
    world.with(
        Trouble.once(
            "hubspot.create",
            Trouble.Moment.AFTER,
            passage -> world.time().sleep(Duration.ofSeconds(30))));

    people.editCustomer(
        onlyCustomer(),
        "email",
        "new@example.com",
        "name",
        "New Name",
        "metadata[hubspot_contact_id]",
        "");
    world.runFor(Duration.ofSeconds(5));

    Checks.settled(world);
    assertThat(world.hubspot().state().liveContacts()).hasSize(2);
    assertThat(onlyCustomer()).isNotEmpty();
  }

  /** The deletion comes first, then somebody of the same address, then that it was for good. */
  @Test
  void forgetsNobodyWhoHasTakenThePlaceOfThePersonToForget() {
    World single = differing(Duration.ZERO, false);
    People there = new People(single);
    long first = there.contact("email", "ada@example.com", "firstname", "Ada");
    single.runUntilQuiet();
    Chance second =
        new Chance() {
          private int pushes;

          @Override
          public Duration pushDelay() {
            return ++pushes == 2 ? Duration.ofMinutes(2) : Duration.ofMillis(20);
          }
        };
    single.with(second);
    single.hubspot().person().gdprDelete(first, Author.person());
    single.runFor(Duration.ofSeconds(5));
    long next = there.contact("email", "ada@example.com", "firstname", "Eve");
    single.runUntilQuiet();

    there.editContact(next, "phone", "+44 20 2");

    Checks.settled(single);
    Link link = Everything.linkOf(single, RecordId.contact(Long.toString(next)));
    RecordId customer = Objects.requireNonNull(link.record(Side.STRIPE), "it has a customer");
    assertThat(
            single.stripe().state().customer(customer.id()).orElseThrow().path("phone").asString())
        .isEqualTo("+44 20 2");
  }

  /** A stranger is in its place, and the erased history tells of neither. */
  @Test
  void makesACustomerOfARestoredContactWhoseOldOneIsAnotherPersonsToForget() {
    lockContactsFor(Duration.ofSeconds(30));
    long first = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runFor(Duration.ofSeconds(5));
    String old = onlyCustomer();
    world
        .stripe()
        .faults()
        .add(Fault.outage().until(world.stripe().now().plus(Duration.ofMinutes(5))));
    people.editContact(first, "email", "gus@example.com");
    world.hubspot().person().delete(first, Author.person());
    world.runFor(Duration.ofMinutes(1));
    long second = people.contact("email", "ada@example.com", "firstname", "Eve");
    world.runFor(Duration.ofSeconds(5));
    world.hubspot().person().gdprDelete(second, Author.person());
    world.runFor(Duration.ofSeconds(5));

    world.hubspot().person().restore(first, Author.person());

    Checks.settled(world);
    Link link = Everything.linkOf(world, RecordId.contact(Long.toString(first)));
    assertThat(link.record(Side.STRIPE)).isNotNull().isNotEqualTo(RecordId.customer(old));
  }

  /** It also waits for an address for a while, which is another reason to be alone. */
  @Test
  void stillSaysThatAMarkNamesACustomerWhoIsGoneOnceTheAddressIsFree() {
    people.contact("email", "eve@example.com", "firstname", "Eve");
    world.runUntilQuiet();
    String eve = onlyCustomer();
    long ada = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runUntilQuiet();
    String gone =
        world.stripe().state().customers().stream()
            .map(each -> each.path("id").asString(""))
            .filter(id -> !id.equals(eve))
            .findFirst()
            .orElseThrow();
    world.stripe().person().delete(gone);
    world.runUntilQuiet();
    world
        .hubspot()
        .faults()
        .add(
            Fault.lock()
                .on("POST", "/batch/update")
                .until(world.hubspot().now().plus(Duration.ofMinutes(2))));
    people.editCustomer(eve, "email", "bob@example.com");
    world.runFor(Duration.ofSeconds(5));
    long bob = people.contact("email", "bob@example.com", "firstname", "Bob");
    world.hubspot().person().merge(bob, ada, Author.person());
    world.runFor(Duration.ofSeconds(30));

    people.editCustomer(eve, "email", "eve@example.com");

    Checks.settled(world);
    assertThat(Everything.linkOf(world, RecordId.contact(Long.toString(bob))).unlinked())
        .isEqualTo("the stripe record its mark names was deleted");
  }

  private static World differing(Duration hubspotSkew, boolean grouped) {
    World.Settings plain = World.Settings.PLAIN;
    return new World(
            new World.Settings(
                1,
                false,
                hubspotSkew,
                Duration.ZERO,
                grouped,
                false,
                plain.mappings(),
                plain.limits()))
        .goLive();
  }
}
