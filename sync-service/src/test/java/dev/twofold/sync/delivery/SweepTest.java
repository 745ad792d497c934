package dev.twofold.sync.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.sync.dispatch.TaskCreation;
import dev.twofold.sync.dispatch.TaskDispatcher;
import dev.twofold.sync.dispatch.WriteTask;
import dev.twofold.sync.failure.Redelivery;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import dev.twofold.sync.link.InMemoryLinkStore;
import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.InMemoryTenantStore;
import dev.twofold.sync.tenant.StaticConnections;
import dev.twofold.sync.tenant.TenantDirectory;
import dev.twofold.sync.tenant.TenantState;
import dev.twofold.sync.watch.Observers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a sweep looks for, and when it comes again. */
class SweepTest {

  private static final TenantId MAIN = new TenantId("main");

  private final InMemoryTenantStore tenants = new InMemoryTenantStore();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> looks = new ArrayList<>();
  private final List<WriteTask> created = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private String failing = "";
  private long rows;
  private final Desk desk = desk();
  private final Sweep sweep = new Sweep(desk, new Backfill(desk));

  @BeforeEach
  void goLive() {
    tenants.update(MAIN, tenant -> tenant.in(TenantState.LIVE, null, null));
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** Seen in a backfill of 100,000: one look took too long, and nobody went on for a minute. */
  @Test
  void goesOnThoughALookFails() {
    rows = 2_000;
    failing = "waitingPurchases";

    assertThatThrownBy(() -> sweep.sweep(MAIN)).isInstanceOf(RetryableFailure.class);

    assertThat(created)
        .singleElement()
        .satisfies(task -> assertThat(task.path()).startsWith("/writes/sweep/"));
  }

  @Test
  void looksOnceAMinuteForWhatGoesWrongNowAndThenBeItInVain() {
    failing = "waitingPurchases";
    assertThatThrownBy(() -> sweep.sweep(MAIN)).isInstanceOf(RetryableFailure.class);
    now = now.plusSeconds(2);
    assertThat(sweep.sweep(MAIN)).isEqualTo(Redelivery.DONE);
    assertThat(looks).filteredOn(failing::equals).hasSize(1);

    now = now.plusSeconds(60);
    failing = "";

    assertThat(sweep.sweep(MAIN)).isEqualTo(Redelivery.DONE);
    assertThat(looks).filteredOn("waitingPurchases"::equals).hasSize(2);
    assertThat(created).isEmpty();
  }

  @Test
  void looksForOlderMappingsOnlyWhereTheyHaveChanged() {
    sweep.sweep(MAIN);
    assertThat(looks).contains("overdue").doesNotContain("mappedBefore");

    tenants.update(MAIN, tenant -> tenant.mappedBy(2));
    now = now.plusSeconds(60);
    sweep.sweep(MAIN);
    assertThat(looks).contains("mappedBefore");
  }

  private Desk desk() {
    StaticConnections connections = StaticConnections.of("main");
    TaskDispatcher dispatcher = new Listening();
    return new Desk(
        new Desk.Parts(
            store(),
            new TenantDirectory(tenants, connections, () -> now, Duration.ofSeconds(1)),
            connections,
            dispatcher,
            new TaskCreation(dispatcher, threads),
            () -> now,
            new Random(7),
            Duration.ofSeconds(1),
            Observers.NOBODY));
  }

  /** An empty store that counts its looks, and has as many rows as the test says. */
  private LinkStore store() {
    InMemoryLinkStore empty = new InMemoryLinkStore();
    return (LinkStore)
        Proxy.newProxyInstance(
            LinkStore.class.getClassLoader(),
            new Class<?>[] {LinkStore.class},
            (proxy, method, arguments) -> {
              looks.add(method.getName());
              if (method.getName().equals(failing)) {
                throw new RetryableFailure(Stage.LOADING, "it took too long", null);
              }
              if (method.getName().equals("rows")) {
                return rows;
              }
              try {
                return method.invoke(empty, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }

  private final class Listening implements TaskDispatcher {
    @Override
    public void create(WriteTask task) {
      created.add(task);
    }

    @Override
    public boolean exists(WriteTask task) {
      return false;
    }

    @Override
    public void pause(TenantId tenant) {
      throw new AssertionError("a sweep pauses nobody");
    }

    @Override
    public void resume(TenantId tenant) {
      throw new AssertionError("a sweep resumes nobody");
    }
  }
}
