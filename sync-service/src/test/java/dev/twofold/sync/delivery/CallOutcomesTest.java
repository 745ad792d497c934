package dev.twofold.sync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.twofold.sync.dispatch.TaskCreation;
import dev.twofold.sync.dispatch.TaskDispatcher;
import dev.twofold.sync.dispatch.WriteTask;
import dev.twofold.sync.failure.Redelivery;
import dev.twofold.sync.link.InMemoryLinkStore;
import dev.twofold.sync.pacing.PaceSettings;
import dev.twofold.sync.pacing.Pacer;
import dev.twofold.sync.pacing.Parking;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.tenant.InMemoryTenantStore;
import dev.twofold.sync.tenant.StaticConnections;
import dev.twofold.sync.tenant.TenantDirectory;
import dev.twofold.sync.watch.Observers;
import dev.twofold.sync.watch.Traces;
import dev.twofold.sync.watch.Watch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** What a refusal for too many calls does, and who hears of it. */
class CallOutcomesTest {

  private static final TenantId MAIN = new TenantId("main");
  private static final TenantId OTHER = new TenantId("other");

  private final Logger logger = (Logger) LoggerFactory.getLogger(CallOutcomes.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> watched = new ArrayList<>();
  private final Map<String, Pacer> pacers = new HashMap<>();
  private long nanos;
  private final CallOutcomes outcomes = new CallOutcomes(desk(), this::pacer);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
    threads.shutdownNow();
  }

  @Test
  void lowersThatTenantsLimitForTheNamedScopeAlone() {
    assertThat(outcomes.redelivery(MAIN, Side.STRIPE, limited("endpoint-rate", null)))
        .contains(Redelivery.AGAIN_ALL_SLOWER);

    assertThat(pacer(MAIN, Side.STRIPE).limit()).isEqualTo(75);
    assertThat(pacer(MAIN, Side.STRIPE).loweredScopes())
        .containsExactly(Map.entry("endpoint-rate", 75));
    assertThat(pacer(MAIN, Side.HUBSPOT).limit()).isEqualTo(15);
    assertThat(pacer(OTHER, Side.STRIPE).limit()).isEqualTo(100);
  }

  @Test
  void keepsScopesApartAndTheLowestInForceUntilEachHasRecoveredByItsSteps() {
    var _ = outcomes.redelivery(MAIN, Side.STRIPE, limited("endpoint-rate", null));
    nanos += Duration.ofSeconds(9).toNanos();
    var _ = outcomes.redelivery(MAIN, Side.STRIPE, limited("global-rate", null));
    assertThat(pacer(MAIN, Side.STRIPE).loweredScopes())
        .containsExactlyInAnyOrderEntriesOf(Map.of("endpoint-rate", 75, "global-rate", 57));

    List<Integer> limits = new ArrayList<>();
    for (int step = 0; step < 6; step++) {
      nanos += Duration.ofSeconds(10).toNanos();
      limits.add(pacer(MAIN, Side.STRIPE).limit());
    }

    assertThat(limits).containsExactly(67, 77, 87, 97, 100, 100);
    assertThat(pacer(MAIN, Side.STRIPE).loweredScopes()).isEmpty();
  }

  @Test
  void tellsTheFiguresAndTheLog() {
    var _ = outcomes.redelivery(MAIN, Side.HUBSPOT, limited("ten_secondly_rolling", null));

    assertThat(watched).containsExactly("main hubspot ten_secondly_rolling limit 12");
    assertThat(lines.list)
        .singleElement()
        .satisfies(line ->
            assertThat(line.getKeyValuePairs())
                .extracting(KeyValuePair::toString)
                .containsExactlyInAnyOrder(
                    "event=\"sync.limited\"",
                    "tenant=\"main\"",
                    "side=\"hubspot\"",
                    "scope=\"ten_secondly_rolling\"",
                    "limit=\"12\""));
  }

  @Test
  void holdsEveryCallForAsLongAsTheProviderAsks() {
    var _ = outcomes.redelivery(MAIN, Side.HUBSPOT, limited("daily", Duration.ofMinutes(1)));

    assertThat(pacer(MAIN, Side.HUBSPOT).call(Lane.EXPRESS, sent -> true)).isEmpty();
    nanos += Duration.ofMinutes(1).toNanos();
    assertThat(pacer(MAIN, Side.HUBSPOT).call(Lane.EXPRESS, sent -> true)).contains(true);
  }

  private static CallResult limited(String scope, @Nullable Duration after) {
    return new CallResult.Limited(scope, after);
  }

  private Pacer pacer(TenantId tenant, Side side) {
    return pacers.computeIfAbsent(
        tenant + side.label(),
        any ->
            new Pacer(
                PaceSettings.of(side == Side.STRIPE ? 100 : 15), () -> nanos, Parking.THREADS));
  }

  private Desk desk() {
    InMemoryTenantStore tenants = new InMemoryTenantStore();
    StaticConnections connections = StaticConnections.of("main");
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));
    TaskDispatcher nowhere = new Nowhere();
    return new Desk(
        new Desk.Parts(
            new InMemoryLinkStore(),
            new TenantDirectory(tenants, connections, clock, Duration.ofDays(1)),
            connections,
            nowhere,
            new TaskCreation(nowhere, threads),
            clock,
            new Random(7),
            Duration.ofSeconds(1),
            new Observers(new Listening(), Traces.NONE)));
  }

  private final class Listening implements Watch {
    @Override
    public void limited(TenantId tenant, Side side, String scope, Pacer pacer) {
      watched.add("%s %s %s limit %d".formatted(tenant, side.label(), scope, pacer.limit()));
    }
  }

  private static final class Nowhere implements TaskDispatcher {
    @Override
    public void create(WriteTask task) {
      throw new AssertionError("no task is to be created");
    }

    @Override
    public boolean exists(WriteTask task) {
      return false;
    }

    @Override
    public void pause(TenantId tenant) {
      throw new AssertionError("nothing is to be paused");
    }

    @Override
    public void resume(TenantId tenant) {}
  }
}
