package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.hubspot.engine.Author;
import dev.twofold.simulators.hubspot.engine.HubSpotState.ContactView;
import dev.twofold.simulators.web.Fault;
import dev.twofold.sync.link.ParkedItem;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Interleavings around changes to a pair, each with the situation it was found in. */
final class ChangeScenarioTest {

  private static final String A = "+44 20 0000 0001";
  private static final String B = "+44 20 0000 0002";
  private static final String C = "+44 20 0000 0003";

  private final World world = World.live();
  private final People people = new People(world);
  private long contact;
  private String customer = "";

  @BeforeEach
  void startWithAPair() {
    contact =
        people.contact(
            "email", "ada@example.com", "firstname", "Ada", "lastname", "Byron", "phone", A);
    world.runUntilQuiet();
    customer = world.stripe().state().customers().getFirst().path("id").asString();
    world.runFor(Duration.ofMinutes(5));
  }

  private ObjectNode theCustomer() {
    return world.stripe().state().customer(customer).orElseThrow();
  }

  private ContactView theContact() {
    return world.hubspot().state().contact(contact).orElseThrow();
  }

  /** Everything that is published in the meantime is pushed only then. */
  private void held(Duration length, Runnable meanwhile) {
    world.with(
        new Chance() {
          @Override
          public Duration pushDelay() {
            return length;
          }
        });
    meanwhile.run();
    if (Thread.currentThread().isVirtual()) {
      world.time().sleep(Duration.ofMillis(100));
    } else {
      world.runFor(Duration.ofSeconds(1));
    }
    world.with(Chance.NONE);
  }

  private void phones(String expected) {
    assertThat(theContact().value("phone")).isEqualTo(expected);
    assertThat(theCustomer().path("phone").asString("")).isEqualTo(expected);
  }

  /** While the call that writes B runs, the person undoes the change, and does it again. */
  @Test
  void endsWithAChangeThatWasUndoneAndRedoneAroundItsTask() {
    world.with(
        Trouble.once(
            "stripe.update",
            Trouble.Moment.BEFORE,
            passage -> {
              people.editContact(contact, "phone", A);
              world.time().sleep(Duration.ofSeconds(2));
            }));
    world.with(
        Trouble.once(
            "stripe.update",
            Trouble.Moment.AFTER,
            passage -> {
              people.editContact(contact, "phone", B);
              world.time().sleep(Duration.ofSeconds(2));
            }));
    people.editContact(contact, "phone", B);

    Checks.settled(world);

    phones(B);
  }

  /** The same, but it stays undone. */
  @Test
  void endsWithAChangeThatWasUndoneDuringItsTask() {
    world.with(
        Trouble.once(
            "stripe.update",
            Trouble.Moment.BEFORE,
            passage -> {
              people.editContact(contact, "phone", A);
              world.time().sleep(Duration.ofSeconds(2));
            }));
    people.editContact(contact, "phone", B);

    Checks.settled(world);

    phones(A);
  }

  /** HubSpot's notice of a phone edit comes after we have written a name there. */
  @Test
  void keepsAnOldPhoneEditThatArrivesAfterOurNameWrite() {
    held(Duration.ofSeconds(40), () -> people.editContact(contact, "phone", B));
    people.editCustomer(customer, "name", "Ada Lovelace");

    Checks.settled(world);

    phones(B);
    assertThat(theContact().value("lastname")).isEqualTo("Lovelace");
  }

  /** HubSpot ends where it began, later than Stripe's change: the change back wins. */
  @Test
  void letsAChangeBackToTheAgreedValueWin() {
    held(
        Duration.ofSeconds(40),
        () -> {
          people.editCustomer(customer, "phone", C);
          world.runFor(Duration.ofSeconds(3));
          people.editContact(contact, "phone", B);
          world.runFor(Duration.ofSeconds(3));
          people.editContact(contact, "phone", A);
        });

    Checks.settled(world);

    phones(A);
  }

