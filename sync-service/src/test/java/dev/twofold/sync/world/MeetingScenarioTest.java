package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.hubspot.engine.Author;
import dev.twofold.simulators.hubspot.engine.HubSpotState.ContactView;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.tenant.ConnectMode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Who meets whom: addresses that several have, and records that come, go and come back. */
final class MeetingScenarioTest {

  private final World world = World.live();
  private final People people = new People(world);
  private final Operators operators = new Operators(world);

  private static RecordId contact(long id) {
    return RecordId.contact(Long.toString(id));
  }

  private Link linkOf(long contact) {
    return Everything.linkOf(world, contact(contact));
  }

  private Link linkOf(String customer) {
    return Everything.linkOf(world, RecordId.customer(customer));
  }

  private String email(long contact) {
    return world.hubspot().state().contact(contact).orElseThrow().value("email");
  }

  private String email(String customer) {
    return world.stripe().state().customer(customer).orElseThrow().path("email").asString("");
  }

  private String customerOf(long contact) {
    RecordId customer = linkOf(contact).record(Side.STRIPE);
    assertThat(customer).as("customer of contact %d", contact).isNotNull();
    return customer == null ? "" : customer.id();
  }

  private void assertWaits(Link link) {
    assertThat(link.unlinked()).isEqualTo("unlinked: same e-mail");
    Side missing = link.record(Side.HUBSPOT) == null ? Side.HUBSPOT : Side.STRIPE;
    assertThat(operators.plan(link).withheld().get(missing))
        .isEqualTo("another link holds its e-mail address");
  }

  @Test
  void pairsAContactAndACustomerThatBothExist() {
    World fresh = new World();
    People there = new People(fresh);
    long ada = there.oldContact("email", "Ada@Example.com", "firstname", "Ada", "phone", "");
    String customer =
        there.oldCustomer("email", "ada@example.com", "name", "Augusta Ada", "phone", "+44 20 1");
    fresh.connect(ConnectMode.MATCH_ONLY);
    Checks.settled(fresh);

    Link link = Everything.linkOf(fresh, contact(ada));
    assertThat(link.record(Side.STRIPE)).isEqualTo(RecordId.customer(customer));
    ContactView contact = fresh.hubspot().state().contact(ada).orElseThrow();
    ObjectNode stripe = fresh.stripe().state().customer(customer).orElseThrow();
    assertThat(contact.value("phone")).as("blank overwrites nothing").isEqualTo("+44 20 1");
    assertThat(stripe.path("name").asString()).as("HubSpot wins").isEqualTo("Ada");
  }

  @Test
  void keepsTheOldestOfSeveralCustomersWithOneAddressAndShowsTheOthers() {
    String oldest = people.customer("email", "ada@example.com", "name", "Ada One");
    world.runFor(Duration.ofMinutes(2));
    String second = people.customer("email", "ADA@example.com", "name", "Ada Two");
    world.runFor(Duration.ofMinutes(2));
    String third = people.customer("email", "ada@example.com", "name", "Ada Three");
    Checks.settled(world);

    assertThat(world.hubspot().state().liveContacts()).hasSize(1);
    assertThat(linkOf(oldest).isPair()).isTrue();
    assertWaits(linkOf(second));
    assertWaits(linkOf(third));
  }

  @Test
  void keepsTheOldestThoughItIsHeardOfLast() {
    World fresh = new World();
    People there = new People(fresh);
    String oldest = there.oldCustomer("email", "ada@example.com", "name", "Ada One");
    fresh.runFor(Duration.ofMinutes(2));
    String second = there.oldCustomer("email", "ada@example.com", "name", "Ada Two");
    long ada = there.oldContact("email", "ada@example.com", "firstname", "Ada");
    fresh.connect(ConnectMode.MATCH_ONLY);
    Checks.settled(fresh);

    assertThat(Everything.linkOf(fresh, contact(ada)).record(Side.STRIPE))
        .isEqualTo(RecordId.customer(oldest));
    assertThat(Everything.linkOf(fresh, RecordId.customer(second)).unlinked())
        .isEqualTo("unlinked: same e-mail");
  }

  /** A contact and a customer without an address each have their own partner to come, and meet. */
  @Test
  void joinsTwoLinksThatTurnOutToBeOnePair() {
    world.pause();
    long ada = people.contact("firstname", "Ada");
    String customer = people.customer("email", "ada@example.com", "name", "Ada");
    world.runFor(Duration.ofSeconds(20));
    people.editContact(ada, "email", "ada@example.com");
    world.runFor(Duration.ofSeconds(20));
    world.resume();
    Checks.settled(world);

    assertThat(linkOf(ada).id()).isEqualTo(linkOf(customer).id());
    assertThat(world.stripe().state().customers()).hasSize(1);
    assertThat(world.hubspot().state().liveContacts()).hasSize(1);
  }

