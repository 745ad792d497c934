package dev.twofold.simulators.transport;

import dev.twofold.simulators.web.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates many people over a span of time, as an import does: evenly, from one thread of its own.
 * The people are made up from their number, so that a check can work out what must be there.
 */
final class BulkImport {
  private static final int MOST = 1_000_000;

  private static final int MOST_AT_ONCE = 20;

  private static final Duration STEP = Duration.ofMillis(20);
  private static final List<String> FIRST =
      List.of(
          "Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gia", "Hugo", "Ida", "Jon", "Kim", "Lea",
          "Max", "Nora", "Otto", "Pia", "Quinn", "Rosa", "Sam", "Tess");
  private static final List<String> LAST =
      List.of(
          "Adler", "Baker", "Costa", "Dubois", "Ekman", "Fischer", "Garcia", "Huber", "Ito",
          "Jensen", "Keller", "Larsen", "Moreau", "Novak", "Olsen", "Peters", "Rossi", "Silva",
          "Torres", "Weber");

  /** Creates one record from the made-up person; {@code silent} ones make no notices. */
  interface Creator {
    void create(Person person, String changeSource, boolean silent);
  }

  /** A made-up person, the same for the same prefix and number. */
  record Person(String email, String firstName, String lastName, String phone) {
    static Person of(String prefix, int number) {
      return new Person(
          prefix + "-" + number + "@example.com",
          FIRST.get(number % FIRST.size()),
          LAST.get(number / FIRST.size() % LAST.size()),
          "+4144%07d".formatted(number % 10_000_000));
    }

    Map<String, String> contactProperties() {
      Map<String, String> properties = new LinkedHashMap<>();
      properties.put("email", email);
      properties.put("firstname", firstName);
      properties.put("lastname", lastName);
      properties.put("phone", phone);
      return properties;
    }

    Map<String, String> customerParameters() {
      Map<String, String> parameters = new LinkedHashMap<>();
      parameters.put("email", email);
      parameters.put("name", firstName + " " + lastName);
      parameters.put("phone", phone);
      return parameters;
    }
  }

  private record Running(
      String prefix, int count, AtomicInteger done, AtomicInteger refused, AtomicBoolean stopped) {
    boolean isOver() {
      return stopped.get() || done.get() + refused.get() >= count;
    }
  }

  private final Creator creator;
  private final EngineLock lock;
  private final List<Running> running = new ArrayList<>();

  BulkImport(Creator creator, EngineLock lock) {
    this.creator = creator;
    this.lock = lock;
  }

  /** Called inside the lock; the work goes on outside, taking the lock in short steps. */
  ObjectNode start(ObjectNode body) {
    int count = body.path("count").asInt(0);
    double seconds = body.path("seconds").asDouble(0);
    if (count < 1 || count > MOST || seconds < 0 || seconds > 86_400) {
      throw new IllegalArgumentException(
          "an import has a count from 1 to " + MOST + " and seconds from 0 to 86400");
    }
    if (running.size() >= MOST_AT_ONCE) {
      running.removeIf(Running::isOver);
    }
    if (running.size() >= MOST_AT_ONCE) {
      throw new IllegalArgumentException(MOST_AT_ONCE + " imports are running already");
    }
    Running started =
        new Running(
            body.path("prefix").asString("import"),
            count,
            new AtomicInteger(),
            new AtomicInteger(),
            new AtomicBoolean());
    String changeSource = body.path("changeSource").asString("IMPORT");
    boolean silent = body.path("silent").asBoolean(false);
    int first = body.path("first").asInt(0);
    running.add(started);
    Thread.ofVirtual()
        .name("import")
        .start(() -> run(started, first, seconds, new How(changeSource, silent)));
    return json(started);
  }

  private record How(String changeSource, boolean silent) {}

  private void run(Running one, int first, double seconds, How how) {
    long begin = System.nanoTime();
    int next = 0;
    while (next < one.count() && !one.stopped().get()) {
      double elapsed = (System.nanoTime() - begin) / 1e9;
      int due = seconds == 0 ? one.count() : (int) Math.ceil(one.count() * elapsed / seconds);
      // In short steps, so that calls are not kept waiting while thousands are created.
      int until = Math.min(Math.min(due, one.count()), next + 200);
      int from = next;
      lock.run(() -> createAll(one, first + from, first + until, how));
      next = until;
      if (next >= due && next < one.count() && !pause()) {
        return;
      }
    }
  }

  private void createAll(Running one, int from, int until, How how) {
    for (int number = from; number < until && !one.stopped().get(); number++) {
      try {
        creator.create(Person.of(one.prefix(), number), how.changeSource(), how.silent());
        one.done().incrementAndGet();
      } catch (RuntimeException refused) {
        // Repeating an import meets addresses that are there: counted and shown, not hidden.
        one.refused().incrementAndGet();
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(STEP);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Called inside the lock. */
  void cancel() {
    running.forEach(one -> one.stopped().set(true));
    running.clear();
  }

  ArrayNode json() {
    ArrayNode all = Json.array();
    running.forEach(one -> all.add(json(one)));
    return all;
  }

  private static ObjectNode json(Running one) {
    return Json.object()
        .put("prefix", one.prefix())
        .put("count", one.count())
        .put("done", one.done().get())
        .put("refused", one.refused().get());
  }
}
