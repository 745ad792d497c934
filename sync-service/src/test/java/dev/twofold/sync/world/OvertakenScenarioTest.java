package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.hubspot.engine.Author;
import dev.twofold.simulators.web.Fault;
import dev.twofold.sync.dispatch.WriteTask;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.mapping.Clearing;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.record.RecordId;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is known or wanted changes while a call is under way: its answer is old news, or comes after
 * another has told a different outcome. Each was found by a random world.
 */
final class OvertakenScenarioTest {

  private static final String A = "+44 20 0000 0001";
  private static final String B = "+44 20 0000 0002";
  private static final String C = "+44 20 0000 0003";

  private final World world = World.live();
  private final People people = new People(world);
  private long contact;
  private String customer = "";

  @BeforeEach
  void startWithAPair() {
    contact = people.contact("email", "ada@example.com", "firstname", "Ada", "phone", A);
    world.runUntilQuiet();
    customer = world.stripe().state().customers().getFirst().path("id").asString();
    world.runFor(Duration.ofMinutes(5));
  }

  private void phones(String expected) {
    assertThat(world.hubspot().state().contact(contact).orElseThrow().value("phone"))
        .isEqualTo(expected);
    assertThat(world.stripe().state().customer(customer).orElseThrow().path("phone").asString(""))
        .isEqualTo(expected);
  }

  /** Under our own app's name, so that only a read tells what it is. */
  private void editUnderOurName(String property, String value) {
    Author ours = new Author("INTEGRATION", "77001");
    world.hubspot().person().update(contact, People.values(property, value), ours);
  }

  /** A process freezes with what it has read; another reads what was changed since, and records. */
  @Test
  void doesNotTakeAnOldReadForAChangeOfWhatALaterOneHasShown() {
    world.with(
        Trouble.once(
            "hubspot.read",
            Trouble.Moment.AFTER,
            passage -> {
              Gate.freeze(world, passage.program(), Duration.ofMinutes(3));
              world.startProgram();
              world.with(Chance.pushesAfter(Duration.ofMinutes(10)));
              people.editContact(contact, "phone", B);
              world.time().sleep(Duration.ofMillis(100));
              world.with(Chance.NONE);
              // Its own read takes along whatever is to be read.
              people.contact("firstname", "Bob");
            }));
    editUnderOurName("lastname", "Byron");

    Checks.settled(world);

    phones(B);
  }

  /**
   * Our update has taken effect and its answer is lost; in the same second the person changes
   * something else. The answer of the repeat shows the customer as it was before that.
   */
  @Test
  void keepsAChangeMadeInTheSecondOfACallWhoseRepeatShowsTheTimeBefore() {
    for (int tenth = 0; tenth < 10; tenth++) {
      String name = "Grace Hopper " + "ABCDEFGHIJ".charAt(tenth);
      world.runFor(Duration.ofMillis(1000 + 100 * tenth));
      world.with(
          Trouble.once(
              "stripe.update",
              Trouble.Moment.AFTER,
              passage -> {
                people.editCustomer(customer, "name", name);
                throw new RetryableFailure(Stage.RECORDING, "the answer is lost", null);
              }));
      people.editContact(contact, "phone", "+44 20 0000 001" + tenth);
      world.runFor(Duration.ofSeconds(30));

      Checks.settled(world);
      assertThat(world.stripe().state().customer(customer).orElseThrow().path("name").asString(""))
          .isEqualTo(name);
    }
  }

  /** Two processes send the same row; the first is refused, and the second takes effect. */
  @Test
  void recordsAWriteThatTookEffectAfterAnotherProcessWasRefused() {
    world.hubspot().faults().add(Fault.error(409).on("POST", "/contacts/batch/update").times(1));
    world.with(
        Trouble.nth(
            2,
            "hubspot.update",
            Trouble.Moment.BEFORE,
            passage -> world.time().sleep(Duration.ofMillis(100))));
    world.with(
        Trouble.once(
            "hubspot.update",
            Trouble.Moment.BEFORE,
            passage -> {
              world.startProgram().carryOut(aDrain(), result -> {});
              world.time().sleep(Duration.ofMillis(50));
            }));

    // By then the notice of the second one's effect has been compared with the open request.
    world.with(
        Trouble.once(
            "hubspot.update",
            Trouble.Moment.AFTER,
            passage -> world.time().sleep(Duration.ofMillis(40))));

    people.editCustomer(customer, "phone", B);

    Checks.settled(world);
    phones(B);
  }

