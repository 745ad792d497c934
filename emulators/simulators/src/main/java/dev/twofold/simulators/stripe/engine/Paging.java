package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists: newest first, {@code starting_after} towards older, {@code ending_before} newer. */
final class Paging {
  private Paging() {}

  /** Where a page begins: the sequence of the cursor's entry, and in which direction. */
  record Cursor(@Nullable Long startingAfter, @Nullable Long endingBefore) {
    /** Looks both cursors up; one that leads nowhere is refused. */
    static Cursor of(Call call, String kind, Function<String, @Nullable Long> sequence) {
      return new Cursor(
          find(call, "starting_after", kind, sequence),
          find(call, "ending_before", kind, sequence));
    }

    private static @Nullable Long find(
        Call call, String name, String kind, Function<String, @Nullable Long> sequence) {
      String id = call.text(name);
      if (id.isEmpty()) {
        return null;
      }
      Long found = sequence.apply(id);
      if (found == null) {
        throw StripeRefusal.missing(kind, id, name);
      }
      return found;
    }
  }

  /** At most {@code limit} wanted entries on the asked side of the cursor, newest first. */
  static <T> ObjectNode page(
      NavigableMap<Long, T> entries,
      Cursor cursor,
      int limit,
      Predicate<T> wanted,
      Function<T, ObjectNode> render) {
    List<T> found = new ArrayList<>();
    boolean towardsNewer = cursor.endingBefore() != null;
    for (T entry : side(entries, cursor)) {
      if (wanted.test(entry)) {
        found.add(entry);
        if (found.size() > limit) {
          break;
        }
      }
    }
    boolean more = found.size() > limit;
    List<T> page = more ? found.subList(0, limit) : found;
    ObjectNode list = Json.object().put("object", "list");
    ArrayNode data = list.putArray("data");
    (towardsNewer ? page.reversed() : page).forEach(entry -> data.add(render.apply(entry)));
    return list.put("has_more", more);
  }

  private static <T> Collection<T> side(NavigableMap<Long, T> entries, Cursor cursor) {
    if (cursor.endingBefore() != null) {
      return entries.tailMap(cursor.endingBefore(), false).values();
    }
    return cursor.startingAfter() == null
        ? entries.descendingMap().values()
        : entries.headMap(cursor.startingAfter(), false).descendingMap().values();
  }

  /** The bounds of {@code created}, exact or by {@code gt, gte, lt, lte}. */
  static Predicate<Instant> created(JsonNode filter) {
    if (filter.isMissingNode()) {
      return _ -> true;
    }
    if (filter.isString()) {
      long exact = seconds(filter);
      return at -> at.getEpochSecond() == exact;
    }
    Predicate<Instant> all = _ -> true;
    for (String bound : filter.propertyNames()) {
      long second = seconds(filter.path(bound));
      all =
          all.and(
              switch (bound) {
                case "gt" -> at -> at.getEpochSecond() > second;
                case "gte" -> at -> at.getEpochSecond() >= second;
                case "lt" -> at -> at.getEpochSecond() < second;
                case "lte" -> at -> at.getEpochSecond() <= second;
                default -> throw StripeRefusal.unknownParameter("created[" + bound + "]");
              });
    }
    return all;
  }

  private static long seconds(JsonNode value) {
    String text = value.asString("");
    if (!text.matches("\\d{1,12}")) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer", "created", "Invalid integer: " + text);
    }
    return Long.parseLong(text);
  }
}
