package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.hubspot.engine.HubSpotState.ContactView;
import dev.twofold.sync.link.Document;
import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.OutboxRow;
import dev.twofold.sync.link.Planner;
import dev.twofold.sync.link.RecordClaim;
import dev.twofold.sync.link.SideState;
import dev.twofold.sync.mapping.Direction;
import dev.twofold.sync.mapping.FieldKind;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.merge.Rule;
import dev.twofold.sync.record.FieldValue;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.tenant.ConnectMode;
import dev.twofold.sync.tenant.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What must be true of every world, at any time and in the end. */
final class Checks {

  private static final String MARK = "stripe_customer_id";

  private final World world;
  private final Mappings mappings;
  private final List<String> wrong = new ArrayList<>();

  Checks(World world) {
    this.world = world;
    this.mappings = world.mappings();
  }

  /** Lets the world come to rest, and looks at everything. */
  static void settled(World world) {
    world.runUntilQuiet();
    Checks checks = new Checks(world);
    checks.never();
    checks.rest();
    checks.silence();
    assertThat(checks.wrong).as("what is wrong in the end").isEmpty();
  }

  /** What may never happen, whatever goes wrong. */
  List<String> never() {
    oneToOne();
    wrong.addAll(world.watch().wrong());
    wrong.addAll(world.unforeseen());
    if (!world.topic().dead().isEmpty()) {
      wrong.add(world.topic().dead().size() + " messages went to the dead letters");
    }
    return wrong;
  }

  /** What must be true once nothing goes on any more. */
  List<String> rest() {
    for (Document document : world.links().documents(World.TENANT).values()) {
      if (document instanceof OutboxRow row) {
        wrong.add("the outbox holds " + row);
      }
      if (document instanceof Link link && link.joinedInto() == null) {
        link(link);
      }
    }
    everybodyIsKnown();
    namedOnce();
    if (world.topic().waiting() > 0) {
      wrong.add(world.topic().waiting() + " messages are not acknowledged");
    }
    return wrong;
  }

  List<String> silence() {
    long calls = world.hubspot().calls().total() + world.stripe().calls().total();
    world.runFor(Duration.ofMinutes(1));
    long more = world.hubspot().calls().total() + world.stripe().calls().total() - calls;
    if (more > 0) {
      wrong.add(more + " calls in a minute of silence");
    }
    return wrong;
  }

  /** No record is in two links. */
  private void oneToOne() {
    Map<RecordId, Link> owners = new HashMap<>();
    for (Link link : links()) {
      for (Side side : Side.values()) {
        RecordId record = link.record(side);
        Link other = record == null ? null : owners.put(record, link);
        if (other != null) {
          wrong.add(record + " is in links " + other.id() + " and " + link.id());
        }
      }
    }
  }

  /** No two customers name one contact, unless people have parted them since. */
  private void namedOnce() {
    Map<String, RecordId> named = new HashMap<>();
    for (ObjectNode customer : world.stripe().state().customers()) {
      String contact = customer.path("metadata").path("hubspot_contact_id").asString("");
      RecordId id = RecordId.customer(customer.path("id").asString(""));
      if (contact.isEmpty() || isForgotten(id) || Everything.isParted(world, id)) {
        continue;
      }
      RecordId other = named.put(contact, id);
      if (other != null) {
        wrong.add(other + " and " + id + " both name contact " + contact);
      }
    }
  }

  private List<Link> links() {
    List<Link> links = new ArrayList<>();
    for (Document document : world.links().documents(World.TENANT).values()) {
      if (document instanceof Link link && link.joinedInto() == null) {
        links.add(link);
      }
    }
    return links;
  }

  private void link(Link link) {
    for (Side side : Side.values()) {
      SideState state = link.side(side);
      if (state.task() != null) {
        wrong.add("link " + link.id() + " waits on " + side + " for " + state.task());
      }
      if (state.open() != null) {
        wrong.add("link " + link.id() + " has open on " + side + " " + state.open());
      }
      known(link, side);
    }
    if (link.isPair()) {
      pair(link);
    } else {
      alone(link);
    }
    if (link.record(Side.HUBSPOT) != null && !link.purchases().isEmpty()) {
      wrong.add("link " + link.id() + " has a contact and keeps purchases waiting");
    }
  }

