package dev.twofold.sync.link;

import dev.twofold.sync.mapping.FieldKind;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.merge.FieldDecision;
import dev.twofold.sync.merge.MergeEngine;
import dev.twofold.sync.merge.MergeEngine.SideKnowledge;
import dev.twofold.sync.merge.Register;
import dev.twofold.sync.merge.Stamp;
import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.FieldValue;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plans a link: decides its fields and finds the next call of either side. A function of the link
 * and the mappings; it neither reads a clock nor knows of tasks.
 */
public final class Planner {

  private final Mappings mappings;
  private final @Nullable Instant aloneBefore;

  /**
   * A planner.
   *
   * @param aloneBefore records made before then are not created on the other side; null for no such
   *     bound
   */
  public Planner(Mappings mappings, @Nullable Instant aloneBefore) {
    this.mappings = mappings;
    this.aloneBefore = aloneBefore;
  }

  /** What is decided about the link, and what it still needs. */
  public Plan plan(Link link) {
    List<FieldDecision> decisions = decide(link);
    boolean settles = decisions.stream().anyMatch(each -> wantsSettling(link, each));
    Map<Side, String> withheld = new EnumMap<>(Side.class);
    if (link.joinedInto() != null) {
      return new Plan(decisions, null, null, settles, withheld);
    }
    Work hubspot = work(link, Side.HUBSPOT, decisions, withheld);
    Work stripe = work(link, Side.STRIPE, decisions, withheld);
    boolean frozen = link.swings().frozen() != null;
    if (hubspot == null && stripe == null && settles && !frozen) {
      stripe = Work.SETTLE;
    }
    return new Plan(decisions, hubspot, stripe, settles, withheld);
  }

  /** Each mapped field of the link, decided. */
  public List<FieldDecision> decide(Link link) {
    List<FieldDecision> decisions = new ArrayList<>();
    for (FieldMapping field : mappings.fields()) {
      decisions.add(
          MergeEngine.decide(
              field,
              link.agreed().get(field.name()),
              link.resolutions().get(field.name()),
              knowledge(link, field, Side.HUBSPOT),
              knowledge(link, field, Side.STRIPE)));
    }
    return decisions;
  }

  static SideKnowledge knowledge(Link link, FieldMapping field, Side side) {
    SideState state = link.side(side);
    return new SideKnowledge(
        field.properties(side).stream().map(state::register).toList(), state.knowledge());
  }

  private boolean wantsSettling(Link link, FieldDecision decision) {
    if (!decision.settles() || LinkEdits.isBeingWritten(link, decision.field(), mappings)) {
      return false;
    }
    FieldMapping field = mapping(decision.field());
    boolean claimed =
        List.of(Side.HUBSPOT, Side.STRIPE).stream()
            .flatMap(side -> field.properties(side).stream().map(link.side(side)::register))
            .anyMatch(Register::claimed);
    return claimed || !link.agreed().containsKey(decision.field());
  }

  private @Nullable Work work(
      Link link, Side side, List<FieldDecision> decisions, Map<Side, String> withheld) {
    SideState state = link.side(side);
    OpenRequest open = state.open();
    if (open != null) {
      // Repeated unchanged until its outcome is known; only then is the next call computed.
      WorkKind kind = open.kind() == OpenRequest.Kind.CREATE ? WorkKind.CREATE : WorkKind.UPDATE;
      return new Work(kind, open.values(), open.basedOn(), open.mark());
    }
    RecordId source = link.record(side.other());
    if (state.record() == null && source == null) {
      return null;
    }
    String alone = state.record() == null ? whyNotCreated(link, side, decisions) : null;
    if (alone != null) {
      withheld.put(side, alone);
      return null;
    }
    Work work =
        state.record() == null
            ? create(link, side, decisions)
            : readOrUpdate(link, side, decisions);
    String why = work == null ? null : whyNotDone(link, state, work);
    if (why != null) {
      withheld.put(side, why);
      return null;
    }
    return work;
  }