  /** The update took effect, its answer is lost, and meanwhile the person changes back. */
  @Test
  void undoesAnUpdateWhoseAnswerWasLost() {
    world.stripe().faults().add(Fault.lostAnswer().times(1).on("POST", "/v1/customers/"));
    people.editContact(contact, "phone", B);
    world.runFor(Duration.ofSeconds(3));
    people.editContact(contact, "phone", A);

    Checks.settled(world);

    phones(A);
  }

  /** The same towards HubSpot, which has no idempotency keys. */
  @Test
  void undoesAnUpdateToHubSpotWhoseAnswerWasLost() {
    world.hubspot().faults().add(Fault.lostAnswer().times(1).on("POST", "batch/update"));
    people.editCustomer(customer, "phone", B);
    world.runFor(Duration.ofSeconds(3));
    people.editCustomer(customer, "phone", A);

    Checks.settled(world);

    phones(A);
  }

  /** Both sides change a field in the same second, while a call of ours is on its way. */
  @Test
  void agreesWhenBothSidesChangeInOneSecond() {
    people.editContact(contact, "phone", B);
    people.editCustomer(customer, "phone", C);

    Checks.settled(world);

    assertThat(theContact().value("phone")).isEqualTo(theCustomer().path("phone").asString(""));
  }

  /** Somebody changes Stripe while our update of the same field is under way. */
  @Test
  void noticesAChangeThatOurWriteMayHaveOverrun() {
    world.with(
        Trouble.once(
            "stripe.update",
            Trouble.Moment.BEFORE,
            passage -> {
              people.editCustomer(customer, "phone", C);
              world.time().sleep(Duration.ofMillis(500));
            }));
    people.editContact(contact, "phone", B);

    Checks.settled(world);

    assertThat(theContact().value("phone")).isEqualTo(theCustomer().path("phone").asString(""));
  }

  /**
   * Both sides change the name within one second, and our write of Stripe's name falls upon the
   * contact's new first name, which wins the conflict: it is written to both sides.
   */
  @Test
  void carriesAWinningEditThatOurWriteOverran() {
    world.with(
        Trouble.once(
            "hubspot.update",
            Trouble.Moment.BEFORE,
            passage ->
                held(
                    Duration.ofSeconds(20),
                    () -> people.editContact(contact, "firstname", "Augusta"))));
    people.editCustomer(customer, "name", "Bob Byron");

    Checks.settled(world);

    assertThat(theContact().value("firstname")).isEqualTo("Augusta");
    assertThat(theCustomer().path("name").asString()).isEqualTo("Augusta Byron");
  }

  /** HubSpot says nothing of a row whose contact was merged away while it was on its way. */
  @Test
  void looksUpAContactThatWasMergedAwayDuringAWrite() {
    long survivor = people.contact("email", "countess@example.com", "firstname", "Countess");
    world.runUntilQuiet();
    held(
        Duration.ofMinutes(3),
        () -> world.hubspot().person().merge(survivor, contact, Author.person()));
    people.editCustomer(customer, "phone", B);

    Checks.settled(world);

    assertThat(world.hubspot().state().liveContacts()).hasSize(1);
  }

  /** A person corrects field after field of a contact that we have made. */
  @Test
  void doesNotTakeAPersonSavingFieldByFieldForALoop() {
    String made = people.customer("email", "eve@example.com", "name", "Eve Ng", "phone", A);
    world.runUntilQuiet();
    long copy = world.hubspot().state().contactByEmail("eve@example.com").orElseThrow().id();

    for (String[] edit :
        new String[][] {
          {"firstname", "Eva"}, {"lastname", "Nguyen"}, {"phone", B}, {"email", "eva@example.com"}
        }) {
      people.editContact(copy, edit);
      world.runFor(Duration.ofSeconds(5));
    }
    Checks.settled(world);

    ObjectNode customerMade = world.stripe().state().customer(made).orElseThrow();
    assertThat(customerMade.path("name").asString()).isEqualTo("Eva Nguyen");
    assertThat(customerMade.path("email").asString()).isEqualTo("eva@example.com");
  }

