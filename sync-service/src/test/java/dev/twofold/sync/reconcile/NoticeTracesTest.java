package dev.twofold.sync.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twofold.sync.dispatch.TaskCreation;
import dev.twofold.sync.dispatch.TaskDispatcher;
import dev.twofold.sync.dispatch.WriteTask;
import dev.twofold.sync.link.InMemoryLinkStore;
import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.InMemoryTenantStore;
import dev.twofold.sync.tenant.StaticConnections;
import dev.twofold.sync.tenant.TenantDirectory;
import dev.twofold.sync.tenant.TenantState;
import dev.twofold.sync.watch.Observers;
import dev.twofold.sync.watch.Traces;
import dev.twofold.sync.watch.Watch;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which trace the work of a delivery goes on with, alone and committed with others'. */
@Timeout(60)
class NoticeTracesTest {

  private static final TenantId MAIN = new TenantId("main");
  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

  private final CountDownLatch loadingGoesOn = new CountDownLatch(1);
  private final RecordingTraces traces = new RecordingTraces();
  private final Map<String, String> traceOfTask = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final NoticeHandler handler = handler();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void aDeliveryAloneGoesOnInItsOwnTraceToItsTask() {
    loadingGoesOn.countDown();

    handler.handle(delivery("1"));

    assertThat(traces.pieces)
        .containsExactly(
            new Traces.Piece("notices", trace("1"), List.of()),
            new Traces.Piece("commit", trace("1"), List.of()));
    assertThat(traceOfTask.values()).containsExactly(trace("1"));
  }

  @Test
  void deliveriesCommittedTogetherAreLinkedAndEachTaskGoesOnInItsOwnTrace() throws Exception {
    Thread first = handling("1");
    await().until(() -> first.getState() == Thread.State.WAITING);
    Thread second = handling("2");
    await().until(() -> second.getState() == Thread.State.WAITING);
    Thread third = handling("3");
    await().until(() -> third.getState() == Thread.State.WAITING);

    loadingGoesOn.countDown();
    for (Thread each : List.of(first, second, third)) {
      each.join();
    }

    assertThat(traces.pieces)
        .filteredOn(piece -> piece.name().equals("commit"))
        .containsExactly(
            new Traces.Piece("commit", trace("1"), List.of()),
            new Traces.Piece("commit", trace("2"), List.of(trace("3"))));
    assertThat(traceOfTask.values()).containsExactlyInAnyOrder(trace("1"), trace("2"), trace("3"));
  }

  private Thread handling(String contact) {
    return Thread.ofPlatform().start(() -> handler.handle(delivery(contact)));
  }

  private static String trace(String contact) {
    return "00-" + contact.repeat(32) + "-00f067aa0ba902b7-01";
  }

  private static Delivery delivery(String contact) {
    String body =
        """
        [{"subscriptionType": "contact.creation", "objectId": %1$s, "occurredAt": 1},
         {"subscriptionType": "contact.propertyChange", "objectId": %1$s, "occurredAt": 1,
          "propertyName": "email", "propertyValue": "p%1$s@example.com"},
         {"subscriptionType": "contact.propertyChange", "objectId": %1$s, "occurredAt": 1,
          "propertyName": "firstname", "propertyValue": "Anna"}]
        """
            .formatted(contact);
    return new Delivery("m" + contact, Side.HUBSPOT, MAIN, NOW, body, trace(contact));
  }

  private NoticeHandler handler() {
    InMemoryTenantStore tenants = new InMemoryTenantStore();
    tenants.update(MAIN, fresh -> fresh.in(TenantState.LIVE, null, null));
    StaticConnections connections = StaticConnections.of("main");
    InstantSource clock = InstantSource.fixed(NOW);
    return new NoticeHandler(
        new NoticeHandler.Parts(
            gated(new InMemoryLinkStore()),
            new TenantDirectory(tenants, connections, clock, Duration.ofSeconds(1)),
            connections,
            new TaskCreation(new RecordingDispatcher(), threads),
            clock,
            new Random(7),
            Duration.ofSeconds(1),
            new Observers(Watch.NOBODY, traces)));
  }

  /** The first to load anything waits. */
  private LinkStore gated(LinkStore store) {
    return (LinkStore)
        Proxy.newProxyInstance(
            LinkStore.class.getClassLoader(),
            new Class<?>[] {LinkStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("load")) {
                loadingGoesOn.await();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getTargetException();
              }
            });
  }

  /** Remembers the trace each task was created with. */
  private final class RecordingDispatcher implements TaskDispatcher {

    @Override
    public void create(WriteTask task) {
      traceOfTask.put(task.name(), String.valueOf(task.trace()));
    }

    @Override
    public boolean exists(WriteTask task) {
      return false;
    }

    @Override
    public void pause(TenantId tenant) {}

    @Override
    public void resume(TenantId tenant) {}
  }

  /** Names each piece's trace by its parent's, as if nothing were added to it. */
  private static final class RecordingTraces implements Traces {

    private final List<Piece> pieces = new CopyOnWriteArrayList<>();
    private final ThreadLocal<@Nullable String> running = new ThreadLocal<>();

    @Override
    public @Nullable String current() {
      return running.get();
    }

    @Override
    public <T> T within(Piece piece, Function<Told, T> work) {
      String before = running.get();
      pieces.add(piece);
      running.set(piece.parent() == null ? before : piece.parent());
      try {
        return work.apply((key, value) -> {});
      } finally {
        running.set(before);
      }
    }

    @Override
    public void past(Piece piece, Instant from, Instant to, String outcome) {
      pieces.add(piece);
    }
  }
}