  /**
   * A process sends a write that another has sent, too, within the second in which a newer one may
   * have taken effect: its notice is not that one's. What is found under our name is a change, as
   * after a longer sleep.
   */
  @Test
  void readsWhatAnOldWriteOfAnotherProcessHasLeft() {
    world.with(
        Trouble.once(
            "hubspot.update",
            Trouble.Moment.BEFORE,
            passage -> {
              world.startProgram().carryOut(aDrain(), result -> {});
              world.time().sleep(Duration.ofMillis(200));
              people.editCustomer(customer, "phone", C);
              world.time().sleep(Duration.ofMillis(400));
            }));

    people.editCustomer(customer, "phone", B);

    Checks.settled(world);
    phones(B);
  }

  /** Two processes send the same row; the first is refused, the second's answer is lost. */
  @Test
  void looksUpAWriteThatAnotherProcessSentToo() {
    world.hubspot().faults().add(Fault.error(409).on("POST", "/contacts/batch/update").times(1));
    Program second = world.startProgram();
    world.with(
        Trouble.once(
            "hubspot.update",
            Trouble.Moment.AFTER,
            passage -> {
              // Refused, and not recorded before the other's effect has been noticed.
              world
                  .hubspot()
                  .faults()
                  .add(Fault.lostAnswer().on("POST", "/contacts/batch/update").times(1));
              second.carryOut(aDrain(), result -> {});
              world.time().sleep(Duration.ofSeconds(2));
            }));

    people.editCustomer(customer, "phone", B);

    Checks.settled(world);
    phones(B);
    assertThat(Everything.parked(world)).isEmpty();
  }

  /**
   * Another process has begun the same create when it freezes; by the time it goes on, what was
   * made is recorded and deleted.
   */
  @Test
  void takesInAContactThatAnotherProcessMakesOnceMore() {
    world.with(
        Trouble.once(
            "hubspot.create",
            Trouble.Moment.BEFORE,
            passage -> {
              world.startProgram().carryOut(aDrain(), result -> {});
              world.time().sleep(Duration.ofSeconds(2));
              long made = world.hubspot().state().newestContacts(1).getFirst().id();
              assertThat(made).isNotEqualTo(contact);
              world.hubspot().person().delete(made, Author.person());
              world.time().sleep(Duration.ofSeconds(2));
            }));

    String bob = people.customer("name", "Bob");

    Checks.settled(world);
    assertThat(world.hubspot().state().liveContacts()).hasSize(2);
    assertThat(Everything.linkOf(world, RecordId.customer(bob)).isPair()).isTrue();
  }

  /**
   * The same, but what was made is deleted before it is recorded, and the other's answer is lost.
   */
  @Test
  void looksForAContactThatAnotherProcessMayHaveMadeOnceMore() {
    Program second = world.startProgram();
    world.with(
        Trouble.once(
            "hubspot.create",
            Trouble.Moment.AFTER,
            passage -> {
              long made = world.hubspot().state().newestContacts(1).getFirst().id();
              assertThat(made).isNotEqualTo(contact);
              world.hubspot().person().delete(made, Author.person());
              world.with(
                  Trouble.once(
                      "hubspot.create",
                      Trouble.Moment.AFTER,
                      other -> world.processes().restart(other.program())));
              second.carryOut(aDrain(), result -> {});
              world.time().sleep(Duration.ofSeconds(2));
            }));

    String bob = people.customer("name", "Bob");

    Checks.settled(world);
    assertThat(world.hubspot().state().liveContacts()).hasSize(2);
    assertThat(Everything.linkOf(world, RecordId.customer(bob)).isPair()).isTrue();
  }

  private WriteTask aDrain() {
    return world.queues().tasks().stream()
        .filter(task -> task.path().contains("/hubspot/"))
        .findFirst()
        .orElseThrow();
  }

  /** The write has taken effect, its answer is lost, and the repeat is refused. */
  @Test
  void looksUpAWriteWhoseRepeatIsRefused() {
    world.hubspot().faults().add(Fault.lostAnswer().on("POST", "/contacts/batch/update").times(1));
    world.with(
        Trouble.once(
            "hubspot.update",
            Trouble.Moment.AFTER,
            passage ->
                world
                    .hubspot()
                    .faults()
                    .add(Fault.error(409).on("POST", "/contacts/batch/update").times(1))));

    people.editCustomer(customer, "phone", B);

    Checks.settled(world);
    phones(B);
    assertThat(Everything.parked(world)).isEmpty();
  }