  @Test
  void keepsAPairWhoseContactTakesAnAddressThatAnotherLinkHas() {
    long ada = people.contact("email", "ada@example.com", "firstname", "Ada");
    String bob = people.customer("email", "bob@example.com", "name", "Bob");
    world.runUntilQuiet();
    String customer = customerOf(ada);

    people.editCustomer(customer, "email", "bob@example.com");
    Checks.settled(world);

    assertThat(customerOf(ada)).isEqualTo(customer);
    assertThat(linkOf(bob).isPair()).isTrue();
    assertThat(email(ada)).as("HubSpot has the address once").isEqualTo("ada@example.com");
    assertThat(linkOf(ada).hubspot().parked()).isNotNull();
  }

  @Test
  void followsAddressesThatAreSwappedInHubSpot() {
    long ada = people.contact("email", "ada@example.com", "firstname", "Ada");
    long bob = people.contact("email", "bob@example.com", "firstname", "Bob");
    world.runUntilQuiet();
    String adas = customerOf(ada);
    String bobs = customerOf(bob);

    people.editContact(ada, "email", "between@example.com");
    people.editContact(bob, "email", "ada@example.com");
    people.editContact(ada, "email", "bob@example.com");
    Checks.settled(world);

    assertThat(customerOf(ada)).isEqualTo(adas);
    assertThat(customerOf(bob)).isEqualTo(bobs);
    assertThat(email(adas)).isEqualTo("bob@example.com");
    assertThat(email(bobs)).isEqualTo("ada@example.com");
  }

  @Test
  void wakesWhoWaitsForAnAddressThatIsFreed() {
    long ada = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runUntilQuiet();
    String waiting = people.customer("email", "ada@example.com", "name", "Other Ada");
    world.runUntilQuiet();
    assertWaits(linkOf(waiting));

    people.editContact(ada, "email", "countess@example.com");
    Checks.settled(world);

    assertThat(linkOf(waiting).isPair()).isTrue();
    assertThat(linkOf(waiting).unlinked()).isNull();
    assertThat(world.hubspot().state().liveContacts()).hasSize(2);
  }

  @Test
  void leavesACustomerWithoutAddressAndNameAlone() {
    String nobody = people.customer("phone", "+44 20 1");
    Checks.settled(world);

    assertThat(world.hubspot().state().liveContacts()).isEmpty();
    assertThat(operators.plan(linkOf(nobody)).withheld().get(Side.HUBSPOT))
        .isEqualTo("it holds nothing yet that could be written there");
  }

  @Test
  void makesRecordsWithoutAnAddressOfTheirNames() {
    long ada = people.contact("firstname", "Ada", "lastname", "Byron");
    String bob = people.customer("name", "Bob Byron");
    Checks.settled(world);

    assertThat(linkOf(ada).isPair()).isTrue();
    assertThat(linkOf(bob).isPair()).isTrue();
  }

  @Test
  void showsTheSecondCustomerOfMergedContacts() {
    long first = people.contact("email", "ada@example.com", "firstname", "Ada");
    long second = people.contact("email", "countess@example.com", "lastname", "Byron");
    world.runUntilQuiet();
    String kept = customerOf(first);
    String other = customerOf(second);

    world.hubspot().person().merge(first, second, Author.person());
    Checks.settled(world);

    assertThat(customerOf(first)).isEqualTo(kept);
    Link alone = linkOf(other);
    assertThat(alone.record(Side.HUBSPOT)).isNull();
    assertThat(alone.unlinked()).isEqualTo("merged into contact " + first);
    assertThat(operators.plan(alone).withheld().get(Side.HUBSPOT)).contains("merged into contact");
    assertThat(world.stripe().state().customers()).hasSize(2);
  }

  @Test
  void movesTheCustomerToTheSurvivorThatHasNone() {
    String customer = people.customer("email", "ada@example.com", "name", "Ada");
    world.runUntilQuiet();
    long loser = world.hubspot().state().liveContacts().getFirst().id();
    world.pause();
    long survivor = people.contact("email", "countess@example.com", "firstname", "Countess");
    world.hubspot().person().merge(survivor, loser, Author.person());
    world.runFor(Duration.ofMinutes(1));
    world.resume();
    Checks.settled(world);

    assertThat(linkOf(customer).record(Side.HUBSPOT)).isEqualTo(contact(survivor));
    assertThat(world.stripe().state().customers()).hasSize(1);
  }

