package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.hubspot.engine.HubSpotState.ContactView;
import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.CallLog;
import dev.twofold.simulators.web.Fault;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.ParkedItem;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Interleavings around the making of records, each with the situation it was found in. */
final class CreateScenarioTest {

  private final World world = World.live();
  private final People people = new People(world);

  private List<ObjectNode> customers() {
    return world.stripe().state().customers();
  }

  private List<ContactView> contacts() {
    return world.hubspot().state().liveContacts();
  }

  private long stripeCreates() {
    return world.stripe().calls().calls().stream()
        .map(CallLog.Call::endpoint)
        .filter(endpoint -> endpoint.startsWith("POST") && endpoint.endsWith("customers"))
        .count();
  }

  /** Contact and customer are made in the same moment, before anybody has told us of either. */
  @Test
  void pairsThePersonThatWasMadeOnBothSidesAtOnce() {
    people.contact("email", "ada@example.com", "firstname", "Ada", "lastname", "Lovelace");
    people.customer("email", "ada@example.com", "name", "Ada Lovelace", "phone", "+44 1");

    Checks.settled(world);

    assertThat(contacts()).hasSize(1);
    assertThat(customers()).hasSize(1);
    assertThat(Everything.links(world)).hasSize(1);
    assertThat(contacts().getFirst().value("phone")).isEqualTo("+44 1");
  }

  /** The same, for people who come in bulk on both sides. */
  @Test
  void pairsImportedPeopleThatWereMadeOnBothSidesAtOnce() {
    for (int person = 0; person < 20; person++) {
      people.imported("email", "p" + person + "@example.com", "firstname", "P" + person);
      people.customer("email", "p" + person + "@example.com", "name", "P" + person);
    }

    Checks.settled(world);

    assertThat(contacts()).hasSize(20);
    assertThat(customers()).hasSize(20);
  }

  /**
   * Our create has taken effect, its answer is lost, and somebody makes a customer for the same
   * person: ours is the contact's, because it carries our mark; the other one waits.
   */
  @Test
  void keepsItsOwnCustomerWhenTheAnswerIsLostAndAnotherOneArrives() {
    world.stripe().faults().add(Fault.lostAnswer().times(1).on("POST", "/v1/customers"));
    long contact = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runFor(Duration.ofSeconds(2));
    String other = people.customer("email", "ada@example.com", "name", "Ada");

    Checks.settled(world);

    assertThat(customers()).hasSize(2);
    assertThat(contacts()).hasSize(1);
    Link link = Everything.linkOf(world, RecordId.contact(Long.toString(contact)));
    assertThat(link.record(Side.STRIPE)).isNotNull().isNotEqualTo(RecordId.customer(other));
    assertThat(Everything.linkOf(world, RecordId.customer(other)).unlinked())
        .isEqualTo("unlinked: same e-mail");
    assertThat(stripeCreates()).as("the same request twice").isEqualTo(2);
  }

  /** The request is still on its way when the other customer's notice is handled. */
  @Test
  void keepsItsOwnCustomerWhenAnotherOneArrivesDuringTheCall() {
    world.with(
        Trouble.once(
            "stripe.create",
            Trouble.Moment.BEFORE,
            passage -> {
              people.customer("email", "ada@example.com", "name", "Ada");
              world.time().sleep(Duration.ofSeconds(5));
            }));
    people.contact("email", "ada@example.com", "firstname", "Ada");

    Checks.settled(world);

    assertThat(customers()).hasSize(2);
    assertThat(contacts()).hasSize(1);
  }

  /** The queue never hears that the task is done, and dispatches it again. */
  @Test
  void makesOneCallWhenTheLastAnswerToTheQueueIsLost() {
    world.with(
        new Chance() {
          private int left = 1;

          @Override
          public boolean losesTaskAnswer(
              Program program, dev.twofold.sync.dispatch.WriteTask task) {
            return task.path().contains("/stripe/") && left-- > 0;
          }
        });
    people.contact("email", "ada@example.com", "firstname", "Ada");

    Checks.settled(world);

    assertThat(stripeCreates()).isEqualTo(1);
  }