  /**
   * Both sides change at once and HubSpot wins, but Stripe cannot be reached; then the winner is
   * cleared, which is not carried over. What Stripe held before must not come back by that.
   */
  @Test
  void writesNothingAcrossThatAnOpenWriteIsAboutToReplace() {
    new Operators(world).map("phone", OvertakenScenarioTest::clearingIgnored);
    world.runFor(Duration.ofMinutes(1));
    world
        .stripe()
        .faults()
        .add(Fault.outage().until(world.stripe().now().plus(Duration.ofMinutes(3))));
    people.editCustomer(customer, "phone", B);
    people.editContact(contact, "phone", C);
    world.runFor(Duration.ofSeconds(10));

    people.editContact(contact, "phone", "");

    Checks.settled(world);
  }

  private static FieldMapping clearingIgnored(FieldMapping field) {
    return new FieldMapping(
        field.name(),
        field.kind(),
        field.hubspotProperties(),
        field.stripePath(),
        field.direction(),
        field.policy(),
        Clearing.IGNORE,
        field.choices());
  }

  /** A read begun before the deletion is answered after its notice, while a departure waits. */
  @Test
  void letsADeletedContactGoThoughAnEarlierReadIsRecordedMeanwhile() {
    world
        .stripe()
        .faults()
        .add(Fault.outage().until(world.stripe().now().plus(Duration.ofMinutes(2))));
    people.editContact(contact, "phone", B);
    world.runFor(Duration.ofSeconds(5));
    world.with(
        Trouble.once(
            "hubspot.read",
            Trouble.Moment.AFTER,
            passage -> {
              world.hubspot().person().delete(contact, Author.person());
              world.time().sleep(Duration.ofSeconds(5));
            }));
    editUnderOurName("lastname", "Byron");

    Checks.settled(world);

    assertThat(Everything.linkOf(world, RecordId.customer(customer)).hubspot().record()).isNull();
  }

  /** The restoration of a contact nobody knew is heard before the deletion it undoes. */
  @Test
  void takesInARestoredContactWhoseDeletionIsHeardLater() {
    long old = people.oldContact("email", "bob@example.com", "firstname", "Bob");
    world.with(Chance.pushesAfter(Duration.ofMinutes(5)));
    world.hubspot().person().delete(old, Author.person());
    world.runFor(Duration.ofSeconds(1));
    world.with(Chance.NONE);
    world.hubspot().person().restore(old, Author.person());

    Checks.settled(world);

    assertThat(Everything.linkOf(world, RecordId.contact(Long.toString(old))).isPair()).isTrue();
  }

  /** While a customer is read, an older one with the same address is heard of, and goes first. */
  @Test
  void takesNothingForTheRecordThatHasComeInThePlaceOfTheOneThatWasRead() {
    world.with(Chance.pushesAfter(Duration.ofSeconds(6)));
    String older = people.customer("email", "bob@example.com", "name", "Bob", "phone", A);
    world.runFor(Duration.ofSeconds(5));
    world.with(Chance.NONE);
    people.contact("email", "bob@example.com", "firstname", "Bob");
    world.runFor(Duration.ofMillis(200));
    String younger = people.customer("email", "bob@example.com", "name", "Bob");
    world.runFor(Duration.ofMillis(200));
    assertThat(Everything.linkOf(world, RecordId.customer(younger)).isPair()).isTrue();
    world.with(
        Trouble.once(
            "stripe.read",
            Trouble.Moment.AFTER,
            passage -> {
              world.time().sleep(Duration.ofSeconds(2));
              assertThat(Everything.linkOf(world, RecordId.customer(older)).isPair()).isTrue();
            }));
    // Two values of one second: only a read tells the later one. Our mark is not written yet.
    people.editCustomer(younger, "phone", C);
    people.editCustomer(younger, "phone", B);

    Checks.settled(world);

    Link link = Everything.linkOf(world, RecordId.customer(older));
    assertThat(link.isPair()).isTrue();
    assertThat(link.stripe().register("phone").value()).isEqualTo(A);
  }
}
