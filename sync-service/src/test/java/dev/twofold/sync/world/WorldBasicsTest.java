package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.hubspot.engine.Author;
import dev.twofold.simulators.hubspot.engine.HubSpotState.ContactView;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The plain flows, with nothing going wrong. */
final class WorldBasicsTest {

  private final World world = World.live();
  private final People people = new People(world);

  private ObjectNode onlyCustomer() {
    assertThat(world.stripe().state().customers()).hasSize(1);
    return world.stripe().state().customers().getFirst();
  }

  private ContactView onlyContact() {
    assertThat(world.hubspot().state().liveContacts()).hasSize(1);
    return world.hubspot().state().liveContacts().getFirst();
  }

  @Test
  void makesOneCustomerOfAContactWithOneCallToStripe() {
    long contact =
        people.contact(
            "email",
            "ada@example.com",
            "firstname",
            "Ada",
            "lastname",
            "Lovelace",
            "phone",
            "+44 20 7946 0001");

    Checks.settled(world);

    ObjectNode customer = onlyCustomer();
    assertThat(customer.path("email").asString()).isEqualTo("ada@example.com");
    assertThat(customer.path("name").asString()).isEqualTo("Ada Lovelace");
    assertThat(customer.path("phone").asString()).isEqualTo("+44 20 7946 0001");
    assertThat(customer.path("metadata").path("hubspot_contact_id").asString())
        .isEqualTo(Long.toString(contact));
    assertThat(world.stripe().calls().total()).isEqualTo(1);
    assertThat(world.hubspot().calls().total()).as("the id written back").isEqualTo(1);
  }

  @Test
  void makesOneContactOfACustomer() {
    people.customer("email", "grace@example.com", "name", "Grace Hopper", "phone", "+1 555 0100");

    Checks.settled(world);

    ContactView contact = onlyContact();
    assertThat(contact.value("firstname")).isEqualTo("Grace");
    assertThat(contact.value("lastname")).isEqualTo("Hopper");
    assertThat(world.hubspot().calls().total()).isEqualTo(1);
  }

  @Test
  void carriesEveryFieldBothWays() {
    long contact = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runUntilQuiet();
    String customer = onlyCustomer().path("id").asString();

    people.editContact(contact, "lastname", "Lovelace");
    Checks.settled(world);
    assertThat(onlyCustomer().path("name").asString()).isEqualTo("Ada Lovelace");

    people.editCustomer(customer, "phone", "+44 20 7946 0002");
    Checks.settled(world);
    assertThat(onlyContact().value("phone")).isEqualTo("+44 20 7946 0002");

    people.editCustomer(customer, "name", "Ada King");
    Checks.settled(world);
    assertThat(onlyContact().value("lastname")).isEqualTo("King");

    people.editContact(contact, "email", "countess@example.com");
    Checks.settled(world);
    assertThat(onlyCustomer().path("email").asString()).isEqualTo("countess@example.com");

    people.editCustomer(customer, "email", "ada.king@example.com");
    Checks.settled(world);
    assertThat(onlyContact().value("email")).isEqualTo("ada.king@example.com");
  }

  @Test
  void clearsAPhoneOnTheOtherSide() {
    long contact = people.contact("email", "ada@example.com", "phone", "+44 20 7946 0001");
    world.runUntilQuiet();

    people.editContact(contact, "phone", "");
    Checks.settled(world);

    assertThat(onlyCustomer().path("phone").asString("")).isEmpty();
  }

  @Test
  void sendsAPurchaseAsOneEvent() {
    String customer = people.customer("email", "ada@example.com", "name", "Ada");
    world.runUntilQuiet();

    String purchase = people.buys(customer, 1999);
    Checks.settled(world);

    assertThat(world.hubspot().state().events(purchase)).hasSize(1);
    assertThat(world.hubspot().state().events(purchase).getFirst().contactId())
        .isEqualTo(onlyContact().id());
  }

  @Test
  void findsTheContactOfAGuestByTheReceipt() {
    long contact = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runUntilQuiet();

    String purchase = people.guestBuys("Ada@Example.com", 500);
    Checks.settled(world);

    assertThat(world.hubspot().state().events(purchase)).hasSize(1);
    assertThat(world.hubspot().state().events(purchase).getFirst().contactId()).isEqualTo(contact);
  }

  @Test
  void keepsAGuestsPurchaseUntilTheContactIsThere() {
    String purchase = people.guestBuys("ada@example.com", 500);
    world.runUntilQuiet();
    assertThat(world.hubspot().state().events(purchase)).isEmpty();

    people.contact("email", "ada@example.com", "firstname", "Ada");
    Checks.settled(world);

    assertThat(world.hubspot().state().events(purchase)).hasSize(1);
  }

  @Test
  void leavesTheCustomerAloneWhenTheContactIsDeleted() {
    long contact = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runUntilQuiet();

    world.hubspot().person().delete(contact, Author.person());
    Checks.settled(world);
    people.editCustomer(onlyCustomer().path("id").asString(), "name", "Somebody Else");
    Checks.settled(world);

    assertThat(onlyCustomer().path("name").asString()).isEqualTo("Somebody Else");
    assertThat(world.hubspot().state().liveContacts()).isEmpty();
  }

  @Test
  void leavesTheContactAloneWhenTheCustomerIsDeleted() {
    people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runUntilQuiet();

    world.stripe().person().delete(onlyCustomer().path("id").asString());
    Checks.settled(world);

    assertThat(onlyContact().value("firstname")).isEqualTo("Ada");
    assertThat(world.stripe().state().customers()).isEmpty();
  }

  @Test
  void linksARestoredContactAgain() {
    long contact = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runUntilQuiet();
    world.hubspot().person().delete(contact, Author.person());
    world.runUntilQuiet();

    world.hubspot().person().restore(contact, Author.person());
    world.runUntilQuiet();
    people.editContact(contact, "lastname", "Lovelace");
    Checks.settled(world);

    assertThat(onlyCustomer().path("name").asString()).isEqualTo("Ada Lovelace");
  }

  @Test
  void keepsTheSurvivorsCustomerWhenContactsAreMerged() {
    long first = people.contact("email", "ada@example.com", "firstname", "Ada");
    long second = people.contact("email", "ada@work.example.com", "lastname", "Lovelace");
    world.runUntilQuiet();
    assertThat(world.stripe().state().customers()).hasSize(2);

    world.hubspot().person().merge(first, second, Author.person());
    Checks.settled(world);

    assertThat(world.stripe().state().customers()).hasSize(2);
    assertThat(onlyContact().value("lastname")).isEqualTo("Lovelace");
  }

  @Test
  void forgetsAPersonEverywhereWeHoldValues() {
    long contact = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runUntilQuiet();

    world.hubspot().person().gdprDelete(contact, Author.person());
    world.runUntilQuiet();

    assertThat(world.links().documents(World.TENANT).values().toString() + histories())
        .doesNotContain("ada@example.com")
        .doesNotContain("Ada");
    assertThat(world.stripe().state().customers()).hasSize(1);
  }

  private String histories() {
    StringBuilder all = new StringBuilder();
    Everything.links(world)
        .forEach(link ->
            world.links().history(World.TENANT, link.id(), 100).stream()
                .map(entry -> entry.details())
                .forEach(all::append));
    return all.toString();
  }
}
