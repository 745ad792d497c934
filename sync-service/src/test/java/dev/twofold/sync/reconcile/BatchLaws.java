package dev.twofold.sync.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.dispatch.TaskCreation;
import dev.twofold.sync.dispatch.TaskDispatcher;
import dev.twofold.sync.dispatch.WriteTask;
import dev.twofold.sync.link.InMemoryLinkStore;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.merge.Register;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.InMemoryTenantStore;
import dev.twofold.sync.tenant.StaticConnections;
import dev.twofold.sync.tenant.TenantDirectory;
import dev.twofold.sync.tenant.TenantState;
import dev.twofold.sync.watch.Observers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Merging is associative over batches: however a sequence of notices is cut into commits, the same
 * records are paired and the same is known of them. Exhaustive over the cuts of short sequences,
 * which are seeded.
 */
class BatchLaws {

  private static final TenantId MAIN = new TenantId("main");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
  private static final int SEEDS = 60;
  private static final int NOTICES = 6;

  @AfterAll
  static void stop() {
    THREADS.shutdown();
  }

  @Test
  void everyCutOfASequenceIntoCommitsEndsTheSame() {
    for (int seed = 0; seed < SEEDS; seed++) {
      List<ChangeNotice> notices = notices(new Random(seed));
      Map<String, String> oneByOne = after(notices, (1 << (NOTICES - 1)) - 1);
      for (int cuts = 0; cuts < 1 << (NOTICES - 1); cuts++) {
        assertThat(after(notices, cuts))
            .as("seed %d, cut like %s: %s", seed, Integer.toBinaryString(cuts), notices)
            .isEqualTo(oneByOne);
      }
    }
  }

  /**
   * Two contacts and two customers on three addresses, each made before it is changed. Addresses
   * stay: two that share one for a moment meet if that moment is committed, and need not otherwise.
   */
  private static List<ChangeNotice> notices(Random random) {
    List<RecordId> records =
        List.of(
            RecordId.contact("1"),
            RecordId.contact("2"),
            RecordId.customer("c1"),
            RecordId.customer("c2"));
    List<RecordId> made = new ArrayList<>();
    List<ChangeNotice> notices = new ArrayList<>();
    for (int each = 0; each < NOTICES; each++) {
      RecordId record = records.get(random.nextInt(records.size()));
      Instant at = NOW.plusSeconds(each);
      Lane lane = random.nextBoolean() ? Lane.EXPRESS : Lane.BULK;
      if (made.contains(record)) {
        notices.add(new ChangeNotice.Changed(record, at, lane, Map.of("phone", "+44 20 " + each)));
      } else {
        made.add(record);
        notices.add(new ChangeNotice.Created(record, at, lane, values(random, each), ""));
      }
    }
    return notices;
  }

  private static Map<String, String> values(Random random, int count) {
    Map<String, String> values = new HashMap<>();
    if (random.nextInt(3) > 0) {
      values.put("email", List.of("a", "b", "c").get(random.nextInt(3)) + "@example.com");
    }
    values.put("phone", "+44 20 " + count);
    return values;
  }

  /** What is known in the end; a bit of {@code cuts} ends a commit after that notice. */
  private static Map<String, String> after(List<ChangeNotice> notices, int cuts) {
    InMemoryLinkStore store = new InMemoryLinkStore();
    NoticeHandler handler = handler(store);
    List<ChangeNotice> batch = new ArrayList<>();
    for (int each = 0; each < notices.size(); each++) {
      batch.add(notices.get(each));
      if (each == notices.size() - 1 || (cuts & 1 << each) != 0) {
        handler.take(MAIN, batch, null);
        batch = new ArrayList<>();
      }
    }
    return known(store);
  }

  private static NoticeHandler handler(InMemoryLinkStore store) {
    InMemoryTenantStore tenants = new InMemoryTenantStore();
    tenants.update(MAIN, tenant -> tenant.in(TenantState.LIVE, null, null));
    StaticConnections connections = StaticConnections.of("main");
    InstantSource clock = InstantSource.fixed(NOW);
    return new NoticeHandler(
        new NoticeHandler.Parts(
            store,
            new TenantDirectory(tenants, connections, clock, Duration.ofMinutes(1)),
            connections,
            new TaskCreation(new Nowhere(), THREADS),
            clock,
            new Random(1),
            Duration.ofSeconds(1),
            Observers.NOBODY));
  }

  /** By record: its partner, what is known of it, and whether it waits for an address. */
  private static Map<String, String> known(InMemoryLinkStore store) {
    Map<String, String> known = new TreeMap<>();
    store
        .documents(MAIN)
        .values()
        .forEach(document -> {
          if (document instanceof Link link && link.joinedInto() == null) {
            for (Side side : Side.values()) {
              RecordId record = link.record(side);
              if (record != null) {
                Map<String, String> values = new TreeMap<>();
                link.side(side).properties().forEach((name, each) -> values.put(name, text(each)));
                known.put(
                    record.key(),
                    "with %s, %s, waits %s, tasks on %s and %s"
                        .formatted(
                            link.record(side.other()),
                            values,
                            link.waitsFor() != null,
                            link.hubspot().task() != null,
                            link.stripe().task() != null));
              }
            }
          }
        });
    return known;
  }

  private static String text(Register register) {
    return register.value() + " " + register.seen() + (register.claimed() ? " claimed" : "");
  }

  /** Forgets the tasks: only what is stored is looked at. */
  private static final class Nowhere implements TaskDispatcher {
    @Override
    public void create(WriteTask task) {
      // Nothing is carried out here.
    }

    @Override
    public boolean exists(WriteTask task) {
      return true;
    }

    @Override
    public void pause(TenantId tenant) {
      throw new AssertionError("nobody pauses " + tenant);
    }

    @Override
    public void resume(TenantId tenant) {
      throw new AssertionError("nobody resumes " + tenant);
    }
  }
}
