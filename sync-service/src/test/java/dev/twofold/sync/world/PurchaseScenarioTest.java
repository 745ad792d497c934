package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.hubspot.engine.HubSpotState.ContactView;
import dev.twofold.simulators.web.Fault;
import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.Purchase;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Purchases of an account below the Enterprise tier, which has no custom events. */
final class PurchaseScenarioTest {

  private final World world = World.live();
  private final People people = new People(world);

  PurchaseScenarioTest() {
    world.hubspot().account().allowCustomEvents(false);
  }

  private ContactView onlyContact() {
    assertThat(world.hubspot().state().liveContacts()).hasSize(1);
    return world.hubspot().state().liveContacts().getFirst();
  }

  private Purchase stored(String purchase) {
    return (Purchase)
        Objects.requireNonNull(
            world.links().documents(World.TENANT).get(DocumentKey.ofPurchase(purchase)));
  }

  @Test
  void showsThePurchaseOnTheContactAndSaysWhy() {
    String customer = people.customer("email", "ada@example.com", "name", "Ada Lovelace");
    Checks.settled(world);
    String purchase = people.buys(customer, 4250);

    Checks.settled(world);

    assertThat(onlyContact().value("stripe_last_purchase_id")).isEqualTo(purchase);
    assertThat(onlyContact().value("stripe_last_purchase_amount")).isEqualTo("42.50");
    assertThat(onlyContact().value("stripe_last_purchase_currency")).isEqualTo("EUR");
    assertThat(onlyContact().value("stripe_last_purchase_at")).isNotEmpty();
    assertThat(stored(purchase).state()).isEqualTo(Purchase.State.SHOWN);
    assertThat(stored(purchase).reason()).contains("Enterprise");
  }

  /** Two purchases of one person are one change of the contact, the later one's. */
  @Test
  void showsTheLaterOfTwo() {
    String customer = people.customer("email", "ada@example.com", "name", "Ada Lovelace");
    people.buys(customer, 100);
    world.runFor(Duration.ofSeconds(1));
    String later = people.buys(customer, 200);

    Checks.settled(world);

    assertThat(onlyContact().value("stripe_last_purchase_id")).isEqualTo(later);
  }

  /** The notice of the first purchase comes an hour after that of the second. */
  @Test
  void keepsTheLaterOneWhenTheEarlierComesLast() {
    String customer = people.customer("email", "ada@example.com", "name", "Ada Lovelace");
    Checks.settled(world);
    world.with(
        new Chance() {
          private int count;

          @Override
          public Duration pushDelay() {
            return count++ == 0 ? Duration.ofHours(1) : Duration.ofMillis(20);
          }
        });
    String earlier = people.buys(customer, 100);
    world.runFor(Duration.ofSeconds(5));
    String later = people.buys(customer, 200);

    Checks.settled(world);

    assertThat(onlyContact().value("stripe_last_purchase_id")).isEqualTo(later);
    assertThat(stored(earlier).state()).isEqualTo(Purchase.State.SHOWN);
  }

  /** The change of the contact took effect, its answer was lost, and meanwhile more was bought. */
  @Test
  void showsTheLaterOneWhenTheAnswerOfTheFirstIsLost() {
    String customer = people.customer("email", "ada@example.com", "name", "Ada Lovelace");
    Checks.settled(world);
    world.hubspot().faults().add(Fault.lostAnswer().times(1).on("POST", "batch/update"));
    people.buys(customer, 100);
    world.runFor(Duration.ofSeconds(4));
    String later = people.buys(customer, 200);

    Checks.settled(world);

    assertThat(onlyContact().value("stripe_last_purchase_id")).isEqualTo(later);
  }

  /** A contact that is on its own shows what a guest with its address bought. */
  @Test
  void showsTheGuestsPurchaseOnAContactThatIsAlone() {
    people.contact("email", "ada@example.com", "firstname", "Ada");
    Checks.settled(world);
    String purchase = people.guestBuys("ada@example.com", 900);

    Checks.settled(world);

    assertThat(onlyContact().value("stripe_last_purchase_id")).isEqualTo(purchase);
  }

  @Test
  void sendsEventsOnceTheAccountHasThem() {
    String customer = people.customer("email", "ada@example.com", "name", "Ada Lovelace");
    people.buys(customer, 100);
    Checks.settled(world);
    world.hubspot().account().allowCustomEvents(true);
    world.runFor(Duration.ofMinutes(61));
    world.runInside(() -> world.program().hubspot().setUp(World.TENANT));
    String purchase = people.buys(customer, 200);

    Checks.settled(world);

    assertThat(world.hubspot().state().events(purchase)).hasSize(1);
    assertThat(stored(purchase).state()).isEqualTo(Purchase.State.SENT);
  }
}
