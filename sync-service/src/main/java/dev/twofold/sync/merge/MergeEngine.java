package dev.twofold.sync.merge;

import dev.twofold.sync.mapping.Clearing;
import dev.twofold.sync.mapping.Direction;
import dev.twofold.sync.mapping.FieldKind;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.record.FieldValue;
import dev.twofold.sync.record.Side;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides one field from what is known of both its sides. A function of its arguments alone: the
 * same registers give the same decision, however they came to be.
 */
public final class MergeEngine {

  private MergeEngine() {}

  /**
   * Who wins, which side is behind, and why.
   *
   * @param agreed the last value both sides were known to share; null before their first meeting
   * @param resolution what a person has decided about two values; null where nobody has
   * @param hubspot HubSpot's registers, one for each part of the field
   * @param stripe Stripe's register
   */
  public static FieldDecision decide(
      FieldMapping mapping,
      @Nullable Agreed agreed,
      @Nullable Resolution resolution,
      SideKnowledge hubspot,
      SideKnowledge stripe) {
    if (mapping.direction() == Direction.OFF) {
      return FieldDecision.undecided(mapping.name(), Rule.NOT_MAPPED);
    }
    FieldView ours =
        FieldView.of(mapping, Side.HUBSPOT, hubspot.registers(), hubspot.knowledge(), null);
    FieldValue shared = agreed == null ? null : agreed.value();
    FieldValue guide = shared != null ? shared : ours.known();
    if (mapping.kind() == FieldKind.NAME && ours.known() != null && guide != null) {
      // What HubSpot holds now is the better guide where Stripe's text is just its join.
      String text = stripe.registers().getFirst().value();
      guide =
          text != null && mapping.kind().same(FieldValue.of(text), ours.known())
              ? ours.known()
              : guide;
    }
    FieldView theirs =
        FieldView.of(mapping, Side.STRIPE, stripe.registers(), stripe.knowledge(), guide);
    return new Meeting(mapping, agreed, resolution, ours, theirs).decide();
  }

  /** The registers of one side of a field, and what they stand for when they hold nothing. */
  public record SideKnowledge(List<Register> registers, Knowledge knowledge) {
    public SideKnowledge {
      registers = List.copyOf(registers);
    }
  }

  /** A value that competes, the side it comes from, and when it was made. */
  private record Candidate(FieldValue value, Side side, @Nullable Instant at) {}

