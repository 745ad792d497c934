package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.hubspot.engine.HubSpotState.ContactView;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkCommands.Outcome;
import dev.twofold.sync.mapping.Clearing;
import dev.twofold.sync.mapping.ConflictPolicy;
import dev.twofold.sync.mapping.Direction;
import dev.twofold.sync.mapping.FieldKind;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.merge.Conflict;
import dev.twofold.sync.merge.FieldDecision;
import dev.twofold.sync.merge.Rule;
import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.tenant.ConnectMode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The mappings change while pairs are there. */
final class MappingScenarioTest {

  private static final FieldMapping JOB =
      FieldMapping.both("job", FieldKind.TEXT, List.of("jobtitle"), "metadata.job");

  private final World world = World.live();
  private final People people = new People(world);
  private final Operators operators = new Operators(world);
  private long contact;
  private String customer = "";

  @BeforeEach
  void startWithAPair() {
    contact =
        people.contact(
            "email", "ada@example.com", "firstname", "Ada", "phone", "+44 20 1", "jobtitle", "");
    world.runUntilQuiet();
    customer = world.stripe().state().customers().getFirst().path("id").asString();
  }

  private ObjectNode theCustomer() {
    return world.stripe().state().customer(customer).orElseThrow();
  }

  private ContactView theContact() {
    return world.hubspot().state().contact(contact).orElseThrow();
  }

  private String job() {
    return theCustomer().path("metadata").path("job").asString("");
  }

  private void phones(String ours, String theirs) {
    assertThat(theContact().value("phone")).isEqualTo(ours);
    assertThat(theCustomer().path("phone").asString("")).isEqualTo(theirs);
  }

  private Link theLink() {
    return Everything.linkOf(world, RecordId.customer(customer));
  }

  private static FieldMapping phoneAs(FieldMapping phone, FieldKind kind) {
    return new FieldMapping(
        phone.name(),
        kind,
        phone.hubspotProperties(),
        phone.stripePath(),
        phone.direction(),
        phone.policy(),
        phone.clearing(),
        Set.of());
  }

  private void assertShown(String field) {
    FieldDecision decision = operators.decision(theLink(), field);
    assertThat(decision.rule()).isEqualTo(Rule.DIFFERENT_SINCE_BEFORE);
    assertThat(decision.held()).isNotNull();
    assertThat(decision.isForAPerson()).isTrue();
  }

  @Test
  void reachesEveryLinkThoughNobodyTouchesIt() {
    people.contact("email", "bob@example.com", "firstname", "Bob");
    world.runUntilQuiet();

    operators.map("phone", phone -> phone.under(ConflictPolicy.HUBSPOT));
    Checks.settled(world);

    assertThat(Everything.links(world)).hasSize(2).allMatch(link -> link.mappingVersion() == 2);
  }

  /** The contact is to be read for the new field first, and nobody else asks for that. */
  @Test
  void makesACustomerWhoseTaskWaitedWhenAFieldWasAdded() {
    long bob = people.contact("email", "bob@example.com", "firstname", "Bob", "jobtitle", "Poet");
    world.runFor(Duration.ofMillis(300));

    operators.map(JOB);
    // A process that has just come up knows of it before the sweep has brought it to the link.
    world.processes().restart(world.program());
    world.runFor(Duration.ofSeconds(10));
    Checks.settled(world);

    Link link = Everything.linkOf(world, RecordId.contact(Long.toString(bob)));
    assertThat(link.isPair()).isTrue();
  }

  @Test
  void letsANewFieldMeetForTheFirstTime() {
    people.editContact(contact, "jobtitle", "Countess");
    world.runUntilQuiet();
    assertThat(job()).isEmpty();

    operators.map(JOB);
    Checks.settled(world);

    assertThat(job()).isEqualTo("Countess");
    assertThat(theLink().agreed()).containsKey(new FieldName("job"));
  }

  @Test
  void letsBlankOverwriteNothingWhereANewFieldMeets() {
    people.editCustomer(customer, "metadata[job]", "Mathematician");
    world.runUntilQuiet();

    operators.map(JOB);
    Checks.settled(world);

    assertThat(theContact().value("jobtitle")).isEqualTo("Mathematician");
  }

  @Test
  void settlesAConflictWhereANewFieldMeets() {
    people.editContact(contact, "jobtitle", "Countess");
    people.editCustomer(customer, "metadata[job]", "Mathematician");
    world.runUntilQuiet();

    operators.map(JOB);
    Checks.settled(world);

    assertThat(job()).as("without known times HubSpot wins").isEqualTo("Countess");
  }

  @Test
  void forgetsWhatItKnewOfAFieldThatWasOff() {
    operators.map("phone", phone -> phone.directed(Direction.OFF));
    world.runUntilQuiet();
    people.editContact(contact, "phone", "+44 20 2");
    people.editContact(contact, "phone", "");
    people.editCustomer(customer, "phone", "+44 20 3");
    world.runUntilQuiet();
    assertThat(theLink().hubspot().properties()).doesNotContainKey("phone");

    operators.map("phone", phone -> phone.directed(Direction.BOTH));
    Checks.settled(world);

    phones("+44 20 3", "+44 20 3");
  }

