package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkCommands.Outcome;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.mapping.ConflictPolicy;
import dev.twofold.sync.merge.FieldDecision;
import dev.twofold.sync.merge.Rule;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person decides what the sync does not. */
final class OperatorScenarioTest {

  private static final String A = "+44 20 0000 0001";
  private static final String B = "+44 20 0000 0002";
  private static final String C = "+44 20 0000 0003";

  private final World world = World.live();
  private final People people = new People(world);
  private final Operators operators = new Operators(world);
  private long contact;
  private String customer = "";

  @BeforeEach
  void startWithAPair() {
    contact = people.contact("email", "ada@example.com", "firstname", "Ada", "phone", A);
    world.runUntilQuiet();
    customer = world.stripe().state().customers().getFirst().path("id").asString();
    operators.map("phone", phone -> phone.under(ConflictPolicy.MANUAL));
    world.runUntilQuiet();
  }

  private Link theLink() {
    return Everything.linkOf(world, RecordId.customer(customer));
  }

  private void phones(String ours, String theirs) {
    assertThat(world.hubspot().state().contact(contact).orElseThrow().value("phone"))
        .isEqualTo(ours);
    assertThat(world.stripe().state().customer(customer).orElseThrow().path("phone").asString(""))
        .isEqualTo(theirs);
  }

  /** Both sides change before either change is written. */
  private void conflict() {
    world.pause();
    people.editContact(contact, "phone", B);
    people.editCustomer(customer, "phone", C);
    world.runFor(Duration.ofSeconds(30));
    world.resume();
    world.runUntilQuiet();
  }

  @Test
  void holdsBothSidesOfAManualConflict() {
    conflict();

    phones(B, C);
    FieldDecision decision = operators.decision(theLink(), "phone");
    assertThat(decision.rule()).isEqualTo(Rule.MANUAL);
    assertThat(decision.conflict()).isNotNull();
    people.editContact(contact, "lastname", "Byron");
    world.runUntilQuiet();
    assertThat(world.stripe().state().customer(customer).orElseThrow().path("name").asString(""))
        .as("only the field waits")
        .isEqualTo("Ada Byron");
  }

  @Test
  void writesTheValueThatAPersonHasChosen() {
    for (Side winner : Side.values()) {
      conflict();

      assertThat(operators.resolve(theLink().id(), "phone", winner)).isEqualTo(Outcome.DONE);
      Checks.settled(world);

      String chosen = winner == Side.HUBSPOT ? B : C;
      phones(chosen, chosen);
      assertThat(theLink().resolutions()).isEmpty();
      assertThat(operators.resolve(theLink().id(), "phone", winner))
          .isEqualTo(Outcome.NOTHING_TO_DO);
      people.editContact(contact, "phone", A);
      Checks.settled(world);
    }
  }

  /** A change made before the resolution is stored is heard of only after it. */
  @Test
  void asksAgainWhereASideHasChangedSince() {
    conflict();
    world.pause();
    assertThat(operators.resolve(theLink().id(), "phone", Side.HUBSPOT)).isEqualTo(Outcome.DONE);
    people.editCustomer(customer, "phone", A);
    world.runFor(Duration.ofSeconds(30));
    world.resume();
    world.runUntilQuiet();

    phones(B, A);
    assertThat(operators.decision(theLink(), "phone").rule()).isEqualTo(Rule.MANUAL);

    assertThat(operators.resolve(theLink().id(), "phone", Side.STRIPE)).isEqualTo(Outcome.DONE);
    Checks.settled(world);
    phones(A, A);
  }

  @Test
  void decidesOnceThoughAskedTwiceAndTheProcessDies() {
    conflict();
    LinkId link = theLink().id();
    assertThat(operators.resolve(link, "phone", Side.STRIPE)).isEqualTo(Outcome.DONE);
    world.processes().restart(world.program());
    assertThat(operators.resolve(link, "phone", Side.STRIPE)).isEqualTo(Outcome.DONE);

    Checks.settled(world);

    phones(C, C);
  }

  @Test
  void refusesWhatThereIsNothingToSayAbout() {
    assertThat(operators.resolve(theLink().id(), "phone", Side.STRIPE))
        .isEqualTo(Outcome.NOTHING_TO_DO);
    assertThat(operators.resolve(theLink().id(), "nickname", Side.STRIPE))
        .isEqualTo(Outcome.NO_FIELD);
    LinkId nobody = new LinkId("ffffffffffffffffffff");
    assertThat(operators.resolve(nobody, "phone", Side.STRIPE)).isEqualTo(Outcome.NO_LINK);
    assertThat(operators.unfreeze(theLink().id())).isEqualTo(Outcome.NOTHING_TO_DO);
  }

  @Test
  void goesOnWithOneActionAfterALoop() {
    operators.map("phone", phone -> phone.under(ConflictPolicy.LATEST));
    world.runUntilQuiet();
    for (int round = 0; round < 8; round++) {
      people.editCustomer(customer, "phone", C);
      world.runFor(Duration.ofSeconds(4));
      people.editContact(contact, "phone", B);
      world.runFor(Duration.ofSeconds(4));
    }
    world.runUntilQuiet();
    assertThat(theLink().swings().frozen()).contains("phone", "hubspot", "stripe");
    people.editCustomer(customer, "name", "Ada King");
    world.runUntilQuiet();
    assertThat(operators.plan(theLink()).withheld().get(Side.HUBSPOT)).startsWith("frozen: phone");
    assertThat(world.hubspot().state().contact(contact).orElseThrow().value("lastname")).isEmpty();

    assertThat(operators.unfreeze(theLink().id())).isEqualTo(Outcome.DONE);
    Checks.settled(world);

    phones(B, B);
    assertThat(world.hubspot().state().contact(contact).orElseThrow().value("lastname"))
        .isEqualTo("King");
  }

  /** Two fields, each set back three times over both sides: neither has swung more often. */
  @Test
  void countsSwingsByField() {
    operators.map("phone", phone -> phone.under(ConflictPolicy.LATEST));
    world.runUntilQuiet();
    for (int round = 0; round < 2; round++) {
      people.editCustomer(customer, "phone", C, "name", "Bob Byron");
      world.runFor(Duration.ofSeconds(6));
      people.editContact(contact, "phone", B, "firstname", "Ada", "lastname", "");
      world.runFor(Duration.ofSeconds(6));
    }
    Checks.settled(world);

    assertThat(theLink().swings().frozen()).isNull();
    phones(B, B);
  }
}