  /** The process dies with a hundred rows in its memory, before and after its call. */
  @Test
  void loosesNoRowOfADrainThatIsKilled() {
    for (Trouble.Moment moment : Trouble.Moment.values()) {
      world.with(
          Trouble.once(
              "hubspot.create",
              moment,
              passage -> world.processes().restartLater(passage.program())));
    }
    for (int person = 0; person < 150; person++) {
      people.customer("email", "p" + person + "@example.com", "name", "P" + person);
    }

    Checks.settled(world);

    assertThat(contacts()).hasSize(150);
  }

  /** The store fails between the queries of a drain, which has claimed rows by then. */
  @Test
  void releasesTheRowsOfADrainThatCannotReadTheRest() {
    world.with(
        Trouble.nth(
            3,
            "links.query",
            Trouble.Moment.BEFORE,
            passage -> {
              throw new RetryableFailure(Stage.LOADING, "the store cannot be reached", null);
            }));
    people.customer("email", "ada@example.com", "name", "Ada");

    Checks.settled(world);

    assertThat(contacts()).hasSize(1);
  }

  /**
   * HubSpot has made the contact, the answer is lost, and the customer's address changes before the
   * row goes again: the contact is found and changed, not made twice.
   */
  @Test
  void findsTheContactItMadeWhenTheAnswerIsLostAndTheAddressChanges() {
    world.hubspot().faults().add(Fault.lostAnswer().times(1).on("POST", "batch/create"));
    String customer = people.customer("email", "old@example.com", "name", "Ada");
    world.runFor(Duration.ofSeconds(3));
    people.editCustomer(customer, "email", "new@example.com");

    Checks.settled(world);

    assertThat(contacts()).hasSize(1);
    assertThat(contacts().getFirst().value("email")).isEqualTo("new@example.com");
  }

  /** The same, but the address is changed in HubSpot, so that only our mark finds the contact. */
  @Test
  void findsTheContactItMadeByItsMarkWhenTheAddressWasChangedThere() {
    world.hubspot().faults().add(Fault.lostAnswer().times(1).on("POST", "batch/create"));
    people.customer("email", "old@example.com", "name", "Ada");
    world.runFor(Duration.ofSeconds(3));
    assertThat(contacts()).hasSize(1);
    people.editContact(contacts().getFirst().id(), "email", "new@example.com");

    Checks.settled(world);

    assertThat(contacts()).hasSize(1);
    assertThat(customers()).hasSize(1);
    assertThat(customers().getFirst().path("email").asString()).isEqualTo("new@example.com");
  }

  /** The customer is edited while the call that makes its contact is under way. */
  @Test
  void carriesAnEditOfTheCustomerDuringTheMakingOfItsContact() {
    world.with(
        Trouble.once(
            "hubspot.create",
            Trouble.Moment.AFTER,
            passage -> {
              String customer = customers().getFirst().path("id").asString();
              people.editCustomer(customer, "phone", "+44 2", "email", "new@example.com");
              world.time().sleep(Duration.ofSeconds(2));
            }));
    people.customer("email", "old@example.com", "name", "Ada", "phone", "+44 1");

    Checks.settled(world);

    assertThat(contacts().getFirst().value("email")).isEqualTo("new@example.com");
    assertThat(contacts().getFirst().value("phone")).isEqualTo("+44 2");
  }

  /** The same the other way round. */
  @Test
  void carriesAnEditOfTheContactDuringTheMakingOfItsCustomer() {
    world.with(
        Trouble.once(
            "stripe.create",
            Trouble.Moment.AFTER,
            passage -> {
              people.editContact(contacts().getFirst().id(), "phone", "+44 2", "lastname", "L");
              world.time().sleep(Duration.ofSeconds(2));
            }));
    people.contact("email", "old@example.com", "firstname", "Ada", "phone", "+44 1");

    Checks.settled(world);

    assertThat(customers().getFirst().path("name").asString()).isEqualTo("Ada L");
    assertThat(customers().getFirst().path("phone").asString()).isEqualTo("+44 2");
  }

