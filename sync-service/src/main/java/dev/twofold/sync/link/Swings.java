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
 * @param times the swings of each field, newest last
 * @param frozen the field and the sources that fought, in words; null while not frozen
 */
public record Swings(Map<FieldName, List<Swing>> times, @Nullable String frozen) {

  /**
   * A foreign change undid a write of ours.
   *
   * @param at on our clock
   * @param written until when that write may have taken effect, on its side's clock; what undoes
   *     another part of the same write is no further swing
   */
  public record Swing(Instant at, Instant written) {}

  /** Nothing has swung. */
  public static final Swings NONE = new Swings(Map.of(), null);

  private static final int SWINGS_MAX = 3;
  private static final Duration WINDOW = Duration.ofMinutes(2);

  public Swings {
    Map<FieldName, List<Swing>> sorted = new TreeMap<>();
    times.forEach((field, each) -> sorted.put(field, List.copyOf(each)));
    times = Collections.unmodifiableMap(sorted);
  }

  /** A foreign change undid a write of ours. */
  Swings swung(FieldName field, Swing swing, String fight) {
    Map<FieldName, List<Swing>> recent = new TreeMap<>();
    times.forEach((name, each) -> {
      List<Swing> kept =
          each.stream().filter(old -> old.at().isAfter(swing.at().minus(WINDOW))).toList();
      if (!kept.isEmpty()) {
        recent.put(name, kept);
      }
    });
    List<Swing> ofField = new ArrayList<>(recent.getOrDefault(field, List.of()));
    if (ofField.stream().noneMatch(old -> old.written().equals(swing.written()))) {
      ofField.add(swing);
    }
    recent.put(field, ofField);
    boolean looping = ofField.size() > SWINGS_MAX;
    return new Swings(recent, frozen != null ? frozen : looping ? fight : null);
  }
}
