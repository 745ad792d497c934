package dev.twofold.localstack.demo;

import dev.twofold.localstack.demo.Watch.Deed;
import dev.twofold.localstack.demo.Watch.Group;
import dev.twofold.localstack.stack.StackProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Plays the main flows once: two accounts that already hold people are connected, people are
 * entered on both sides, changed on both sides, and buy. Then it waits until nothing moves and
 * checks what both sides hold. Can be played again and again on the same stack.
 */
public final class Demo {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final int CHANGED_ON_BOTH = 5;
  private static final String CURRENCY = "eur";

  private final Stage stage;
  private final Pace pace;
  private final Consumer<String> progress;
  private final Watch watch;
  private final Map<String, Person> people = new LinkedHashMap<>();
  private final List<Purchase> purchases = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  /**
   * How patient the play is.
   *
   * @param appearsWithin how long something may take to appear before it counts as missing
   * @param quietFor for how long no call may be made for all to count as quiet
   */
  public record Pace(Duration appearsWithin, Duration quietFor) {
    /** For a person who watches. */
    public static final Pace USUAL = new Pace(Duration.ofSeconds(60), Duration.ofSeconds(3));
  }

  /** On that stack; tells in words how far it is. */
  public Demo(Stage stage, Pace pace, Consumer<String> progress) {
    this.stage = stage;
    this.pace = pace;
    this.progress = progress;
    this.watch = new Watch(stage.hubSpot(), stage.stripe(), pace.appearsWithin());
  }

  /** Plays it with people of that run's name. */
  public DemoReport play(String run) throws InterruptedException {
    Cast cast = Cast.of(run);
    seed(cast);
    connect(cast);
    newcomers(cast);
    changes(cast.newContacts().subList(0, CHANGED_ON_BOTH));
    buy(cast.matching().getFirst(), cast.newContacts().getLast(), cast.newCustomers().getFirst());
    progress.accept("waiting until nothing moves any more");
    boolean isQuiet = stage.quiet().await(pace.quietFor(), pace.appearsWithin());
    List<String> findings =
        new ArrayList<>(watch.look().checks().findings(List.copyOf(people.values()), purchases));
    if (!isQuiet) {
      findings.add("it never became quiet: calls were still made after " + pace.appearsWithin());
    }
    return new DemoReport(rows, findings);
  }

  /** People from before the connection: neither side told anybody of them. */
  private void seed(Cast cast) throws InterruptedException {
    progress.accept("10 people are in both accounts, 5 in HubSpot only, 5 in Stripe only");
    for (Person person : cast.matching()) {
      stage.hubSpot().enterSilently(person);
      stage.stripe().enterSilently(person.withPhone(""));
    }
    for (Person person : cast.onlyHubSpot()) {
      stage.hubSpot().enterSilently(person);
    }
    for (Person person : cast.onlyStripe()) {
      stage.stripe().enterSilently(person);
    }
  }

  private void connect(Cast cast) throws InterruptedException {
    progress.accept("connecting both accounts, creating what is missing on either side");
    long begin = System.nanoTime();
    stage.sync().connect("create-missing");
    awaitLive(begin);
    rows.addAll(
        watch.await(
            arrivals(
                "connected; 10 people were in both",
                "joined, phones filled in",
                begin,
                cast.matching()),
            arrivals(
                "connected; 5 people were in HubSpot only",
                "customers in Stripe",
                begin,
                cast.onlyHubSpot()),
            arrivals(
                "connected; 5 people were in Stripe only",
                "contacts in HubSpot",
                begin,
                cast.onlyStripe())));
  }

  private void awaitLive(long begin) throws InterruptedException {
    long deadline = begin + pace.appearsWithin().toNanos();
    SyncApi.TenantView tenant = stage.sync().tenant();
    while (!tenant.state().equals("live")) {
      if (System.nanoTime() - deadline > 0) {
        throw new StackProblem(
            "The tenant is '%s' instead of 'live' after %s: %s"
                .formatted(tenant.state(), pace.appearsWithin(), tenant.details()));
      }
      Thread.sleep(BETWEEN_LOOKS);
      tenant = stage.sync().tenant();
    }
  }

  private void newcomers(Cast cast) throws InterruptedException {
    progress.accept("10 people are entered in HubSpot, 5 in Stripe");
    List<Deed> contacts = new ArrayList<>();
    for (Person person : cast.newContacts()) {
      contacts.add(arrival(person, System.nanoTime()));
      stage.hubSpot().enter(person);
    }
    List<Deed> customers = new ArrayList<>();
    for (Person person : cast.newCustomers()) {
      customers.add(arrival(person, System.nanoTime()));
      stage.stripe().enter(person);
    }
    rows.addAll(
        watch.await(
            new Group(
                "10 contacts entered in HubSpot",
                "customers in Stripe",
                contacts,
                page(cast.newContacts())),
            new Group(
                "5 customers entered in Stripe",
                "contacts in HubSpot",
                customers,
                page(cast.newCustomers()))));
  }

  /** Different fields of the same people on both sides at once: neither may undo the other. */
  private void changes(List<Person> changed) throws InterruptedException {
    progress.accept("5 people are changed on both sides: phone in HubSpot, name in Stripe");
    Moment before = watch.look();
    List<Deed> deeds = new ArrayList<>();
    for (Person person : changed) {
      String contact = before.contactOf(person);
      String customer = before.customerOf(person);
      Person after =
          person.withPhone(person.phone() + "9").withLastName(person.lastName() + "-Novak");
      deeds.add(arrival(after, System.nanoTime()));
      stage.hubSpot().changePhone(contact, after.phone());
      stage.stripe().changeName(customer, after.fullName());
    }
    rows.addAll(
        watch.await(
            new Group(
                "5 people changed on both sides at once",
                "both changes on both sides",
                deeds,
                page(changed))));
  }

  private void buy(Person... buyers) throws InterruptedException {
    progress.accept("3 purchases in Stripe");
    Moment before = watch.look();
    List<Deed> deeds = new ArrayList<>();
    for (Person buyer : buyers) {
      long amount = 1990L + 1000L * deeds.size();
      long doneAt = System.nanoTime();
      String id = stage.stripe().buy(before.customerOf(buyer), amount, CURRENCY);
      Purchase purchase = new Purchase(id, buyer, amount, CURRENCY);
      purchases.add(purchase);
      deeds.add(new Deed(doneAt, checks -> checks.isSettled(purchase)));
    }
    rows.addAll(
        watch.await(
            new Group(
                "3 purchases in Stripe",
                "custom events on the contacts",
                deeds,
                page(List.of(buyers)))));
  }

  private Group arrivals(String done, String appeared, long doneAt, List<Person> arrived) {
    List<Deed> deeds = arrived.stream().map(person -> arrival(person, doneAt)).toList();
    return new Group(done, appeared, deeds, page(arrived));
  }

  /** From now on the person is expected on both sides like this. */
  private Deed arrival(Person person, long doneAt) {
    people.put(person.email(), person);
    return new Deed(doneAt, checks -> checks.isSettled(person));
  }

  private String page(List<Person> about) {
    return stage.sync().page(about.getFirst().email());
  }
}