  /** Why what is needed is not done at present; null where it is. */
  private static @Nullable String whyNotDone(Link link, SideState state, Work work) {
    String frozen = link.swings().frozen();
    if (frozen != null) {
      return "frozen: " + frozen;
    }
    Parked parked = state.parked();
    boolean refusedBefore =
        work.isWrite() && parked != null && parked.fingerprint().equals(work.fingerprint());
    return refusedBefore && parked != null ? "refused before: " + parked.reason() : null;
  }

  /** Why no record is made on that side of the one across; null where one is. */
  private @Nullable String whyNotCreated(Link link, Side side, List<FieldDecision> decisions) {
    SideState source = link.side(side.other());
    String across = side.other().label();
    if (source.stopped() != null) {
      return "the %s record is leaving: %s".formatted(across, source.stopped());
    }
    if (link.side(side).stopped() != null) {
      return "nothing is made in place of what has left: " + link.side(side).stopped();
    }
    if (link.waitsFor() != null) {
      return "another link holds its e-mail address";
    }
    if (staysAlone(source)) {
      return "it was there before the accounts were connected, and only matches were wanted";
    }
    if (belongsToAnother(source)) {
      return "its mark names %s, which is not here".formatted(source.mark());
    }
    if (mustBeReadFirst(source, decisions)) {
      return "the %s record is read first".formatted(across);
    }
    String address = addressProblem(side, decisions);
    if (address != null) {
      return "its e-mail address is held: " + address;
    }
    boolean enough = mappings.isEnough(side, values(side, decisions));
    return enough ? null : "it holds nothing yet that could be written there";
  }

  /** The address is who it is: without it the record would be somebody else's. */
  private @Nullable String addressProblem(Side side, List<FieldDecision> decisions) {
    for (FieldDecision decision : decisions) {
      FieldMapping field = mapping(decision.field());
      FieldValue winner = decision.winner();
      boolean written = winner != null && field.direction().allowsWritingTo(side);
      if (field.kind() == FieldKind.EMAIL && winner != null && written) {
        return field.kind().problem(field, side, winner).orElse(null);
      }
    }
    return null;
  }

  private Work create(Link link, Side side, List<FieldDecision> decisions) {
    RecordId source = link.record(side.other());
    return new Work(
        WorkKind.CREATE, values(side, decisions), Map.of(), source == null ? null : source.id());
  }

  /** What a record made on that side would hold. */
  private Map<String, String> values(Side side, List<FieldDecision> decisions) {
    Map<String, String> values = new HashMap<>();
    for (FieldDecision decision : decisions) {
      FieldMapping field = mapping(decision.field());
      FieldValue winner = decision.winner();
      boolean written =
          winner != null && !winner.isBlank() && field.direction().allowsWritingTo(side);
      if (winner != null && written && field.kind().problem(field, side, winner).isEmpty()) {
        values.putAll(spelled(field, side, winner));
      }
    }
    return values;
  }

  private @Nullable Work readOrUpdate(Link link, Side side, List<FieldDecision> decisions) {
    SideState state = link.side(side);
    RecordId other = link.record(side.other());
    boolean uncertain = decisions.stream().anyMatch(each -> each.uncertain().contains(side));
    boolean unread = other == null && sideMustBeReadToCreate(link, side, decisions);
    if (state.mustRead() || uncertain || unread) {
      return state.stopped() == null ? Work.READ : null;
    }
    if (state.stopped() != null) {
      return null;
    }
    Work fields =
        other == null || link.side(side.other()).stopped() != null
            ? null
            : update(link, side, other, decisions);
    return side == Side.HUBSPOT ? withPurchase(link.latestPurchase(), fields) : fields;
  }

