package dev.twofold.sync.link;

import dev.twofold.sync.record.FieldName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches one link for a loop: a field that swings back and forth between our writes and somebody
 * else's. More than three swings of one field in two minutes freeze the link until a person
 * releases it; a person who corrects one field after another swings none.
 *
 * @param times when a foreign change undid a write of ours, by field, newest last
 * @param frozen the field and the sources that fought, in words; null while not frozen
 */
public record Swings(Map<FieldName, List<Instant>> times, @Nullable String frozen) {

  /** Nothing has swung. */
  public static final Swings NONE = new Swings(Map.of(), null);

  private static final int SWINGS_MAX = 3;
  private static final Duration WINDOW = Duration.ofMinutes(2);

  public Swings {
    Map<FieldName, List<Instant>> sorted = new TreeMap<>();
    times.forEach((field, each) -> sorted.put(field, List.copyOf(each)));
    times = Collections.unmodifiableMap(sorted);
  }

  /** A foreign change undid a write of ours. */
  Swings swung(FieldName field, Instant now, String fight) {
    Map<FieldName, List<Instant>> recent = new TreeMap<>();
    times.forEach((name, each) -> {
      List<Instant> kept = each.stream().filter(time -> time.isAfter(now.minus(WINDOW))).toList();
      if (!kept.isEmpty()) {
        recent.put(name, kept);
      }
    });
    List<Instant> ofField = new ArrayList<>(recent.getOrDefault(field, List.of()));
    ofField.add(now);
    recent.put(field, ofField);
    boolean looping = ofField.size() > SWINGS_MAX;
    return new Swings(recent, frozen != null ? frozen : looping ? fight : null);
  }
}
