package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.link.Link;
import dev.twofold.sync.mapping.Clearing;
import dev.twofold.sync.mapping.ConflictPolicy;
import dev.twofold.sync.mapping.Direction;
import dev.twofold.sync.mapping.FieldKind;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values that would not survive the trip there and back: nobody is called, and the link says why.
 */
final class HeldScenarioTest {

  private final World world = World.live();
  private final People people = new People(world);
  private final Operators operators = new Operators(world);
  private long contact;
  private String customer = "";

  @BeforeEach
  void startWithAPair() {
    contact = people.contact("email", "ada@example.com", "firstname", "Ada", "phone", "+44 20 1");
    world.runUntilQuiet();
    customer = world.stripe().state().customers().getFirst().path("id").asString();
  }

  private Link theLink() {
    return Everything.linkOf(world, RecordId.customer(customer));
  }

  private ObjectNode theCustomer() {
    return world.stripe().state().customer(customer).orElseThrow();
  }

  private long calls() {
    return world.hubspot().calls().total() + world.stripe().calls().total();
  }

  private void assertHeld(String field, String why, Runnable edit) {
    long before = calls();

    edit.run();
    Checks.settled(world);

    assertThat(calls()).as("calls that would have bounced").isEqualTo(before);
    assertThat(operators.decision(theLink(), field).held()).contains(why);
    assertThat(Everything.parked(world)).isEmpty();
  }

  @Test
  void holdsAPhoneThatIsTooLongForStripe() {
    assertHeld(
        "phone",
        "Stripe takes at most 20 characters here, the value has 29",
        () -> people.editContact(contact, "phone", "+44 (0)20 0000 0001 ext. 1234"));

    people.editContact(contact, "phone", "+44 20 2");
    Checks.settled(world);
    assertThat(theCustomer().path("phone").asString("")).isEqualTo("+44 20 2");
  }

  @Test
  void holdsANameThatIsTooLongForStripe() {
    assertHeld(
        "name",
        "Stripe takes at most 256 characters here",
        () -> people.editContact(contact, "lastname", "a".repeat(300)));
  }

  @Test
  void holdsAnAddressThatHubSpotWouldRefuse() {
    assertHeld(
        "email",
        "HubSpot refuses addresses below .test",
        () -> people.editCustomer(customer, "email", "ada@example.test"));
  }

  @Test
  void holdsATextThatIsTooLongForMetadata() {
    operators.map(
        FieldMapping.both("message", FieldKind.TEXT, List.of("message"), "metadata.message"));
    world.hubspot().account().subscribeTo(Set.of("*"));
    world.runUntilQuiet();

    assertHeld(
        "message",
        "Stripe takes at most 500 characters here",
        () -> people.editContact(contact, "message", "x".repeat(501)));
  }

  @Test
  void holdsAChoiceThatHubSpotDoesNotHave() {
    operators.map(
        new FieldMapping(
            new FieldName("stage"),
            FieldKind.CHOICE,
            List.of("lifecyclestage"),
            "metadata.stage",
            Direction.BOTH,
            ConflictPolicy.LATEST,
            Clearing.PROPAGATE,
            Set.of("lead", "customer")));
    world.runUntilQuiet();

    assertHeld(
        "stage",
        "HubSpot does not have this choice",
        () -> people.editCustomer(customer, "metadata[stage]", "friend"));

    people.editCustomer(customer, "metadata[stage]", "customer");
    Checks.settled(world);
    assertThat(world.hubspot().state().contact(contact).orElseThrow().value("lifecyclestage"))
        .isEqualTo("customer");
  }

  @Test
  void makesARecordWithoutTheValueThatIsHeld() {
    people.contact(
        "email", "bob@example.com", "firstname", "Bob", "phone", "+44 (0)20 0000 0001 ext. 1234");
    Checks.settled(world);

    ObjectNode made =
        world.stripe().state().customers().stream()
            .filter(each -> each.path("email").asString("").equals("bob@example.com"))
            .findFirst()
            .orElseThrow();
    assertThat(made.path("phone").asString("")).isEmpty();
    Link link = Everything.linkOf(world, RecordId.customer(made.path("id").asString()));
    assertThat(operators.decision(link, "phone").held()).contains("at most 20 characters");
  }

  @Test
  void makesNobodyOfAnAddressThatIsHeldAndSaysSo() {
    String made = people.customer("email", "bob@example.test", "name", "Bob");
    Checks.settled(world);

    Link link = Everything.linkOf(world, RecordId.customer(made));
    assertThat(world.hubspot().state().liveContacts()).hasSize(1);
    assertThat(operators.plan(link).withheld().get(Side.HUBSPOT))
        .isEqualTo("its e-mail address is held: HubSpot refuses addresses below .test");
  }
}
