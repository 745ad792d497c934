package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.hubspot.engine.Author;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two writes processes at work on one pair, which should not be and sometimes is. */
final class ProcessScenarioTest {

  private static final String A = "+44 20 0000 0001";
  private static final String B = "+44 20 0000 0002";

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

  /** One process has read the contact and freezes; the other writes it; then the first records. */
  @Test
  void doesNotTakeAnOldReadForAChangeOfWhatAnotherProcessWrote() {
    world.with(
        Trouble.once(
            "hubspot.read",
            Trouble.Moment.AFTER,
            passage -> {
              Gate.freeze(world, passage.program(), Duration.ofSeconds(40));
              world.startProgram();
              people.editCustomer(customer, "phone", B);
            }));
    // Under our own app's name, so that only a read tells what it is.
    Author ours = new Author("INTEGRATION", "77001");
    world.hubspot().person().update(contact, People.values("lastname", "Byron"), ours);

    Checks.settled(world);

    phones(B);
  }

  /** The same with a read of the customer. */
  @Test
  void doesNotTakeAnOldReadOfACustomerForAChangeEither() {
    world.with(
        Trouble.once(
            "stripe.read",
            Trouble.Moment.AFTER,
            passage -> {
              Gate.freeze(world, passage.program(), Duration.ofSeconds(40));
              world.startProgram();
              people.editContact(contact, "phone", B);
            }));
    // Two changes of one second leave in doubt what the customer holds.
    people.editCustomer(customer, "phone", "+44 20 0000 0003");
    people.editCustomer(customer, "phone", A);

    Checks.settled(world);

    phones(B);
  }
}
