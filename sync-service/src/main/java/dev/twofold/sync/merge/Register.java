package dev.twofold.sync.merge;

import dev.twofold.sync.record.CallSpan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one property on one side. All times are on that side's clock.
 *
 * <p>{@link #noticed} is a join: any set of foreign changes, in any order, any number of times,
 * ends in the same register.
 *
 * @param value what the side is known to hold; null while nobody has told us
 * @param asOf the beginning of the read that showed it: older changes are in it already
 * @param seen the newest foreign change taken in
 * @param claimed whether {@code seen} still waits to be settled with the other side
 * @param doubtful whether only a read can tell what the side holds: {@code seen} and a write of
 *     ours may have happened in either order, or two changes bear one time
 * @param write our last write
 */
public record Register(
    @Nullable String value,
    @Nullable Instant asOf,
    @Nullable Stamp seen,
    boolean claimed,
    boolean doubtful,
    @Nullable OwnWrite write) {

  /** Nothing is known. */
  public static final Register UNKNOWN = new Register(null, null, null, false, false, null);

  /** A foreign notice says that the property was changed to this value at that time. */
  public Register noticed(String changed, Instant at) {
    if (seen != null && at.isBefore(seen.at())) {
      return this;
    }
    if (asOf != null && at.isBefore(asOf)) {
      return datedBy(changed, at);
    }
    if (seen != null && at.equals(seen.at()) && !seen.approximate()) {
      return changed.equals(seen.value()) ? this : contested(changed, seen);
    }
    Stamp stamp = new Stamp(changed, at, false);
    if (write != null && !at.isAfter(write.span().to())) {
      // Newer than what the write was based on, and not clearly after it.
      boolean sameAsOurs = changed.equals(write.value());
      return new Register(value, asOf, stamp, true, !sameAsOurs, write);
    }
    return new Register(changed, asOf, stamp, true, false, write);
  }

  /** A read has shown this change already; its own notice brings the true time. */
  private Register datedBy(String changed, Instant at) {
    boolean undated = seen == null || seen.approximate();
    if (!undated || !changed.equals(value)) {
      return this;
    }
    return new Register(value, asOf, new Stamp(changed, at, false), claimed, doubtful, write);
  }

  private Register contested(String changed, Stamp other) {
    String greater = changed.compareTo(other.value()) > 0 ? changed : other.value();
    boolean overWrite = write != null && !other.at().isAfter(write.span().to());
    return new Register(
        overWrite ? value : greater,
        asOf,
        new Stamp(greater, other.at(), false),
        true,
        true,
        write);
  }

  /**
   * A read of the side showed this value. Settles every doubt that is older than the read; one that
   * may have run before or beside our last write, and shows something else, leaves a doubt instead,
   * because another process may have made that write since.
   */
  public Register read(String shown, CallSpan span) {
    if (value == null) {
      return new Register(shown, span.from(), null, false, false, write);
    }
    boolean newerThanRead = seen != null && !seen.approximate() && seen.at().isAfter(span.to());
    if (newerThanRead) {
      return this;
    }
    boolean olderThanOther = asOf != null && span.from().isBefore(asOf);
    if (olderThanOther && !shown.equals(value)) {
      // Another read, begun later, is recorded already: only one made beside it leaves a doubt.
      boolean beside = !span.to().isBefore(asOf);
      return beside ? new Register(value, asOf, seen, claimed, true, write) : this;
    }
    boolean during = seen != null && !seen.approximate() && !seen.at().isBefore(span.from());
    if (overlapsWrite(span) && !shown.equals(value)) {
      return new Register(value, asOf, seen, claimed, true, write);
    }
    if (during && (doubtful || !shown.equals(value))) {
      // A change as late as the read itself may have come after it: a later read tells.
      return new Register(value, asOf, seen, claimed, true, write);
    }
    if (doubtful && claimed && write != null && seen != null && shown.equals(seen.value())) {
      return new Register(shown, later(asOf, span.from()), seen, true, false, write);
    }
    if (write != null && shown.equals(write.value()) && shown.equals(value)) {
      // What we wrote hides whatever happened before: a late notice of it is news all the same.
      return new Register(value, asOf, seen, claimed, false, write);
    }
    if (shown.equals(value)) {
      return new Register(value, later(asOf, span.from()), seen, claimed, false, write);
    }
    Stamp stamp = new Stamp(shown, span.from(), true);
    return new Register(shown, later(asOf, span.from()), stamp, true, false, write);
  }

  /**
   * A list that ran beside everything else showed this value. It tells what nobody has told yet,
   * and changes made before it; where a write of ours may overlap, it tells nothing.
   */
  public Register listed(String shown, CallSpan span) {
    return overlapsWrite(span) || doubtful ? this : read(shown, span);
  }

  /** Whether a read begun then may have shown what was there before our last write. */
  private boolean overlapsWrite(CallSpan read) {
    return write != null && !read.from().isAfter(write.span().to());
  }

  /**
   * A write of ours was answered with this value.
   *
   * @param basedOn the time of the newest foreign change that was known when the write was decided
   */
  public Register wrote(String answered, CallSpan span, @Nullable Instant basedOn) {
    OwnWrite own = new OwnWrite(answered, span);
    boolean newer = seen != null && (basedOn == null || seen.at().isAfter(basedOn));
    if (!newer || seen == null) {
      // Their own value written back to them is still news to the other side.
      boolean restored = claimed && seen != null && seen.value().equals(answered);
      return new Register(answered, asOf, seen, restored, false, own);
    }
    if (seen.at().isAfter(span.to())) {
      return new Register(seen.value(), asOf, seen, true, false, own);
    }
    return new Register(answered, asOf, seen, true, !seen.value().equals(answered), own);
  }

  /** The same knowledge, where nothing told stands for blank. */
  public Register toldBlank() {
    return value == null ? new Register("", asOf, seen, claimed, doubtful, write) : this;
  }

  /**
   * The same knowledge among strangers: what we wrote here was copied from a record that has left,
   * so towards any other it is this side's own value.
   */
  public Register amongStrangers() {
    return write == null
        ? this
        : new Register(
            value, asOf, seen, claimed, doubtful, new OwnWrite(write.value(), write.span(), true));
  }

  /** The same knowledge with its change settled. */
  public Register settled() {
    return claimed ? new Register(value, asOf, seen, false, doubtful, write) : this;
  }

  /** The value of the unsettled change, or the known one where nothing is unsettled. */
  public @Nullable String claimedValue() {
    return claimed && seen != null ? seen.value() : value;
  }

  /** Whether the side holds what we wrote, and nobody has changed it since. */
  boolean isOurs() {
    return !claimed
        && value != null
        && write != null
        && !write.orphaned()
        && value.equals(write.value());
  }

  /** Whether the side holds nothing there and nobody has ever changed that. */
  boolean isUntold() {
    return !claimed && (value == null || value.isEmpty()) && seen == null;
  }

  /** Whether a write of ours fell upon a change we had not heard of. */
  public boolean isOverrun() {
    return claimed && !doubtful && seen != null && !seen.value().equals(value);
  }

  /** Whether the unsettled change was made when our last write had long been there. */
  public boolean isClearlyAfterOwnWrite() {
    return claimed && seen != null && write != null && seen.at().isAfter(write.span().to());
  }

  private static Instant later(@Nullable Instant one, Instant other) {
    return one != null && one.isAfter(other) ? one : other;
  }

  @Override
  public String toString() {
    return "Register[%s, asOf %s, seen %s%s%s, %s]"
        .formatted(
            value == null ? "unknown" : value.length() + " characters",
            asOf,
            seen,
            claimed ? ", claimed" : "",
            doubtful ? ", doubtful" : "",
            write);
  }
}