  /** What the link knows of a record is what the record holds. */
  private void known(Link link, Side side) {
    RecordId record = link.record(side);
    if (record == null || link.swings().frozen() != null) {
      return;
    }
    Optional<Map<String, String>> actual = actual(record);
    if (actual.isEmpty()) {
      if (link.side(side).stopped() == null) {
        wrong.add("link " + link.id() + " holds " + record + ", which is not there");
      }
      return;
    }
    actual
        .get()
        .forEach((property, value) -> {
          String known = link.side(side).register(property).value();
          boolean same = known == null ? value.isEmpty() : known.equals(value);
          if (!same && !looselySame(property, known, value)) {
            wrong.add(
                "of %s the link knows %s '%s', it is '%s'"
                    .formatted(record, property, known, value));
          }
        });
  }

  private static boolean looselySame(String property, @Nullable String known, String value) {
    return property.equals("email") && known != null && known.equalsIgnoreCase(value);
  }

  private void pair(Link link) {
    Optional<Map<String, String>> contact = actual(required(link, Side.HUBSPOT));
    Optional<Map<String, String>> customer = actual(required(link, Side.STRIPE));
    if (contact.isEmpty() || customer.isEmpty()) {
      return;
    }
    for (FieldMapping field : mappings.active()) {
      List<String> parts =
          field.hubspotProperties().stream().map(name -> value(contact, name)).toList();
      FieldValue ours = new FieldValue(parts);
      // A name in another order of words is the same name.
      FieldValue theirs = field.kind().ofStripe(value(customer, field.stripePath()), ours);
      boolean filled =
          field.direction() == Direction.ONCE && link.agreed().containsKey(field.name());
      if (!field.kind().same(ours, theirs) && !filled && !hasReason(link, field)) {
        wrong.add(
            "%s differs in link %s: HubSpot '%s', Stripe '%s'"
                .formatted(field.name(), link.id(), ours.text(), theirs.text()));
      }
    }
    String mark =
        world
            .hubspot()
            .state()
            .contact(Long.parseLong(required(link, Side.HUBSPOT).id()))
            .map(view -> view.value(MARK))
            .orElse("");
    boolean excused = link.hubspot().parked() != null || link.swings().frozen() != null;
    if (!mark.equals(required(link, Side.STRIPE).id()) && !excused) {
      wrong.add("contact of link " + link.id() + " carries the mark '" + mark + "'");
    }
  }

  private boolean hasReason(Link link, FieldMapping field) {
    boolean held =
        new Planner(mappings, null)
            .decide(link).stream()
                .filter(decision -> decision.field().equals(field.name()))
                // Nothing can differ since before the mappings changed where they never did.
                .filter(decision ->
                    decision.rule() != Rule.DIFFERENT_SINCE_BEFORE || world.isRemapped())
                .anyMatch(decision -> decision.held() != null || isReason(decision.rule()));
    return held
        || link.swings().frozen() != null
        || link.hubspot().parked() != null
        || link.stripe().parked() != null;
  }

  private static boolean isReason(Rule rule) {
    return rule == Rule.BLANK_NEVER_OVERWRITES;
  }

  /** Whoever is alone has a reason that an operator can read. */
  private void alone(Link link) {
    Side side = link.record(Side.HUBSPOT) != null ? Side.HUBSPOT : Side.STRIPE;
    RecordId record = link.record(side);
    if (record == null) {
      return;
    }
    SideState across = link.side(side.other());
    String email = link.side(side).register("email").value();
    boolean nobody =
        email == null
            || email.isBlank()
            || FieldKind.EMAIL
                .problem(mappings.email().orElseThrow(), side.other(), FieldValue.of(email))
                .isPresent()
            || !canBeNamed(link, side);
    if (link.waitsFor() != null && !isHeldByAnother(link.waitsFor())) {
      wrong.add(record + " waits for an address that nobody else has");
    }
    boolean explained =
        link.unlinked() != null
            || link.waitsFor() != null
            || across.stopped() != null
            || across.parked() != null
            || link.side(side).stopped() != null
            || link.backlog() != null
            || staysAlone(link.side(side))
            || nobody;
    if (!explained) {
      wrong.add(record + " is alone without a reason");
    }
  }