  /** The contact's phone is cleared while the call that copies it is under way. */
  @Test
  void carriesAClearingOfTheContactDuringTheMakingOfItsCustomer() {
    world.with(
        Trouble.once(
            "stripe.create",
            Trouble.Moment.AFTER,
            passage -> {
              people.editContact(contacts().getFirst().id(), "phone", "");
              world.time().sleep(Duration.ofSeconds(2));
            }));
    people.contact("email", "old@example.com", "firstname", "Ada", "phone", "+44 1");

    Checks.settled(world);

    assertThat(contacts().getFirst().value("phone")).isEmpty();
    assertThat(customers().getFirst().path("phone").asString("")).isEmpty();
  }

  /** The customer is made and deleted before the answer of the call that made it is recorded. */
  @Test
  void hearsOfADeletionBeforeTheAnswerOfTheCreate() {
    world.with(
        Trouble.once(
            "stripe.create",
            Trouble.Moment.AFTER,
            passage -> {
              world.stripe().person().delete(customers().getFirst().path("id").asString());
              world.time().sleep(Duration.ofSeconds(2));
            }));
    people.contact("email", "ada@example.com", "firstname", "Ada");

    Checks.settled(world);

    assertThat(customers()).isEmpty();
  }

  /**
   * A contact exists for which a customer is being made, its answer being lost, when another
   * customer comes to have its address: the two are not joined before the create has ended.
   */
  @Test
  void waitsForTheCreateOfAContactThatIsThereAlready() {
    world.stripe().faults().add(Fault.lostAnswer().times(3).on("POST", "/v1/customers"));
    long contact = people.contact("email", "dan@example.com", "firstname", "Dan");
    world.runFor(Duration.ofSeconds(1));
    held(Duration.ofMinutes(2), () -> people.editContact(contact, "email", "ada@example.com"));
    String other = people.customer("email", "ada@example.com", "name", "Ada");

    Checks.settled(world);

    assertThat(customers()).hasSize(2);
    assertThat(
            Everything.linkOf(world, RecordId.contact(Long.toString(contact))).record(Side.STRIPE))
        .isNotEqualTo(RecordId.customer(other));
  }

  /**
   * The answer of a create is lost, somebody else takes the address, and the contact gets another:
   * the repeated create clashes with a stranger, and our own contact is found by its mark.
   */
  @Test
  void findsItsOwnContactBehindAClashWithAStranger() {
    world.hubspot().faults().add(Fault.lostAnswer().times(1).on("POST", "batch/create"));
    people.customer("email", "ada@example.com", "name", "Ada");
    world.runFor(Duration.ofSeconds(3));
    long made = contacts().getFirst().id();
    people.editContact(made, "email", "countess@example.com");
    people.contact("email", "ada@example.com", "firstname", "Stranger");

    Checks.settled(world);

    assertThat(Everything.linkOf(world, RecordId.contact(Long.toString(made))).isPair()).isTrue();
  }

  /**
   * Somebody edits the customer that we have made while our answer is lost: the notice is the first
   * that is heard of it, and its mark names a contact whose create has not ended.
   */
  @Test
  void makesNoContactOfACustomerWhoseCreateHasNotEnded() {
    world.stripe().faults().add(Fault.lostAnswer().times(3).on("POST", "/v1/customers"));
    people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runFor(Duration.ofSeconds(2));
    people.editCustomer(
        customers().getFirst().path("id").asString(), "email", "countess@example.com");

    Checks.settled(world);

    assertThat(contacts()).hasSize(1);
    assertThat(contacts().getFirst().value("email")).isEqualTo("countess@example.com");
  }

