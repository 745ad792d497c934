package dev.twofold.sync.merge;

import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.FieldValue;
import dev.twofold.sync.record.Side;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was decided for one field and why. A side in {@code behind} is to be written; a side in
 * {@code uncertain} is to be read first, and then nothing is behind.
 *
 * @param winner the value both sides shall hold; null while nothing can be decided
 * @param origin the side the winner comes from
 * @param changedAt when the winner was made, on the origin's clock, where known
 * @param settles whether both sides hold the winner, so that it can be recorded as agreed
 * @param held why a side that differs is not written, in words for a person
 * @param conflict the two values, where both sides had changed or a person is to choose
 */
public record FieldDecision(
    FieldName field,
    Rule rule,
    @Nullable FieldValue winner,
    @Nullable Side origin,
    @Nullable Instant changedAt,
    Set<Side> behind,
    Set<Side> uncertain,
    boolean settles,
    @Nullable String held,
    @Nullable Conflict conflict) {

  public FieldDecision {
    behind = Set.copyOf(behind);
    uncertain = Set.copyOf(uncertain);
    if (!behind.isEmpty() && (winner == null || settles || !uncertain.isEmpty())) {
      throw new IllegalStateException("nothing may be behind " + rule + " of " + field);
    }
  }

  /** Whether a person may say which side's value is to stand. */
  public boolean isForAPerson() {
    return conflict != null
        && switch (rule) {
          case MANUAL, DIFFERENT_SINCE_BEFORE, RESOLVED -> true;
          case NOT_MAPPED,
              NOTHING_KNOWN,
              UNCERTAIN,
              UNCHANGED,
              ONE_SIDE_CHANGED,
              BOTH_EQUAL,
              BLANK_NEVER_OVERWRITES,
              SOURCE_WINS,
              ONCE_FILLED,
              LATER_CHANGE,
              HUBSPOT_FIRST,
              POLICY_HUBSPOT,
              POLICY_STRIPE,
              CLEARING_IGNORED,
              EMAIL_NEVER_CLEARED ->
              false;
        };
  }

  static FieldDecision undecided(FieldName field, Rule rule) {
    return new FieldDecision(field, rule, null, null, null, Set.of(), Set.of(), false, null, null);
  }

  /** Nothing is written although the sides differ; the rule says why. */
  static FieldDecision held(FieldName field, Rule rule, @Nullable Conflict conflict) {
    return new FieldDecision(
        field, rule, null, null, null, Set.of(), Set.of(), false, rule.words(), conflict);
  }

  static FieldDecision uncertain(FieldName field, Set<Side> sides) {
    return new FieldDecision(
        field, Rule.UNCERTAIN, null, null, null, Set.of(), sides, false, null, null);
  }
}
