package dev.twofold.sync.watch.micrometer;

import dev.twofold.sync.pacing.Pacer;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.watch.Watch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Keeps the figures of this service in a registry. */
final class MicrometerWatch implements Watch {

  /** Bounds around the objective of 30 s: below them a person waits, above them an import does. */
  private static final Duration[] FRESHNESS =
      seconds(0.25, 0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 25, 30, 45, 60, 90, 120, 300, 900, 3600);

  private static final String OTHER = "other";
  private static final int SCOPES_MAX = 16;
  private static final int SCOPE_LENGTH_MAX = 40;

  private final MeterRegistry meters;
  private final InstantSource clock;
  private final Map<Account, Paced> accounts = new ConcurrentHashMap<>();
  private final Map<Account, AtomicLong> broken = new ConcurrentHashMap<>();
  private final Map<TenantId, AtomicLong> outbox = new ConcurrentHashMap<>();

  MicrometerWatch(MeterRegistry meters, InstantSource clock) {
    this.meters = meters;
    this.clock = clock;
  }

  /** An account of a tenant. */
  private record Account(TenantId tenant, Side side) {

    Tags tags() {
      return Tags.of("tenant", tenant.value(), "side", side.label());
    }
  }

  /** What is known of the calls to an account. */
  private record Paced(CallRate rate, Set<String> scopes) {}

  @Override
  public void noticed(@Nullable TenantId tenant, Side from, NoticeOutcome outcome, int notices) {
    if (notices > 0) {
      Tags tags =
          Tags.of("tenant", tenant == null ? "unknown" : tenant.value(), "side", from.label())
              .and("outcome", label(outcome));
      meters.counter("twofold.notices", tags).increment(notices);
    }
  }

  @Override
  public void committed(int done, int lost) {
    if (done > 0) {
      meters.counter("twofold.commits", "outcome", "done").increment(done);
    }
    if (lost > 0) {
      meters.counter("twofold.commits", "outcome", "lost_race").increment(lost);
    }
  }

  @Override
  public void calling(TenantId tenant, Side side, Pacer pacer) {
    account(new Account(tenant, side), pacer).rate().count();
  }

  private Paced account(Account account, Pacer pacer) {
    return accounts.computeIfAbsent(
        account,
        fresh -> {
          CallRate rate = new CallRate(clock);
          Gauge.builder("twofold.limit.use", () -> rate.perSecond() / pacer.limit())
              .tags(fresh.tags())
              .register(meters);
          Gauge.builder("twofold.limit.current", pacer::limit)
              .tags(fresh.tags().and("scope", "all"))
              .register(meters);
          return new Paced(rate, ConcurrentHashMap.newKeySet());
        });
  }

  @Override
  public void called(TenantId tenant, Side side, CallKind kind, WriteOutcome outcome, int records) {
    Tags tags =
        new Account(tenant, side).tags().and("kind", label(kind), "outcome", label(outcome));
    meters.counter("twofold.writes", tags).increment(records);
  }

  @Override
  public void visible(TenantId tenant, Side on, Lane lane, Duration after) {
    Timer.builder("twofold.freshness")
        .serviceLevelObjectives(FRESHNESS)
        .maximumExpectedValue(FRESHNESS[FRESHNESS.length - 1])
        .tags("tenant", tenant.value(), "direction", "to_" + on.label(), "lane", label(lane))
        .register(meters)
        // The provider's clock may be ahead of ours.
        .record(after.isNegative() ? Duration.ZERO : after);
  }

  @Override
  public void parked(TenantId tenant, Side side) {
    meters.counter("twofold.parked", new Account(tenant, side).tags()).increment();
  }

  @Override
  public void limited(TenantId tenant, Side side, String words, Pacer pacer) {
    Account account = new Account(tenant, side);
    Paced paced = account(account, pacer);
    String scope = scope(paced, words);
    meters.counter("twofold.limit.lowered", account.tags().and("scope", scope)).increment();
    if (paced.scopes().add(scope)) {
      Gauge.builder(
              "twofold.limit.current",
              () -> pacer.loweredScopes().getOrDefault(words, pacer.limit()))
          .tags(account.tags().and("scope", scope))
          .register(meters);
    }
  }

  /** The provider's words become a tag's value: short, plain, and few. */
  private static String scope(Paced paced, String words) {
    String plain = words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    String scope = plain.substring(0, Math.min(plain.length(), SCOPE_LENGTH_MAX));
    boolean room = paced.scopes().contains(scope) || paced.scopes().size() < SCOPES_MAX - 1;
    return room && !scope.isEmpty() && !scope.equals("all") ? scope : OTHER;
  }

  @Override
  public void connection(TenantId tenant, Side side, boolean isBroken) {
    Account account = new Account(tenant, side);
    broken
        .computeIfAbsent(account, fresh -> gauge("twofold.connection.broken", fresh.tags()))
        .set(isBroken ? 1 : 0);
  }

  @Override
  public void outbox(TenantId tenant, long rows) {
    outbox
        .computeIfAbsent(
            tenant, fresh -> gauge("twofold.outbox.rows", Tags.of("tenant", fresh.value())))
        .set(rows);
  }

  private AtomicLong gauge(String name, Tags tags) {
    AtomicLong value = new AtomicLong();
    Gauge.builder(name, value, AtomicLong::doubleValue)
        .tags(tags)
        .strongReference(true)
        .register(meters);
    return value;
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Duration[] seconds(double... bounds) {
    Duration[] durations = new Duration[bounds.length];
    for (int bound = 0; bound < bounds.length; bound++) {
      durations[bound] = Duration.ofMillis(Math.round(bounds[bound] * 1000));
    }
    return durations;
  }
}