  private void held(Duration length, Runnable meanwhile) {
    world.with(
        new Chance() {
          @Override
          public Duration pushDelay() {
            return length;
          }
        });
    meanwhile.run();
    world.runFor(Duration.ofSeconds(1));
    world.with(Chance.NONE);
  }

  /** The contact does not exist yet when the purchase comes. */
  @Test
  void sendsAPurchaseThatCameWhileTheContactWasMade() {
    String[] purchase = new String[1];
    world.with(
        Trouble.once(
            "hubspot.create",
            Trouble.Moment.BEFORE,
            passage -> {
              String customer = customers().getFirst().path("id").asString();
              purchase[0] = people.buys(customer, 4200);
              world.time().sleep(Duration.ofSeconds(2));
            }));
    people.customer("email", "ada@example.com", "name", "Ada");

    Checks.settled(world);

    assertThat(world.hubspot().state().events(purchase[0])).hasSize(1);
  }

  /** The first thing heard of a customer is the purchase. */
  @Test
  void sendsAPurchaseThatOvertakesItsCustomer() {
    world.with(
        new Chance() {
          private int count;

          @Override
          public Duration pushDelay() {
            return count++ == 0 ? Duration.ofSeconds(20) : Duration.ofMillis(20);
          }
        });
    String customer = people.customer("email", "ada@example.com", "name", "Ada");
    String purchase = people.buys(customer, 4200);

    Checks.settled(world);

    assertThat(contacts()).hasSize(1);
    assertThat(world.hubspot().state().events(purchase)).hasSize(1);
  }

  /** Somebody saves the name first and the address some seconds later. */
  @Test
  void makesOneCustomerOfAContactWhoseAddressComesLater() {
    long contact = people.contact("firstname", "Ada");
    world.runFor(Duration.ofSeconds(4));
    people.editContact(contact, "email", "ada@example.com");

    Checks.settled(world);

    assertThat(customers()).hasSize(1);
    assertThat(customers().getFirst().path("email").asString()).isEqualTo("ada@example.com");
  }

  /** Stripe fails inside with a stored 500, which it repeats; the customer is there. */
  @Test
  void findsTheCustomerBehindAReplayedFailure() {
    world
        .stripe()
        .faults()
        .add(Fault.error(500).afterTheEffect().times(1).on("POST", "/v1/customers"));
    people.contact("email", "ada@example.com", "firstname", "Ada");

    Checks.settled(world);

    assertThat(customers()).hasSize(1);
  }

  /** The same, but nothing took effect: it is made under another key. */
  @Test
  void makesTheCustomerAnewBehindAReplayedFailureWithoutEffect() {
    world.stripe().faults().add(Fault.error(500).times(1).on("POST", "/v1/customers"));
    people.contact("email", "ada@example.com", "firstname", "Ada");

    Checks.settled(world);

    assertThat(customers()).hasSize(1);
  }

  /** HubSpot refuses one of a hundred addresses: the rest of its batch arrives. */
  @Test
  void parksTheOneThatIsRefusedAndDeliversTheOthersOfItsBatch() {
    String body = "{\"objectId\":\"person42@example.com\",\"idProperty\":\"email\"}";
    world
        .hubspot()
        .handle(
            ApiRequest.of(
                "POST",
                "/crm/v3/objects/contacts/gdpr-delete",
                Map.of(
                    "Authorization",
                    "Bearer pat-local-twofold",
                    "Content-Type",
                    "application/json"),
                body.getBytes(StandardCharsets.UTF_8)));

    for (int person = 0; person < 100; person++) {
      people.customer("email", "person" + person + "@example.com", "name", "Person " + person);
    }
    Checks.settled(world);

    assertThat(customers()).hasSize(100);
    assertThat(contacts()).hasSize(99);
    assertThat(Everything.parked(world))
        .extracting(ParkedItem::reason)
        .singleElement()
        .asString()
        .contains("blacklisted");
  }
}
