package dev.twofold.sync.watch;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts pieces of work into the traces they belong to. A trace is named by its W3C {@code
 * traceparent}, which travels with messages, tasks and rows; one that cannot be read counts as
 * none.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">Trace context</a>
 */
public interface Traces {

  /** Nobody traces. */
  Traces NONE =
      new Traces() {
        @Override
        public @Nullable String current() {
          return null;
        }

        @Override
        public <T> T within(Piece piece, Function<Told, T> work) {
          return work.apply((key, value) -> {});
        }

        @Override
        public void past(Piece piece, Instant from, Instant to, String outcome) {}
      };

  /** Where the running work belongs; null where it belongs to no trace. */
  @Nullable String current();

  /** Does the work as a piece of its trace. */
  <T> T within(Piece piece, Function<Told, T> work);

  /** Records a piece of work that has been done among others, in its own trace. */
  void past(Piece piece, Instant from, Instant to, String outcome);

  /** What is said about a piece of work once it is known: ids and outcomes, never values. */
  interface Told {

    /** Says it. */
    void tell(String key, String value);
  }

  /**
   * A piece of work.
   *
   * @param name what is done, never to whom
   * @param parent the work it follows; null where it follows the running one
   * @param links other work that led to it
   */
  record Piece(String name, @Nullable String parent, List<String> links) {

    /** More would not be looked at, and a trace's store refuses them. */
    public static final int LINKS_MAX = 100;

    public Piece {
      links = links.stream().distinct().limit(LINKS_MAX).toList();
    }

    /** A piece that follows the running work. */
    public static Piece of(String name) {
      return new Piece(name, null, List.of());
    }

    /** The same piece following that work; the running one where it is null. */
    public Piece after(@Nullable String parent) {
      return new Piece(name, parent, links);
    }

    /** The same piece that other work led to as well. */
    public Piece linked(List<String> others) {
      return new Piece(name, parent, others);
    }
  }

  /** Whether somebody will look at that trace: one that nobody samples need not be stored. */
  static boolean isSampled(@Nullable String traceparent) {
    if (traceparent == null || traceparent.isEmpty()) {
      return false;
    }
    // The lowest of the last two digits' bits; others may be set beside it.
    int flags = Character.digit(traceparent.charAt(traceparent.length() - 1), 16);
    return flags >= 0 && (flags & 1) == 1;
  }
}