  /** One field's two sides, meeting over what they last agreed on. */
  private record Meeting(
      FieldMapping mapping,
      @Nullable Agreed agreed,
      @Nullable Resolution resolution,
      FieldView hubspot,
      FieldView stripe) {

    FieldDecision decide() {
      Set<Side> uncertain = EnumSet.noneOf(Side.class);
      for (FieldView view : List.of(hubspot, stripe)) {
        boolean mustBeKnown = view.known() == null && !view.absent();
        if (view.doubtful() || mustBeKnown) {
          uncertain.add(view.side());
        }
      }
      if (!uncertain.isEmpty()) {
        return FieldDecision.uncertain(mapping.name(), uncertain);
      }
      if (mapping.direction().isOneWay()) {
        return oneWay();
      }
      if (mapping.direction() == Direction.ONCE && agreed != null) {
        return FieldDecision.undecided(mapping.name(), Rule.ONCE_FILLED);
      }
      if (agreed == null && hubspot.ours() != stripe.ours()) {
        // What we wrote is a copy of the other side, which may have changed since; also to blank.
        FieldView original = hubspot.ours() ? stripe : hubspot;
        if (original.claim() != null && !holds(copyOf(original), original.claim())) {
          return oneChanged(new Candidate(original.claim(), original.side(), original.at()));
        }
      }
      Candidate ours = candidate(hubspot);
      Candidate theirs = candidate(stripe);
      if (ours != null && theirs != null) {
        return mapping.kind().same(ours.value(), theirs.value())
            ? equal(ours, theirs)
            : conflict(ours, theirs);
      }
      Candidate only = ours != null ? ours : theirs;
      if (only != null) {
        return oneChanged(only);
      }
      return agreed == null ? nobodyHasAny() : unchanged();
    }

    private FieldView copyOf(FieldView original) {
      return original.side() == Side.HUBSPOT ? stripe : hubspot;
    }

    /** What a side puts forward: its unsettled change, or at a first meeting what it holds. */
    private @Nullable Candidate candidate(FieldView view) {
      if (view.absent()) {
        return null;
      }
      if (agreed != null) {
        return view.claim() == null ? null : new Candidate(view.claim(), view.side(), view.at());
      }
      FieldValue value = view.claim() != null ? view.claim() : view.known();
      return value == null || value.isBlank() ? null : new Candidate(value, view.side(), view.at());
    }

    private FieldDecision oneWay() {
      boolean toStripe = mapping.direction() == Direction.TO_STRIPE;
      FieldView source = toStripe ? hubspot : stripe;
      FieldView target = toStripe ? stripe : hubspot;
      FieldValue value = source.known();
      if (value == null) {
        return FieldDecision.undecided(mapping.name(), Rule.NOTHING_KNOWN);
      }
      boolean changed = source.claim() != null || target.claim() != null;
      if (agreed != null && agreed.value() == null && !changed && !target.absent()) {
        return apart();
      }
      boolean firstBlank = agreed == null && value.isBlank();
      if (firstBlank && target.known() != null && !target.known().isBlank()) {
        return FieldDecision.undecided(mapping.name(), Rule.BLANK_NEVER_OVERWRITES);
      }
      if (value.isBlank() && !clears()) {
        return heldBlank(new Candidate(value, source.side(), source.at()));
      }
      return decided(Rule.SOURCE_WINS, new Candidate(value, source.side(), source.at()), null);
    }

    private FieldDecision equal(Candidate ours, Candidate theirs) {
      boolean oursIsLater =
          theirs.at() == null || (ours.at() != null && !isLater(theirs.at(), ours.at()));
      return decided(Rule.BOTH_EQUAL, oursIsLater ? ours : theirs, null);
    }

    private FieldDecision conflict(Candidate ours, Candidate theirs) {
      Conflict conflict = new Conflict(ours.value(), ours.at(), theirs.value(), theirs.at());
      Candidate resolved = resolved(ours, theirs);
      if (resolved != null) {
        return decided(Rule.RESOLVED, resolved, conflict);
      }
      if (mapping.direction() == Direction.ONCE) {
        return new FieldDecision(
            mapping.name(),
            Rule.ONCE_FILLED,
            ours.value(),
            Side.HUBSPOT,
            ours.at(),
            Set.of(),
            Set.of(),
            true,
            null,
            conflict);
      }
      if (!clears() && (ours.value().isBlank() || theirs.value().isBlank())) {
        return decided(clearingRule(), ours.value().isBlank() ? theirs : ours, conflict);
      }
      return switch (mapping.policy()) {
        case LATEST -> {
          if (ours.at() == null || theirs.at() == null) {
            yield decided(Rule.HUBSPOT_FIRST, ours, conflict);
          }
          if (isLater(theirs.at(), ours.at())) {
            yield decided(Rule.LATER_CHANGE, theirs, conflict);
          }
          yield decided(
              isLater(ours.at(), theirs.at()) ? Rule.LATER_CHANGE : Rule.HUBSPOT_FIRST,
              ours,
              conflict);
        }
        case HUBSPOT -> decided(Rule.POLICY_HUBSPOT, ours, conflict);
        case STRIPE -> decided(Rule.POLICY_STRIPE, theirs, conflict);
        case MANUAL -> FieldDecision.held(mapping.name(), Rule.MANUAL, conflict);
      };
    }

    private FieldDecision oneChanged(Candidate changed) {
      FieldView side = changed.side() == Side.HUBSPOT ? hubspot : stripe;
      Candidate standing = standing();
      FieldView across = changed.side() == Side.HUBSPOT ? stripe : hubspot;
      // Where the change has been carried across already, it won before our write fell upon it.
      boolean hasWon = holds(across, changed.value());
      if (standing != null && !hasWon && isConcurrent(side, changed, standing)) {
        Candidate opposed = new Candidate(standing.value(), changed.side().other(), standing.at());
        if (!mapping.kind().same(changed.value(), standing.value())) {
          return changed.side() == Side.HUBSPOT
              ? conflict(changed, opposed)
              : conflict(opposed, changed);
        }
      }
      if (changed.value().isBlank() && !clears()) {
        return heldBlank(changed);
      }
      return decided(Rule.ONE_SIDE_CHANGED, changed, null);
    }

    /**
     * Whether a change was made without knowledge of the agreed value: our write of that value fell
     * upon it, or both sides had come to be equal by themselves and this change is older than that.
     */
    private boolean isConcurrent(FieldView side, Candidate changed, Candidate standing) {
      if (side.overrun()) {
        return true;
      }
      return !side.afterOwnWrite()
          && standing.side() != changed.side()
          && standing.at() != null
          && changed.at() != null
          && isLater(standing.at(), changed.at());
    }

    /** What both sides shared last; null where they never did. */
    private @Nullable Candidate standing() {
      FieldValue shared = agreed == null ? null : agreed.value();
      return agreed == null || shared == null
          ? null
          : new Candidate(shared, agreed.side(), agreed.at());
    }

    private FieldDecision unchanged() {
      Candidate standing = standing();
      if (standing == null) {
        return apart();
      }
      boolean bothHoldIt = holds(hubspot, standing.value()) && holds(stripe, standing.value());
      if (bothHoldIt || hubspot.absent() || stripe.absent()) {
        return decided(Rule.UNCHANGED, standing, null);
      }
      return apart();
    }

    /**
     * A changed mapping has uncovered a difference that nobody has made since: it is shown, and
     * settled by a person's word or by itself, when either side changes.
     */
    private FieldDecision apart() {
      FieldValue ours = hubspot.known();
      FieldValue theirs = stripe.known();
      if (ours != null && theirs != null) {
        Candidate first = new Candidate(ours, Side.HUBSPOT, hubspot.at());
        Candidate second = new Candidate(theirs, Side.STRIPE, stripe.at());
        if (mapping.kind().same(ours, theirs)) {
          return equal(first, second);
        }
        Conflict values = new Conflict(ours, first.at(), theirs, second.at());
        Candidate resolved = resolved(first, second);
        return resolved != null
            ? decided(Rule.RESOLVED, resolved, values)
            : FieldDecision.held(mapping.name(), Rule.DIFFERENT_SINCE_BEFORE, values);
      }
      return FieldDecision.held(mapping.name(), Rule.DIFFERENT_SINCE_BEFORE, null);
    }

    /** Whom a person has chosen, if the choice was between these very values. */
    private @Nullable Candidate resolved(Candidate ours, Candidate theirs) {
      boolean answers =
          resolution != null
              && mapping.kind().same(resolution.hubspot(), ours.value())
              && mapping.kind().same(resolution.stripe(), theirs.value());
      if (!answers || resolution == null) {
        return null;
      }
      return resolution.winner() == Side.HUBSPOT ? ours : theirs;
    }

    private FieldDecision nobodyHasAny() {
      for (FieldView view : List.of(hubspot, stripe)) {
        if (view.known() != null && !view.known().isBlank()) {
          // A write of ours fell upon a change to blank; blank never wins a first meeting.
          return oneChanged(new Candidate(view.known(), view.side(), view.at()));
        }
      }
      boolean bothThere = !hubspot.absent() && !stripe.absent();
      if (!bothThere || mapping.direction() == Direction.ONCE) {
        return FieldDecision.undecided(mapping.name(), Rule.NOTHING_KNOWN);
      }
      FieldValue blank = hubspot.known() == null ? FieldValue.of("") : hubspot.known();
      return decided(Rule.BOTH_EQUAL, new Candidate(blank, Side.HUBSPOT, null), null);
    }

    private FieldDecision decided(Rule rule, Candidate winner, @Nullable Conflict conflict) {
      Set<Side> behind = EnumSet.noneOf(Side.class);
      String held = null;
      for (FieldView view : List.of(hubspot, stripe)) {
        if (view.absent() || holds(view, winner.value())) {
          continue;
        }
        if (!mapping.direction().allowsWritingTo(view.side())) {
          continue;
        }
        String problem = mapping.kind().problem(mapping, view.side(), winner.value()).orElse(null);
        if (problem == null) {
          behind.add(view.side());
        } else {
          held = problem;
        }
      }
      boolean settles = holds(hubspot, winner.value()) && holds(stripe, winner.value());
      return new FieldDecision(
          mapping.name(),
          rule,
          winner.value(),
          winner.side(),
          winner.at(),
          behind,
          Set.of(),
          settles,
          held,
          conflict);
    }

    private FieldDecision heldBlank(Candidate blank) {
      Rule rule = clearingRule();
      boolean bothBlank = holds(hubspot, blank.value()) && holds(stripe, blank.value());
      return bothBlank
          ? decided(rule, blank, null)
          : FieldDecision.held(mapping.name(), rule, null);
    }

    private Rule clearingRule() {
      return mapping.kind() == FieldKind.EMAIL ? Rule.EMAIL_NEVER_CLEARED : Rule.CLEARING_IGNORED;
    }

    private boolean clears() {
      return mapping.kind() != FieldKind.EMAIL && mapping.clearing() == Clearing.PROPAGATE;
    }

    private boolean holds(FieldView view, FieldValue value) {
      return view.known() != null && mapping.kind().same(view.known(), value);
    }

    private static boolean isLater(Instant one, Instant other) {
      return one.truncatedTo(ChronoUnit.SECONDS).isAfter(other.truncatedTo(ChronoUnit.SECONDS));
    }
  }
}
