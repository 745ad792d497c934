package dev.twofold.sync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.record.TenantId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArmedDrainsTest {

  private static final TenantId MAIN = new TenantId("main");
  private static final TenantId OTHER = new TenantId("other");
  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

  private final ArmedDrains armed = new ArmedDrains(2);

  @Test
  void armsNoMoreThanAllowedOfOneTenant() {
    assertThat(armed.add(MAIN, "a", NOW)).isTrue();
    assertThat(armed.add(MAIN, "b", NOW)).isTrue();
    assertThat(armed.add(MAIN, "c", NOW)).isFalse();
    assertThat(armed.add(OTHER, "a", NOW)).isTrue();
  }

  @Test
  void armsAnotherWhenOneHasEnded() {
    armed.add(MAIN, "a", NOW);
    armed.add(MAIN, "b", NOW);
    armed.remove(MAIN, "a");

    assertThat(armed.add(MAIN, "c", NOW)).isTrue();
  }

  @Test
  void countsADrainThatEndsTwiceOnce() {
    armed.add(MAIN, "a", NOW);
    armed.add(MAIN, "b", NOW);
    armed.remove(MAIN, "a");
    armed.remove(MAIN, "a");
    armed.add(MAIN, "c", NOW);

    assertThat(armed.add(MAIN, "d", NOW)).isFalse();
  }

  /** Their tasks were purged: nobody will ever end them. */
  @Test
  void forgetsDrainsThatWereLost() {
    armed.add(MAIN, "a", NOW);
    armed.add(MAIN, "b", NOW);
    Instant later = NOW.plus(ArmedDrains.FORGOTTEN_AFTER).plusSeconds(1);

    assertThat(armed.add(MAIN, "c", later)).isTrue();
    assertThat(armed.add(MAIN, "d", later)).isTrue();
    assertThat(armed.add(MAIN, "e", later)).isFalse();
  }
}