  @Test
  void showsOldDifferencesWhereADirectionIsWidened() {
    letPhonesDriftApart();

    operators.map("phone", phone -> phone.directed(Direction.BOTH));
    world.runUntilQuiet();

    phones("+44 20 2", "+44 20 3");
    assertShown("phone");
    Conflict values = Objects.requireNonNull(operators.decision(theLink(), "phone").conflict());
    assertThat(values.hubspot().text()).isEqualTo("+44 20 2");
    assertThat(values.stripe().text()).isEqualTo("+44 20 3");
  }

  /** Filled once, and then each side went its own way. */
  private void letPhonesDriftApart() {
    operators.map("phone", phone -> phone.directed(Direction.ONCE));
    world.runUntilQuiet();
    people.editContact(contact, "phone", "+44 20 2");
    people.editCustomer(customer, "phone", "+44 20 3");
    world.runUntilQuiet();
    phones("+44 20 2", "+44 20 3");
  }

  @Test
  void settlesAnOldDifferenceOnceASideChanges() {
    letPhonesDriftApart();
    operators.map("phone", phone -> phone.directed(Direction.BOTH));
    world.runUntilQuiet();

    people.editCustomer(customer, "phone", "+44 20 4");
    Checks.settled(world);

    phones("+44 20 4", "+44 20 4");
  }

  @Test
  void settlesAnOldDifferenceWhenAnOperatorAlignsIt() {
    letPhonesDriftApart();
    operators.map("phone", phone -> phone.directed(Direction.BOTH));
    world.runUntilQuiet();

    assertThat(operators.resolve(theLink().id(), "phone", Side.STRIPE)).isEqualTo(Outcome.DONE);
    Checks.settled(world);

    phones("+44 20 3", "+44 20 3");
    assertThat(operators.decision(theLink(), "phone").rule()).isEqualTo(Rule.UNCHANGED);
    assertThat(theLink().resolutions()).isEmpty();
  }

  @Test
  void showsOldDifferencesWhereADirectionIsTurned() {
    operators.map("phone", phone -> phone.directed(Direction.ONCE));
    world.runUntilQuiet();
    people.editCustomer(customer, "phone", "+44 20 3");
    world.runUntilQuiet();

    operators.map("phone", phone -> phone.directed(Direction.TO_STRIPE));
    world.runUntilQuiet();
    phones("+44 20 1", "+44 20 3");
    assertShown("phone");
    assertThat(operators.resolve(theLink().id(), "phone", Side.STRIPE))
        .isEqualTo(Outcome.AGAINST_DIRECTION);

    people.editContact(contact, "phone", "+44 20 5");
    Checks.settled(world);
    phones("+44 20 5", "+44 20 5");
  }

  @Test
  void writesBackEditsOfTheTargetOnceADirectionIsNarrowed() {
    operators.map("phone", phone -> phone.directed(Direction.TO_STRIPE));
    world.runUntilQuiet();

    people.editCustomer(customer, "phone", "+44 20 9");
    Checks.settled(world);
    phones("+44 20 1", "+44 20 1");

    people.editContact(contact, "phone", "+44 20 2");
    Checks.settled(world);
    phones("+44 20 2", "+44 20 2");
  }

  @Test
  void carriesAChangeThatWasUnderWayWhenTheDirectionWasWidened() {
    operators.map("phone", phone -> phone.directed(Direction.TO_STRIPE));
    world.runUntilQuiet();
    world.pause();
    people.editContact(contact, "phone", "+44 20 2");
    world.runFor(Duration.ofSeconds(30));

    operators.map("phone", phone -> phone.directed(Direction.BOTH));
    world.resume();
    Checks.settled(world);

    phones("+44 20 2", "+44 20 2");
  }

  @Test
  void showsWhatAChangedKindMakesUnequal() {
    people.editCustomer(customer, "phone", "+44-20-1");
    world.runUntilQuiet();
    phones("+44 20 1", "+44-20-1");

    operators.map("phone", phone -> phoneAs(phone, FieldKind.TEXT));
    world.runUntilQuiet();
    phones("+44 20 1", "+44-20-1");
    assertShown("phone");

    people.editContact(contact, "phone", "+44 20 7");
    Checks.settled(world);
    phones("+44 20 7", "+44 20 7");
  }

