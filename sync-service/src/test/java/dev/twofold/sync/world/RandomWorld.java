package dev.twofold.sync.world;

import dev.twofold.simulators.hubspot.engine.HubSpotState.ContactView;
import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.Purchase;
import dev.twofold.sync.mapping.Clearing;
import dev.twofold.sync.mapping.Direction;
import dev.twofold.sync.mapping.FieldKind;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.FieldValue;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.tenant.ConnectMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * One random run: in act one people act while things go wrong, in act two nothing goes wrong any
 * more and everything has to come to rest, right.
 */
final class RandomWorld {

  private static final int ACTIONS = 45;
  private static final Set<String> MEETINGS = Set.of("joined", "exchanged", "unlinked", "attached");

  private final World world;
  private final RandomLife life;
  private final RandomTrouble trouble;
  private final Random random;
  private final long seed;
  private final boolean remaps;

  RandomWorld(long seed) {
    this.seed = seed;
    this.random = new Random(seed * 31 + 7);
    Duration hubspotSkew = skew();
    Duration stripeSkew = skew();
    boolean grouped = random.nextBoolean();
    this.world =
        new World(
            new World.Settings(
                seed,
                true,
                hubspotSkew,
                stripeSkew,
                grouped,
                random.nextInt(3) == 0,
                RandomMapping.draw(random),
                limits()));
    this.life = new RandomLife(world, random);
    world.watch().expectEntered(value -> life.entered().contains(value));
    this.trouble = new RandomTrouble(world, random);
    this.remaps = random.nextInt(4) == 0;
  }

  private Duration skew() {
    return random.nextInt(3) == 0
        ? Duration.ofMillis(random.nextInt(360_000) - 180_000)
        : Duration.ZERO;
  }

  /** Mostly those of the accounts, else such that a few calls are too many already. */
  private Map<Side, Integer> limits() {
    return random.nextInt(3) > 0
        ? World.Settings.PLAIN.limits()
        : Map.of(Side.HUBSPOT, 3 + random.nextInt(6), Side.STRIPE, 4 + random.nextInt(8));
  }

  /** Runs both acts, and says what became of them. */
  WorldResult result() {
    Instant begin = world.time().instant();
    List<String> wrong = run();
    Duration virtual = Duration.between(begin, world.time().instant());
    return new WorldResult(seed, virtual, world.tally().counts(), wrong);
  }

  /** Runs both acts, and says what is wrong; empty where nothing is. */
  List<String> run() {
    List<String> wrong = new ArrayList<>();
    try {
      actOne();
      wrong.addAll(new Checks(world).never());
      actTwo();
      Checks checks = new Checks(world);
      checks.never();
      checks.rest();
      wrong.clear();
      wrong.addAll(checks.silence());
      purchases(wrong);
      values(wrong);
      onlyEditors(wrong);
    } catch (AssertionError | RuntimeException failure) {
      wrong.add(String.valueOf(failure) + cause(failure));
    }
    return wrong;
  }

