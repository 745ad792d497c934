package dev.twofold.sync.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
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
import dev.twofold.sync.tenant.TenantStore;
import dev.twofold.sync.watch.Observers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Many single notices at once, on a store whose commits take as long as others need to arrive. */
@Timeout(300)
class NoticeLoadIT {
  private static final TenantId TENANT = new TenantId("main");
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final int CALLERS = 200;
  private static final int NOTICES = 50_000;
  private static final int CONTACTS = 10_000;
  private static final List<String> PROPERTIES =
      List.of("email", "firstname", "lastname", "phone", "company");

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int begun;
  private int done;
  private int callersLeft = CALLERS;
  private final AtomicInteger storeCalls = new AtomicInteger();
  private final AtomicInteger tenantReads = new AtomicInteger();
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger tasks = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final NoticeHandler handler = handler();

  private final Logger log = (Logger) LoggerFactory.getLogger(NoticeHandler.class);

  /** A line for each of fifty thousand deliveries takes longer than all that is tested. */
  @BeforeEach
  void beQuiet() {
    log.setLevel(Level.WARN);
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    log.setLevel(null);
  }

  @Test
  void commitsFiftyThousandSingleNoticesInAFewThousandCommitsAndLosesNoRace()
      throws InterruptedException {
    List<Thread> callers = new ArrayList<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      int first = caller;
      callers.add(
          Thread.startVirtualThread(() -> {
            for (int notice = first; notice < NOTICES; notice += CALLERS) {
              count(1, 0);
              handler.handle(changed(notice));
              count(0, 1);
            }
            leave();
          }));
    }
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(done).isEqualTo(NOTICES);
    // Some hundred where every caller gets its turn at once; a starved machine needs more.
    assertThat(commits.get()).isLessThan(5_000);
    assertThat(lost).hasValue(0);
  }

  @Test
  void touchesNoStoreForWhatWeCausedInStripe() {
    for (int customer = 0; customer < 10_000; customer++) {
      String event =
          """
          {"id": "evt_%d", "object": "event", "type": "customer.created", "created": 1795261262,
           "request": {"id": "req_1", "idempotency_key": "twofold-abc-%d"},
           "data": {"object": {"id": "cus_%d", "object": "customer", "email": "a@example.com"}}}
          """
              .formatted(customer, customer, customer);
      handler.handle(new Delivery("m" + customer, Side.STRIPE, TENANT, NOW, event));
    }

    assertThat(storeCalls).hasValue(0);
    assertThat(tenantReads).as("the tenant and its mappings, for all of them").hasValue(2);
    assertThat(tasks).hasValue(0);
  }

  /** Notices of one contact come far apart, and those of one moment are of different contacts. */
  private static Delivery changed(int notice) {
    int contact = notice % CONTACTS;
    String property = PROPERTIES.get(notice / CONTACTS);
    String body =
        """
        [{"eventId": %d, "subscriptionId": 42, "portalId": 900100, "appId": 77001,
          "occurredAt": %d, "subscriptionType": "contact.propertyChange", "attemptNumber": 0,
          "objectId": %d, "changeSource": "IMPORT", "sourceId": "IMPORT:1",
          "propertyName": "%s", "propertyValue": "%s"}]
        """
            .formatted(
                notice,
                NOW.toEpochMilli(),
                1_000 + contact,
                property,
                property.equals("email") ? "p" + contact + "@example.com" : "V" + contact);
    return new Delivery("m" + notice, Side.HUBSPOT, TENANT, NOW, body);
  }

  private NoticeHandler handler() {
    InMemoryTenantStore tenants = new InMemoryTenantStore();
    var _ = tenants.update(TENANT, tenant -> tenant.in(TenantState.LIVE, null, null));
    StaticConnections connections = StaticConnections.of("main");
    InstantSource clock = InstantSource.fixed(NOW);
    return new NoticeHandler(
        new NoticeHandler.Parts(
            slow(new InMemoryLinkStore()),
            new TenantDirectory(counted(tenants), connections, clock, Duration.ofDays(1)),
            connections,
            new TaskCreation(new Counting(), threads),
            clock,
            new Random(7),
            Duration.ofSeconds(1),
            Observers.NOBODY));
  }

  private TenantStore counted(TenantStore store) {
    return (TenantStore)
        Proxy.newProxyInstance(
            TenantStore.class.getClassLoader(),
            new Class<?>[] {TenantStore.class},
            (proxy, method, arguments) -> {
              tenantReads.incrementAndGet();
              return method.invoke(store, arguments);
            });
  }

  /** Counts every call; a commit ends when every caller that still has something to say waits. */
  private LinkStore slow(LinkStore store) {
    return (LinkStore)
        Proxy.newProxyInstance(
            LinkStore.class.getClassLoader(),
            new Class<?>[] {LinkStore.class},
            (proxy, method, arguments) -> {
              storeCalls.incrementAndGet();
              if (method.getName().equals("commit")) {
                commits.incrementAndGet();
                awaitCallers();
              }
              try {
                Object answer = method.invoke(store, arguments);
                if (Boolean.FALSE.equals(answer)) {
                  lost.incrementAndGet();
                }
                return answer;
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }

  private void count(int more, int fewer) {
    lock.lock();
    try {
      begun += more;
      done += fewer;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      callersLeft--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitCallers() throws InterruptedException {
    lock.lock();
    try {
      while (begun < done + callersLeft) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private final class Counting implements TaskDispatcher {
    @Override
    public void create(WriteTask task) {
      tasks.incrementAndGet();
    }

    @Override
    public boolean exists(WriteTask task) {
      return true;
    }

    @Override
    public void pause(TenantId tenant) {}

    @Override
    public void resume(TenantId tenant) {}
  }
}