  @Test
  void agreesOnWhatAChangedKindMakesEqual() {
    operators.map("phone", phone -> phoneAs(phone.directed(Direction.ONCE), FieldKind.TEXT));
    world.runUntilQuiet();
    people.editCustomer(customer, "phone", "+44-20-1");
    world.runUntilQuiet();

    operators.map("phone", phone -> phoneAs(phone.directed(Direction.BOTH), FieldKind.PHONE));
    Checks.settled(world);

    phones("+44 20 1", "+44-20-1");
    assertThat(operators.decision(theLink(), "phone").rule()).isEqualTo(Rule.UNCHANGED);
  }

  @Test
  void meetsAnewWhereAFieldLivesElsewhere() {
    operators.map(
        new FieldMapping(
            new FieldName("title"),
            FieldKind.TEXT,
            List.of("jobtitle"),
            "description",
            Direction.BOTH,
            ConflictPolicy.LATEST,
            Clearing.PROPAGATE,
            Set.of()));
    people.editContact(contact, "jobtitle", "Countess");
    world.runUntilQuiet();
    assertThat(theCustomer().path("description").asString("")).isEqualTo("Countess");

    operators.map(
        "title",
        field -> FieldMapping.both("title", FieldKind.TEXT, List.of("jobtitle"), "metadata.job"));
    Checks.settled(world);

    assertThat(job()).isEqualTo("Countess");
    assertThat(theCustomer().path("description").asString("")).isEqualTo("Countess");
  }

  @Test
  void pairsNobodyByAddressUntilThatIsWanted() {
    World fresh = new World();
    People there = new People(fresh);
    Operators theirs = new Operators(fresh);
    theirs.matchByEmail(false);
    long bob = there.oldContact("email", "bob@example.com", "firstname", "Bob");
    String other = there.oldCustomer("email", "bob@example.com", "name", "Bob");
    // Who is there already was made before the tenant was connected, not in the same instant.
    fresh.runFor(Duration.ofSeconds(1));
    fresh.connect(ConnectMode.MATCH_ONLY);
    fresh.runUntilQuiet();
    Link alone = Everything.linkOf(fresh, RecordId.customer(other));
    assertThat(alone.isPair()).isFalse();
    assertThat(alone.waitsFor()).isNull();

    theirs.matchByEmail(true);
    Checks.settled(fresh);

    assertThat(Everything.linkOf(fresh, RecordId.customer(other)).record(Side.HUBSPOT))
        .isEqualTo(RecordId.contact(Long.toString(bob)));
  }

  @Test
  void findsGuestsByTheirAddressThoughNobodyIsPairedByIt() {
    operators.matchByEmail(false);
    world.runUntilQuiet();

    String purchase = people.guestBuys("ada@example.com", 500);
    Checks.settled(world);

    assertThat(world.hubspot().state().events(purchase)).hasSize(1);
  }

  /** A process may not have heard of new mappings yet; what it hears meanwhile is not lost. */
  @Test
  void losesNoChangeThatIsHeardBeforeTheNewMappingsAre() {
    people.editContact(contact, "phone", "+44 20 2");
    world.runFor(Duration.ofMillis(500));
    operators.map(JOB);
    world.with(Chance.pushesAfter(Duration.ofMinutes(5)));
    String bob = people.customer("email", "bob@example.com");
    world.runFor(Duration.ofMillis(100));
    world.with(Chance.NONE);
    people.editCustomer(bob, "metadata[job]", "poet");
    world.runFor(Duration.ofMillis(500));

    Checks.settled(world);

    Link link = Everything.linkOf(world, RecordId.customer(bob));
    long made = Long.parseLong(Objects.requireNonNull(link.record(Side.HUBSPOT)).id());
    assertThat(world.hubspot().state().contact(made).orElseThrow().value("jobtitle"))
        .isEqualTo("poet");
  }

  /** Its task is lost, and the new field is to be read before anything is done in its place. */
  @Test
  void readsANewFieldThoughTheTaskThatWaitedIsLost() {
    people.contact("email", "bob@example.com", "firstname", "Bob", "jobtitle", "poet");
    world.runFor(Duration.ofMillis(500));
    world.queues().tasks().forEach(world.queues()::lose);
    // The next sweep is the first one to find it overdue.
    world.runFor(Duration.ofSeconds(150));
    operators.map(JOB);

    Checks.settled(world);

    assertThat(world.stripe().state().customers())
        .anySatisfy(
            each -> assertThat(each.path("metadata").path("job").asString("")).isEqualTo("poet"));
  }

  /** Found by seed 15685: nobody listened for a while, and no sweep came by meanwhile. */
  @Test
  void readsAFieldThatWasOffForAMoment() {
    world.runFor(Duration.ofSeconds(1));
    operators.map("phone", field -> field.directed(Direction.OFF));
    world.runFor(Duration.ofSeconds(3));
    people.editCustomer(customer, "phone", "+44 20 7");
    world.runFor(Duration.ofSeconds(3));
    operators.map("phone", field -> field.directed(Direction.BOTH));

    Checks.settled(world);

    // A field that was off meets for the first time, where HubSpot's value goes first.
    phones("+44 20 1", "+44 20 1");
  }
}
