package dev.twofold.sync.link;

import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.merge.Agreed;
import dev.twofold.sync.merge.FieldDecision;
import dev.twofold.sync.merge.OwnWrite;
import dev.twofold.sync.merge.Register;
import dev.twofold.sync.merge.Resolution;
import dev.twofold.sync.merge.Stamp;
import dev.twofold.sync.record.CallSpan;
import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.FieldValue;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a notice, a read or an answer makes of a link. Pure: nothing is loaded, nothing decided. */
public final class LinkEdits {

  private LinkEdits() {}

  /**
   * Takes in a foreign notice.
   *
   * @param now on our clock, for the loop breaker alone
   */
  public static Link noticed(Link link, ForeignChange change, Mappings mappings, Instant now) {
    Side side = change.side();
    SideState state = link.side(side);
    Swings swings = link.swings();
    for (Map.Entry<String, String> each : change.values().entrySet()) {
      Register before = state.register(each.getKey());
      Register after = before.noticed(each.getValue(), change.at());
      FieldMapping field = mappings.ofProperty(side, each.getKey()).orElse(null);
      OwnWrite undone = before.write();
      if (field != null && undone != null && undoesOurs(before, after)) {
        String fight =
            "%s is changed on %s whenever we write there what %s holds"
                .formatted(field.name(), side.label(), side.other().label());
        swings = swings.swung(field.name(), new Swings.Swing(now, undone.span().to()), fight);
      }
      state = state.with(each.getKey(), after);
    }
    return link.with(side, state).swinging(swings);
  }

  /** Somebody sets again the very value that our write has replaced. */
  private static boolean undoesOurs(Register before, Register after) {
    OwnWrite write = before.write();
    Stamp seen = before.seen();
    return write != null
        && seen != null
        && write.value().equals(before.value())
        && after.value() != null
        && !after.value().equals(before.value())
        && after.value().equals(seen.value());
  }

  /** A call of ours showed the record as it is, every earlier write of ours being answered. */
  public static Link read(Link link, Snapshot shown, CallSpan span, Mappings mappings) {
    Side side = shown.id().side();
    SideState state = link.side(side);
    for (String property : mappings.properties(side)) {
      String text = shown.properties().getOrDefault(property, "");
      state = state.with(property, told(state, property).read(text, span));
    }
    state = state.completed().reading(false);
    state = shown.mark() == null ? state : state.marked(shown.mark());
    return link.with(side, dated(state, shown));
  }

  /** A page of a list showed the record, beside whatever else was going on. */
  public static Link listed(Link link, Snapshot shown, CallSpan span, Mappings mappings) {
    Side side = shown.id().side();
    SideState state = link.side(side);
    if (state.open() != null) {
      return link;
    }
    for (String property : mappings.properties(side)) {
      String text = shown.properties().getOrDefault(property, "");
      state = state.with(property, told(state, property).listed(text, span));
    }
    state = state.completed();
    state = shown.mark() == null || state.mark() != null ? state : state.marked(shown.mark());
    return link.with(side, dated(state, shown));
  }

  /** What is known of a property; once a record is complete, what nobody has told is blank. */
  private static Register told(SideState state, String property) {
    Register register = state.register(property);
    return state.complete() ? register.toldBlank() : register;
  }

  private static SideState dated(SideState state, Snapshot shown) {
    return state.record() == null ? state : state.made(shown.createdAt());
  }

  /**
   * The stored request was answered: the side holds what it wrote, as the answer showed it, and
   * what the answer shows besides is a read. Closes the request.
   */
  public static Link wrote(
      Link link, OpenRequest request, Snapshot answered, CallSpan span, Mappings mappings) {
    Side side = answered.id().side();
    SideState state = link.side(side);
    boolean created = request.kind() == OpenRequest.Kind.CREATE;
    for (String property : mappings.properties(side)) {
      Register register = state.register(property);
      String written = request.values().get(property);
      String shown = answered.properties().get(property);
      if (written != null) {
        register =
            register.wrote(shown == null ? written : shown, span, request.basedOn().get(property));
      } else if (created && register.value() == null) {
        register = register.wrote("", span, null);
      } else if (shown != null) {
        register = told(state, property).read(shown, span);
      }
      state = state.with(property, register);
    }
    state = state.withOpen(null).withParked(null);
    state = request.mark() == null ? state : state.marked(request.mark());
    if (created) {
      state = dated(state.completed(), answered);
    }
    LatestPurchase latest = link.latestPurchase();
    return link.with(side, state)
        .showing(latest == null || side == Side.STRIPE ? latest : latest.written(request.values()));
  }

  /** Records as agreed whatever both sides hold by decision, and settles the changes. */
  public static Link settled(Link link, List<FieldDecision> decisions, Mappings mappings) {
    Map<FieldName, Agreed> agreed = new TreeMap<>(link.agreed());
    Map<FieldName, Resolution> resolutions = new TreeMap<>(link.resolutions());
    Link changed = link;
    for (FieldDecision decision : decisions) {
      FieldValue winner = decision.winner();
      Side origin = decision.origin();
      if (!decision.settles() || winner == null || origin == null) {
        continue;
      }
      if (isBeingWritten(link, decision.field(), mappings)) {
        // What the side holds is not known before the outcome is, so nothing is agreed.
        continue;
      }
      agreed.put(decision.field(), new Agreed(winner, origin, decision.changedAt()));
      resolutions.remove(decision.field());
      for (Side side : Side.values()) {
        changed = settled(changed, side, decision.field(), mappings);
      }
    }
    return changed.agreeing(agreed).resolved(resolutions);
  }

  /** Whether a stored request whose outcome is not known carries a value of that field. */
  static boolean isBeingWritten(Link link, FieldName field, Mappings mappings) {
    for (Side side : Side.values()) {
      OpenRequest open = link.side(side).open();
      if (open == null) {
        continue;
      }
      FieldMapping mapping = mappings.field(field).orElseThrow();
      if (mapping.properties(side).stream().anyMatch(open.values()::containsKey)) {
        return true;
      }
    }
    return false;
  }

  /** The changes of one side's field, settled. */
  static Link settled(Link link, Side side, FieldName field, Mappings mappings) {
    SideState state = link.side(side);
    for (String property : mappings.field(field).orElseThrow().properties(side)) {
      state = state.with(property, state.register(property).settled());
    }
    return link.with(side, state);
  }

  /** The same side after the record across has left or was exchanged. */
  static SideState amongStrangers(SideState state) {
    Map<String, Register> registers = new TreeMap<>();
    state.properties().forEach((name, each) -> registers.put(name, each.amongStrangers()));
    return state.withProperties(registers);
  }

  /** The link after a record has left it: the other side's knowledge stays, nothing is agreed. */
  public static Link vacated(Link link, Side side, @Nullable String why) {
    LatestPurchase latest = link.latestPurchase();
    return link.with(side, link.side(side).vacated(why))
        .with(side.other(), amongStrangers(link.side(side.other())))
        .unmet()
        .showing(latest == null || side == Side.STRIPE ? latest : latest.unseen())
        .unlinked(why);
  }
}
