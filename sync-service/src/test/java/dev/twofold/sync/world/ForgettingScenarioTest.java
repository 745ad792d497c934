package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.hubspot.engine.Author;
import dev.twofold.simulators.web.Fault;
import dev.twofold.sync.link.HistoryEntry;
import dev.twofold.sync.link.Link;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A person is to be forgotten: nothing we keep tells of them, whenever and wherever it was told.
 */
final class ForgettingScenarioTest {

  private final World world =
      new World(
              new World.Settings(
                  1,
                  false,
                  Duration.ZERO,
                  Duration.ZERO,
                  false,
                  false,
                  World.Settings.PLAIN.mappings(),
                  World.Settings.PLAIN.limits()))
          .goLive();
  private final People people = new People(world);

  /** A write is under way, so the link goes on; the plain deletion is heard of after the other. */
  @Test
  void tellsNothingMoreOfAPersonWhoseForgettingWaits() {
    long contact = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runUntilQuiet();
    String customer = world.stripe().state().customers().getFirst().path("id").asString();
    world
        .stripe()
        .faults()
        .add(Fault.outage().until(world.stripe().now().plus(Duration.ofMinutes(5))));
    people.editContact(contact, "phone", "+44 20 2");
    world.runFor(Duration.ofSeconds(5));
    world.with(new FirstPushLate());
    world.hubspot().person().gdprDelete(contact, Author.person());
    world.runFor(Duration.ofSeconds(5));
    people.editCustomer(customer, "name", "Secret Name");
    world.runUntilQuiet();

    assertThat(histories()).doesNotContain("Secret").doesNotContain("+44 20 2");
  }

  @Test
  void erasesWhatWasToldInALinkThatWasJoined() {
    people.customer("email", "ada@example.com", "name", "Ada Lovelace");
    world.hubspot().faults().add(Fault.lostAnswer().on("POST", "/batch/create").times(1));
    world.runUntilQuiet();
    long first = world.hubspot().state().liveContacts().getFirst().id();
    world.hubspot().person().delete(first, Author.person());
    world.runUntilQuiet();
    long second = people.contact("email", "ada@example.com", "firstname", "Ada");
    world.runUntilQuiet();
    assertThat(histories()).contains("ada@example.com");
    world.hubspot().person().gdprDelete(second, Author.person());
    world.runUntilQuiet();

    assertThat(histories()).doesNotContain("ada@example.com");
  }

  /** Also of links that stand no more. */
  private String histories() {
    StringBuilder all = new StringBuilder();
    world.links().documents(World.TENANT).values().stream()
        .filter(Link.class::isInstance)
        .map(Link.class::cast)
        .flatMap(link -> world.links().history(World.TENANT, link.id(), 100).stream())
        .map(HistoryEntry::details)
        .forEach(all::append);
    return all.toString();
  }

  private static final class FirstPushLate implements Chance {
    private boolean pushed;

    @Override
    public Duration pushDelay() {
      Duration delay = pushed ? Duration.ofMillis(20) : Duration.ofSeconds(2);
      pushed = true;
      return delay;
    }
  }
}
