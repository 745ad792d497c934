package dev.twofold.sync.link;

import dev.twofold.sync.mapping.Direction;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.merge.Agreed;
import dev.twofold.sync.merge.FieldDecision;
import dev.twofold.sync.merge.MergeEngine;
import dev.twofold.sync.merge.Register;
import dev.twofold.sync.merge.Resolution;
import dev.twofold.sync.merge.Rule;
import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.Side;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a new version of the mappings makes of a link. A field that is new, that was off, or that
 * lives elsewhere now meets for the first time, once it has been read. Where a direction was
 * widened or a kind changed, the differences there are stay as they are and are shown; changes that
 * were under way go on. What is mapped no longer is forgotten.
 */
public final class Remapping {

  private final Mappings before;
  private final Mappings now;

  private Remapping(Mappings before, Mappings now) {
    this.before = before;
    this.now = now;
  }

  /** The link as these mappings see it. */
  public static Link remapped(Link link, Mappings before, Mappings now) {
    return new Remapping(before, now).applied(link);
  }

  private Link applied(Link link) {
    Map<FieldName, Agreed> agreed = new TreeMap<>();
    Map<FieldName, Resolution> resolutions = new TreeMap<>();
    Link changed = link;
    for (FieldMapping field : now.active()) {
      FieldMapping old = kept(field).orElse(null);
      if (old == null) {
        continue;
      }
      Agreed shared = link.agreed().get(field.name());
      if (old.kind() != field.kind() || isWidened(old.direction(), field.direction())) {
        changed = withoutUnheard(changed, old, shared);
        shared = isApart(link, changed, old, field) ? Agreed.APART : shared;
      }
      if (shared != null) {
        agreed.put(field.name(), shared);
      }
      Resolution resolution = link.resolutions().get(field.name());
      if (resolution != null) {
        resolutions.put(field.name(), resolution);
      }
    }
    changed = changed.agreeing(agreed).resolved(resolutions).mappedBy(now.version());
    for (Side side : Side.values()) {
      changed = changed.with(side, known(changed.side(side), side));
    }
    return changed;
  }

  /** The field as it was, if it lived where it does now. */
  private Optional<FieldMapping> kept(FieldMapping field) {
    return before
        .field(field.name())
        .filter(old -> old.direction() != Direction.OFF)
        .filter(old -> old.hubspotProperties().equals(field.hubspotProperties()))
        .filter(old -> old.stripePath().equals(field.stripePath()));
  }

  /** Whether a side is written now that was not, or whose difference was left alone. */
  private static boolean isWidened(Direction old, Direction changed) {
    if (old == changed) {
      return false;
    }
    return old == Direction.ONCE
        || Set.of(Side.values()).stream()
            .anyMatch(side -> changed.allowsWritingTo(side) && !old.allowsWritingTo(side));
  }

  /** Settles the changes of sides that the old direction did not listen to. */
  private Link withoutUnheard(Link link, FieldMapping old, @Nullable Agreed shared) {
    Link changed = link;
    for (Side side : Side.values()) {
      boolean unheard =
          old.direction() == Direction.ONCE
              ? shared != null
              : old.direction().isOneWay() && old.direction().allowsWritingTo(side);
      if (unheard) {
        changed = LinkEdits.settled(changed, side, old.name(), before);
      }
    }
    return changed;
  }

  /** Whether the sides differ, nobody has changed either since, and nothing was under way. */
  private static boolean isApart(Link link, Link changed, FieldMapping old, FieldMapping field) {
    FieldDecision was =
        MergeEngine.decide(
            old,
            link.agreed().get(old.name()),
            link.resolutions().get(old.name()),
            Planner.knowledge(link, old, Side.HUBSPOT),
            Planner.knowledge(link, old, Side.STRIPE));
    boolean underWay = !was.behind().isEmpty() || !was.uncertain().isEmpty();
    boolean met = link.agreed().containsKey(old.name());
    if (!link.isPair() || (underWay && !met)) {
      return false;
    }
    FieldDecision shows =
        MergeEngine.decide(
            field,
            Agreed.APART,
            null,
            Planner.knowledge(changed, field, Side.HUBSPOT),
            Planner.knowledge(changed, field, Side.STRIPE));
    return shows.rule() == Rule.DIFFERENT_SINCE_BEFORE;
  }

  /** Forgets what is not mapped any more, and asks for what is newly mapped. */
  private SideState known(SideState state, Side side) {
    Set<String> mapped = new TreeSet<>(now.properties(side));
    Set<String> fresh = new TreeSet<>(mapped);
    before.properties(side).forEach(fresh::remove);
    Map<String, Register> registers = new TreeMap<>();
    for (String property : mapped) {
      Register register = state.register(property);
      if (fresh.contains(property)) {
        continue;
      }
      register = state.complete() ? register.toldBlank() : register;
      if (!register.equals(Register.UNKNOWN)) {
        registers.put(property, register);
      }
    }
    SideState told = state.withProperties(registers);
    return fresh.isEmpty() || state.record() == null ? told : told.incomplete();
  }
}