  @Test
  void goesOnWithARestoredContact() {
    long ada = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runUntilQuiet();
    String customer = customerOf(ada);
    world.hubspot().person().delete(ada, Author.person());
    world.runUntilQuiet();
    assertThat(linkOf(customer).unlinked()).isEqualTo("deleted on hubspot");
    assertThat(operators.plan(linkOf(customer)).withheld().get(Side.HUBSPOT))
        .isEqualTo("nothing is made in place of what has left: deleted on hubspot");

    world.hubspot().person().restore(ada, Author.person());
    world.runUntilQuiet();
    people.editCustomer(customer, "name", "Ada Lovelace");
    Checks.settled(world);

    assertThat(customerOf(ada)).isEqualTo(customer);
    assertThat(world.hubspot().state().contact(ada).orElseThrow().value("lastname"))
        .isEqualTo("Lovelace");
  }

  @Test
  void comesToRestWhenBothSidesAreDeleted() {
    long ada = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runUntilQuiet();
    String customer = customerOf(ada);

    world.hubspot().person().delete(ada, Author.person());
    world.stripe().person().delete(customer);
    Checks.settled(world);

    assertThat(world.hubspot().state().liveContacts()).isEmpty();
    assertThat(world.stripe().state().customers()).isEmpty();
    assertThat(Everything.links(world)).allMatch(link -> link.emails().isEmpty());
  }

  @Test
  void makesADeletedPersonAnewWhenSomebodyEntersThemAgain() {
    long first = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runUntilQuiet();
    String customer = customerOf(first);
    world.hubspot().person().delete(first, Author.person());
    world.stripe().person().delete(customer);
    world.runUntilQuiet();

    long again = people.contact("email", "ada@example.com", "firstname", "Ada");
    Checks.settled(world);

    assertThat(linkOf(again).isPair()).isTrue();
    assertThat(customerOf(again)).isNotEqualTo(customer);
    assertThat(world.stripe().state().customers()).hasSize(1);
  }

  @Test
  void meetsTheCustomerThatStayedWhenItsContactIsEnteredAgain() {
    long first = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runUntilQuiet();
    String customer = customerOf(first);
    world.hubspot().person().delete(first, Author.person());
    world.runUntilQuiet();

    long again = people.contact("email", "ada@example.com", "firstname", "Augusta");
    Checks.settled(world);

    assertThat(world.stripe().state().customers()).hasSize(1);
    assertThat(customerOf(again)).isEqualTo(customer);
  }

  /** The person asks to be forgotten while a write of her number is on its way to Stripe. */
  @Test
  void forgetsAPersonThoughAWriteIsUnderWay() {
    long ada = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runUntilQuiet();
    String customer = customerOf(ada);
    world.with(
        Trouble.once(
            "stripe.update",
            Trouble.Moment.BEFORE,
            passage -> {
              world.hubspot().person().gdprDelete(ada, Author.person());
              world.time().sleep(Duration.ofSeconds(3));
            }));
    people.editContact(ada, "phone", "+44 20 7777");
    world.runUntilQuiet();

    assertThat(everythingStored())
        .doesNotContain("ada@example.com")
        .doesNotContain("+44 20 7777")
        .doesNotContain("Ada");
    assertThat(linksWithOpenRequests()).isEmpty();
    people.editCustomer(customer, "name", "Ada Again");
    world.runUntilQuiet();
    assertThat(everythingStored()).doesNotContain("Again");
    assertThat(world.hubspot().state().liveContacts()).isEmpty();
  }

  private String everythingStored() {
    StringBuilder all = new StringBuilder();
    world
        .links()
        .documents(World.TENANT)
        .values()
        .forEach(document -> {
          all.append(document);
          if (document instanceof Link link) {
            // A link's own text shows no values; its registers and history hold them.
            link.hubspot().properties().values().forEach(register -> all.append(register.value()));
            link.stripe().properties().values().forEach(register -> all.append(register.value()));
            world
                .links()
                .history(World.TENANT, link.id(), 100)
                .forEach(entry -> all.append(entry.details()));
          }
        });
    return all.toString();
  }

  private List<Link> linksWithOpenRequests() {
    return Everything.links(world).stream()
        .filter(link -> link.hubspot().open() != null || link.stripe().open() != null)
        .toList();
  }
}
