package dev.twofold.localstack.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The people of one run. Each run has an own name in every address, so that runs on the same stack
 * do not meet.
 *
 * @param matching known to both sides before the accounts are connected
 * @param onlyHubSpot known to HubSpot alone before that
 * @param onlyStripe known to Stripe alone before that
 * @param newContacts entered in HubSpot afterwards
 * @param newCustomers entered in Stripe afterwards
 */
public record Cast(
    List<Person> matching,
    List<Person> onlyHubSpot,
    List<Person> onlyStripe,
    List<Person> newContacts,
    List<Person> newCustomers) {
  private static final List<String> FIRST_NAMES =
      List.of("Ada", "Bela", "Carla", "Dario", "Edith", "Farid", "Grace", "Hugo", "Ines", "Jonas");
  private static final List<String> LAST_NAMES =
      List.of("Almeida", "Berger", "Costa", "Dahl", "Evans", "Fischer", "Garcia", "Hansen");

  /** As many of each kind as the demo shows. */
  public static Cast of(String run) {
    Casting casting = new Casting(run);
    return new Cast(
        casting.next(10, "both"),
        casting.next(5, "hubspot"),
        casting.next(5, "stripe"),
        casting.next(10, "contact"),
        casting.next(5, "customer"));
  }

  /** Hands out people, no two with the same address or phone. */
  private static final class Casting {
    private final String run;
    private final long phonePrefix;
    private int index;

    Casting(String run) {
      this.run = run;
      this.phonePrefix = Math.floorMod(run.hashCode(), 100_000);
    }

    List<Person> next(int count, String kind) {
      List<Person> people = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String first = FIRST_NAMES.get(index % FIRST_NAMES.size());
        String last = LAST_NAMES.get(index % LAST_NAMES.size());
        String local = "%s.%s.%s%d.%s".formatted(first, last, kind, i, run);
        people.add(
            new Person(
                local.toLowerCase(Locale.ROOT) + "@example.com",
                first,
                last,
                "+4479%05d%03d".formatted(phonePrefix, index)));
        index++;
      }
      return people;
    }
  }
}