  /** The latest purchase goes with whatever else is written to the contact, or alone. */
  private static @Nullable Work withPurchase(@Nullable LatestPurchase latest, @Nullable Work work) {
    if (latest == null || latest.isShown()) {
      return work;
    }
    Map<String, String> values = new HashMap<>(latest.properties());
    if (work == null) {
      return new Work(WorkKind.UPDATE, values, Map.of(), null);
    }
    values.putAll(work.values());
    return new Work(WorkKind.UPDATE, values, work.basedOn(), work.mark());
  }

  private @Nullable Work update(
      Link link, Side side, RecordId other, List<FieldDecision> decisions) {
    SideState state = link.side(side);
    Map<String, String> values = new HashMap<>();
    Map<String, Instant> basedOn = new HashMap<>();
    for (FieldDecision decision : decisions) {
      FieldValue winner = decision.winner();
      if (winner == null || !decision.behind().contains(side)) {
        continue;
      }
      if (LinkEdits.isBeingWritten(link, decision.field(), mappings)) {
        // What the side across will hold is not known yet: whatever wins now may be overwritten.
        continue;
      }
      FieldMapping field = mapping(decision.field());
      spelled(field, side, winner)
          .forEach((property, text) -> {
            Register register = state.register(property);
            if (!text.equals(register.value())) {
              values.put(property, text);
            }
            Stamp seen = register.seen();
            if (seen != null) {
              basedOn.put(property, seen.at());
            }
          });
    }
    basedOn.keySet().retainAll(values.keySet());
    String mark = other.id().equals(state.mark()) ? null : other.id();
    boolean markAlone = side == Side.HUBSPOT && mark != null;
    return values.isEmpty() && !markAlone ? null : new Work(WorkKind.UPDATE, values, basedOn, mark);
  }

  /** Whether that side's record must be read before a record is made across from it. */
  private boolean sideMustBeReadToCreate(Link link, Side side, List<FieldDecision> decisions) {
    SideState state = link.side(side);
    boolean createWanted =
        link.side(side.other()).stopped() == null
            && link.waitsFor() == null
            && !staysAlone(state)
            && !belongsToAnother(state);
    return createWanted && mustBeReadFirst(state, decisions);
  }

  /**
   * A record whose own creation we have not heard of may carry our mark already, and a contact that
   * has no e-mail address yet may have one by now.
   */
  private boolean mustBeReadFirst(SideState source, List<FieldDecision> decisions) {
    RecordId record = source.record();
    if (record == null) {
      return false;
    }
    boolean unsure = decisions.stream().anyMatch(each -> !each.uncertain().isEmpty());
    if (source.mustRead() || unsure) {
      return true;
    }
    if (source.mark() != null) {
      return false;
    }
    boolean nameless = record.side() == Side.HUBSPOT && emailOf(source).isEmpty();
    return !source.complete() || nameless;
  }

  private Optional<String> emailOf(SideState state) {
    RecordId record = state.record();
    if (record == null) {
      return Optional.empty();
    }
    return mappings
        .email()
        .map(field -> state.register(field.properties(record.side()).getFirst()).value())
        .filter(value -> !value.isBlank());
  }

  private boolean staysAlone(SideState source) {
    Instant made = source.recordCreatedAt();
    return aloneBefore != null && made != null && made.isBefore(aloneBefore);
  }

  /** Our mark on it names a record across that is not in this link: it must not get another. */
  private static boolean belongsToAnother(SideState source) {
    String mark = source.mark();
    RecordId record = source.record();
    return record != null && record.side() == Side.HUBSPOT && mark != null && !mark.isEmpty();
  }

  private static Map<String, String> spelled(FieldMapping field, Side side, FieldValue value) {
    if (side == Side.STRIPE) {
      return Map.of(field.stripePath(), field.kind().forStripe(value));
    }
    List<String> texts = field.kind().forHubSpot(value);
    Map<String, String> spelled = new HashMap<>();
    for (int part = 0; part < field.hubspotProperties().size(); part++) {
      spelled.put(field.hubspotProperties().get(part), texts.get(part));
    }
    return spelled;
  }

  private FieldMapping mapping(FieldName name) {
    return mappings.field(name).orElseThrow();
  }
}