  /** An address keeps others waiting as long as it leads to the link that holds it. */
  private boolean isHeldByAnother(String hash) {
    return links().stream().anyMatch(other -> other.emails().contains(hash));
  }

  /** Whether anything that says who somebody is can be written across. */
  private boolean canBeNamed(Link link, Side source) {
    return mappings.active().stream()
        .filter(field -> field.kind() == FieldKind.EMAIL || field.kind() == FieldKind.NAME)
        .filter(field -> field.direction().allowsWritingTo(source.other()))
        .flatMap(field -> field.properties(source).stream())
        .map(property -> link.side(source).register(property).value())
        .anyMatch(value -> value != null && !value.isBlank());
  }

  /** It was there before the accounts were connected, and only what matches was wanted. */
  private boolean staysAlone(SideState state) {
    Tenant tenant = world.tenants().load(World.TENANT).orElseThrow();
    Instant connectedAt = tenant.connectedAt();
    Instant made = state.recordCreatedAt();
    return tenant.mode() == ConnectMode.MATCH_ONLY
        && connectedAt != null
        && made != null
        && made.isBefore(connectedAt);
  }

  /** Every record that lives is in a link. */
  private void everybodyIsKnown() {
    List<RecordId> known = new ArrayList<>();
    for (Link link : links()) {
      for (Side side : Side.values()) {
        RecordId record = link.record(side);
        if (record != null) {
          known.add(record);
        }
      }
    }
    for (ContactView contact : world.hubspot().state().liveContacts()) {
      RecordId id = RecordId.contact(Long.toString(contact.id()));
      if (!known.contains(id) && !isForgotten(id)) {
        wrong.add(id + " is in no link");
      }
    }
    for (ObjectNode customer : world.stripe().state().customers()) {
      RecordId id = RecordId.customer(customer.path("id").asString(""));
      if (!known.contains(id) && !isForgotten(id)) {
        wrong.add(id + " is in no link");
      }
    }
  }

  /** Of a person whose data was to be forgotten we keep the ids alone. */
  private boolean isForgotten(RecordId id) {
    return world.links().documents(World.TENANT).get(DocumentKey.of(id))
            instanceof RecordClaim claim
        && claim.erased();
  }

  private Optional<Map<String, String>> actual(RecordId record) {
    return record.side() == Side.HUBSPOT ? contact(record) : customer(record);
  }

  private Optional<Map<String, String>> contact(RecordId record) {
    long id = Long.parseLong(record.id());
    return world
        .hubspot()
        .state()
        .contact(id)
        .filter(contact -> contact.id() == id && !contact.isArchived())
        .map(contact -> {
          Map<String, String> values = new HashMap<>();
          mappings.properties(Side.HUBSPOT).forEach(name -> values.put(name, contact.value(name)));
          return values;
        });
  }

  private Optional<Map<String, String>> customer(RecordId record) {
    return world
        .stripe()
        .state()
        .customer(record.id())
        .map(customer -> {
          Map<String, String> values = new HashMap<>();
          for (String path : mappings.properties(Side.STRIPE)) {
            JsonNode node = customer;
            for (String step : path.split("\\.", -1)) {
              node = node.path(step);
            }
            values.put(path, node.isNull() || node.isMissingNode() ? "" : node.asString());
          }
          return values;
        });
  }

  private String value(Optional<Map<String, String>> record, String name) {
    return record.map(values -> values.getOrDefault(name, "")).orElse("");
  }

  private static RecordId required(Link link, Side side) {
    RecordId record = link.record(side);
    if (record == null) {
      throw new IllegalStateException("link " + link.id() + " is no pair");
    }
    return record;
  }
}