  /** A machine sets back whatever we write, again and again: that link alone stops. */
  @Test
  void freezesALinkThatSwingsBackAndForth() {
    for (int round = 0; round < 8; round++) {
      people.editCustomer(customer, "phone", C);
      world.runFor(Duration.ofSeconds(4));
      people.editContact(contact, "phone", B);
      world.runFor(Duration.ofSeconds(4));
    }
    world.runUntilQuiet();

    assertThat(Everything.links(world).getFirst().swings().frozen()).contains("phone");
  }

  /** The typo is corrected in Stripe to an address that another contact has in HubSpot. */
  @Test
  void parksACorrectedAddressThatBelongsToSomebodyElse() {
    people.contact("email", "countess@example.com", "firstname", "Somebody");
    world.runUntilQuiet();

    people.editCustomer(customer, "email", "countess@example.com");
    Checks.settled(world);

    assertThat(theContact().value("email")).isEqualTo("ada@example.com");
    assertThat(world.stripe().state().customers()).hasSize(2);
    assertThat(world.hubspot().state().liveContacts()).hasSize(2);
    assertThat(Everything.parked(world)).extracting(ParkedItem::what).contains("write");
  }

  /** The typo is corrected in HubSpot to an address that a customer without a contact has. */
  @Test
  void keepsThePairWhenAnAddressIsCorrectedToThatOfAWaitingCustomer() {
    String other = people.customer("email", "ada@example.com", "name", "Other Ada");
    world.runUntilQuiet();
    long typo = people.contact("email", "aad@example.com", "firstname", "Aad");
    world.runUntilQuiet();

    people.editContact(contact, "email", "byron@example.com");
    world.runUntilQuiet();
    people.editContact(typo, "email", "adda@example.com");
    Checks.settled(world);

    assertThat(world.stripe().state().customers()).hasSize(3);
    assertThat(world.hubspot().state().liveContacts()).hasSize(3);
    assertThat(world.stripe().state().customer(other)).isPresent();
  }

  /** Who waited for an address is woken by the commit that frees it, though its maker dies. */
  @Test
  void wakesAWaitingCustomerAlthoughTheProcessDies() {
    people.customer("email", "ada@example.com", "name", "Other Ada");
    world.runUntilQuiet();
    assertThat(world.hubspot().state().liveContacts()).hasSize(1);

    people.editContact(contact, "email", "byron@example.com");
    world.with(
        Trouble.once(
            "links.commit",
            Trouble.Moment.AFTER,
            passage -> world.processes().restart(passage.program())));
    Checks.settled(world);

    assertThat(world.hubspot().state().liveContacts())
        .extracting(view -> view.value("email"))
        .containsExactlyInAnyOrder("byron@example.com", "ada@example.com");
  }

  /** A process freezes in the middle of its call and wakes when another has done its work. */
  @Test
  void outlivesAProcessThatFreezesAndWakes() {
    world.with(
        Trouble.once(
            "stripe.update",
            Trouble.Moment.BEFORE,
            passage -> {
              Gate.freeze(world, passage.program(), Duration.ofMinutes(5));
              world.startProgram();
            }));
    people.editContact(contact, "phone", B);
    world.runFor(Duration.ofMinutes(1));
    people.editContact(contact, "phone", C);

    Checks.settled(world);

    phones(C);
  }

  /** A contact goes while a write to its customer is under way. */
  @Test
  void unlinksADeletedContactAfterTheWriteUnderWay() {
    world.with(
        Trouble.once(
            "stripe.update",
            Trouble.Moment.BEFORE,
            passage -> {
              world.hubspot().person().delete(contact, Author.person());
              world.time().sleep(Duration.ofSeconds(2));
            }));
    people.editContact(contact, "phone", B);

    Checks.settled(world);

    assertThat(theCustomer().path("phone").asString()).isEqualTo(B);
  }
}
