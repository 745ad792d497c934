package dev.twofold.sync.link;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A write that was stored before it was first sent, and is repeated unchanged until its outcome is
 * in the link.
 *
 * @param kind whether it makes a record or changes one
 * @param key the idempotency key: our prefix, the link and the number
 * @param values the properties it writes, by their name on that side
 * @param mark the id of the other side's record that it writes as our mark; null for none
 * @param firstAttemptAt when it was first sent, on our clock
 * @param basedOn per written property the newest foreign change known when it was decided
 * @param repeated whether it may have been sent to HubSpot more than once, so that a refusal of one
 *     attempt tells nothing of another; Stripe answers every attempt under one key alike
 * @param find whether repeating it tells nothing any more, so that a read must: what its effect was
 *     cannot be told from its answer, or its key has expired
 */
public record OpenRequest(
    Kind kind,
    String key,
    Map<String, String> values,
    @Nullable String mark,
    Instant firstAttemptAt,
    Map<String, Instant> basedOn,
    boolean repeated,
    boolean find) {

  /** Whether a request makes a record or changes one. */
  public enum Kind {
    CREATE,
    UPDATE
  }

  public OpenRequest {
    // Sorted, so that a repeat is the same request to the byte.
    values = Collections.unmodifiableMap(new TreeMap<>(values));
    basedOn = Map.copyOf(basedOn);
  }

  /** What that work writes, about to be sent for the first time under that key. */
  public static OpenRequest of(Work work, String key, Instant now) {
    return new OpenRequest(
        work.kind() == WorkKind.CREATE ? Kind.CREATE : Kind.UPDATE,
        key,
        work.values(),
        work.mark(),
        now,
        work.basedOn(),
        false,
        false);
  }

  /** The same request, about to be sent once more. */
  public OpenRequest again() {
    return new OpenRequest(kind, key, values, mark, firstAttemptAt, basedOn, true, find);
  }

  /** The same request, to be settled by a read. */
  public OpenRequest toFind() {
    return new OpenRequest(kind, key, values, mark, firstAttemptAt, basedOn, repeated, true);
  }

  /** The same request, as if it had not written that property. */
  public OpenRequest without(String property) {
    Map<String, String> others = new TreeMap<>(values);
    others.remove(property);
    return new OpenRequest(kind, key, others, mark, firstAttemptAt, basedOn, repeated, find);
  }

  @Override
  public String toString() {
    return "OpenRequest[" + kind + ", " + key + ", " + values.keySet() + "]";
  }
}
