package dev.twofold.sync.watch.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.pacing.PaceSettings;
import dev.twofold.sync.pacing.Pacer;
import dev.twofold.sync.pacing.Parking;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.watch.Watch.NoticeOutcome;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerWatchTest {

  private static final TenantId MAIN = new TenantId("main");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private long nanos;
  private final Pacer pacer = new Pacer(PaceSettings.of(15), () -> nanos, Parking.THREADS);
  private final MicrometerWatch watch =
      new MicrometerWatch(meters, () -> Instant.EPOCH.plusNanos(nanos));

  @Test
  void showsWhatIsInForceAndWhatIsLeftOfALoweredScope() {
    watch.calling(MAIN, Side.HUBSPOT, pacer);
    assertThat(limit("all")).isEqualTo(15);

    pacer.lowered("TEN_SECONDLY_ROLLING");
    watch.limited(MAIN, Side.HUBSPOT, "TEN_SECONDLY_ROLLING", pacer);
    assertThat(limit("all")).isLessThan(15).isEqualTo(limit("ten_secondly_rolling"));

    nanos += Duration.ofHours(1).toNanos();
    assertThat(limit("all")).as("recovered").isEqualTo(15);
    assertThat(limit("ten_secondly_rolling")).isEqualTo(15);
  }

  @Test
  void showsWhichShareOfTheLimitIsUsed() {
    for (int call = 0; call < 450; call++) {
      watch.calling(MAIN, Side.HUBSPOT, pacer);
    }

    assertThat(meters.get("twofold.limit.use").gauge().value()).isEqualTo(0.5);
  }

  @Test
  void keepsTheProvidersWordsShortPlainAndFew() {
    watch.limited(MAIN, Side.STRIPE, "all", pacer);
    watch.limited(MAIN, Side.STRIPE, "Lock/timeout for zoe@example.com " + "x".repeat(99), pacer);
    for (int scope = 0; scope < 99; scope++) {
      watch.limited(MAIN, Side.STRIPE, "scope " + scope, pacer);
    }

    assertThat(meters.find("twofold.limit.lowered").counters())
        .hasSizeLessThanOrEqualTo(16)
        .extracting(counter -> Objects.requireNonNull(counter.getId().getTag("scope")))
        .allMatch(scope -> scope.matches("[a-z0-9_]{1,40}"))
        .contains("other", "scope_3")
        .doesNotContain("all");
  }

  @Test
  void countsAClockThatIsAheadOfOursAsNoDelay() {
    watch.visible(MAIN, Side.STRIPE, Lane.BULK, Duration.ofSeconds(-3));
    watch.visible(MAIN, Side.STRIPE, Lane.BULK, Duration.ofSeconds(8));

    assertThat(
            meters
                .get("twofold.freshness")
                .tags("tenant", "main", "direction", "to_stripe", "lane", "bulk")
                .timer()
                .totalTime(TimeUnit.SECONDS))
        .isEqualTo(8);
  }

  @Test
  void namesNoTenantWhereNoticesLeadToNone() {
    watch.noticed(null, Side.HUBSPOT, NoticeOutcome.PARKED, 2);
    watch.noticed(null, Side.HUBSPOT, NoticeOutcome.DROPPED, 0);

    assertThat(meters.getMeters()).extracting(Meter::getId).hasSize(1);
    assertThat(meters.get("twofold.notices").tag("tenant", "unknown").counter().count())
        .isEqualTo(2);
  }

  @Test
  void followsAConnectionThatBreaksAndIsMended() {
    watch.connection(MAIN, Side.STRIPE, true);
    assertThat(meters.get("twofold.connection.broken").gauge().value()).isEqualTo(1);

    watch.connection(MAIN, Side.STRIPE, false);
    assertThat(meters.get("twofold.connection.broken").gauge().value()).isZero();
  }

  private double limit(String scope) {
    return meters.get("twofold.limit.current").tag("scope", scope).gauge().value();
  }
}