  private static String cause(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    StackTraceElement[] trace = cause.getStackTrace();
    return " / " + cause + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  /** What happened, for whoever reads a failure. */
  String story() {
    return "trouble %s%nmappings %s%n%s"
        .formatted(trouble.kinds(), mappings(), String.join("\n", life.told()));
  }

  private String mappings() {
    Mappings mappings = world.mappings();
    return mappings.fields().stream()
            .map(field ->
                "%s %s %s %s"
                    .formatted(field.name(), field.direction(), field.policy(), field.clearing()))
            .collect(Collectors.joining("; "))
        + (mappings.matchByEmail() ? "" : "; no match by e-mail");
  }

  World world() {
    return world;
  }

  private void actOne() {
    boolean connects = random.nextInt(4) == 0;
    if (connects) {
      for (int action = 0; action < 10; action++) {
        life.act();
        world.runFor(Duration.ofSeconds(1));
      }
    } else {
      world.goLive();
    }
    trouble.begin();
    world.with((Trouble) trouble).with((Chance) trouble);
    if (connects) {
      world.connectEventually(ConnectMode.CREATE_MISSING);
    }
    for (int action = 0; action < ACTIONS; action++) {
      life.act();
      trouble.now();
      if (remaps && random.nextInt(15) == 0) {
        life.remap();
      }
      int pause = random.nextInt(6);
      world.runFor(
          Duration.ofMillis(
              pause == 0 ? 0 : pause < 4 ? random.nextInt(3_000) : random.nextInt(60_000)));
    }
  }

  private void actTwo() {
    world.calmDown();
    world.processes().thawAll();
    world.runUntilQuiet();
  }

  /** Each purchase is one event on its contact, or waits with a reason. */
  private void purchases(List<String> wrong) {
    for (String id : life.purchases()) {
      int events = world.hubspot().state().events(id).size();
      Object document = world.links().documents(World.TENANT).get(DocumentKey.ofPurchase(id));
      if (!(document instanceof Purchase purchase)) {
        wrong.add("purchase " + id + " is not known");
        continue;
      }
      switch (purchase.state()) {
        case SENT -> {
          if (events != 1) {
            wrong.add("purchase " + id + " counts as sent, and HubSpot has " + events);
          }
        }
        case SHOWN -> wrong.add("purchase " + id + " is shown where HubSpot takes events");
        case QUEUED -> wrong.add("purchase " + id + " is still queued");
        case PARKED -> {
          if (purchase.reason() == null) {
            wrong.add("purchase " + id + " is parked without a reason");
          }
        }
        case WAITING -> waiting(purchase, wrong);
      }
    }
  }

  private void waiting(Purchase purchase, List<String> wrong) {
    Everything.links(world).stream()
        .filter(link -> link.id().equals(purchase.link()))
        .filter(link -> link.record(Side.HUBSPOT) != null)
        .forEach(
            link -> wrong.add("purchase " + purchase.id() + " waits for a contact that is there"));
  }

  /** No record holds a value that nobody ever entered. */
  private void values(List<String> wrong) {
    Set<String> entered = life.entered();
    for (ContactView contact : world.hubspot().state().liveContacts()) {
      for (String property : List.of("email", "phone")) {
        refuseInvented(entered, contact.value(property), "contact " + contact.id(), wrong);
      }
      String name = contact.value("firstname") + " " + contact.value("lastname");
      for (String word : name.strip().split(" ", -1)) {
        refuseInvented(entered, word, "contact " + contact.id(), wrong);
      }
    }
    for (ObjectNode customer : world.stripe().state().customers()) {
      String id = customer.path("id").asString();
      refuseInvented(entered, customer.path("email").asString(""), id, wrong);
      refuseInvented(entered, customer.path("phone").asString(""), id, wrong);
      for (String word : customer.path("name").asString("").split(" ", -1)) {
        refuseInvented(entered, word, id, wrong);
      }
    }
  }

  private static void refuseInvented(
      Set<String> entered, String value, String where, List<String> wrong) {
    if (!value.isEmpty() && !entered.contains(value)) {
      wrong.add(where + " holds '" + value + "', which nobody entered");
    }
  }

  /** Whether the pair is more than one person's record and its copy, or was merged. */
  private boolean hasMet(Link link) {
    boolean merged =
        world.hubspot().state().contacts().stream()
            .filter(contact -> Long.toString(contact.id()).equals(id(link, Side.HUBSPOT)))
            .anyMatch(contact -> !contact.mergedIds().isEmpty());
    return merged
        || world.links().happened(World.TENANT, link.id()).stream().anyMatch(MEETINGS::contains);
  }

  private static String id(Link link, Side side) {
    RecordId record = link.record(side);
    return record == null ? "" : record.id();
  }

  /** Where only one side's people ever entered a phone number, their last one is on both sides. */
  private void onlyEditors(List<String> wrong) {
    Map<String, RandomLife.Entry> phones = life.phones();
    boolean travels =
        world.mappings().active().stream()
            .filter(field -> field.name().value().equals("phone"))
            .anyMatch(field ->
                field.direction() == Direction.BOTH && field.clearing() == Clearing.PROPAGATE);
    if (!travels || world.isRemapped()) {
      return;
    }
    for (Link link : Everything.links(world)) {
      RecordId contact = link.record(Side.HUBSPOT);
      RecordId customer = link.record(Side.STRIPE);
      if (contact == null || customer == null || link.swings().frozen() != null) {
        continue;
      }
      RandomLife.Entry ours = phones.get(contact.id());
      RandomLife.Entry theirs = phones.get(customer.id());
      boolean oneEditor = (ours == null) != (theirs == null);
      boolean copied = life.made().contains(contact.id()) != life.made().contains(customer.id());
      boolean parked = link.hubspot().parked() != null || link.stripe().parked() != null;
      if (!oneEditor || !copied || parked || hasMet(link)) {
        continue;
      }
      RandomLife.Entry last = ours != null ? ours : theirs;
      String held =
          world
              .stripe()
              .state()
              .customer(customer.id())
              .map(each -> each.path("phone").asString(""))
              .orElse("");
      if (last != null && !FieldKind.PHONE.same(FieldValue.of(last.value()), FieldValue.of(held))) {
        wrong.add(
            "of link %s only one side's people entered phones, last '%s' at %s, and '%s' is held"
                .formatted(link.id(), last.value(), last.at(), held));
      }
    }
  }
}
