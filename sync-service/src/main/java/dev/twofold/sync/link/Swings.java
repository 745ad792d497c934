package dev.twofold.sync.link;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches one link for a loop: a field that swings back and forth between our writes and somebody
 * else's. More than three swings in two minutes freeze the link until a person releases it.
 *
 * @param times when a foreign change undid a write of ours, newest last
 * @param frozen the field and the sources that fought, in words; null while not frozen
 */
public record Swings(List<Instant> times, @Nullable String frozen) {

  /** Nothing has swung. */
  public static final Swings NONE = new Swings(List.of(), null);

  private static final int SWINGS_MAX = 3;
  private static final Duration WINDOW = Duration.ofMinutes(2);

  public Swings {
    times = List.copyOf(times);
  }

  /** A foreign change undid a write of ours. */
  public Swings swung(Instant now, String fight) {
    List<Instant> recent = new ArrayList<>();
    for (Instant time : times) {
      if (time.isAfter(now.minus(WINDOW))) {
        recent.add(time);
      }
    }
    recent.add(now);
    boolean looping = recent.size() > SWINGS_MAX;
    return new Swings(recent, frozen != null ? frozen : looping ? fight : null);
  }
}
