package dev.twofold.sync.tenant;

import static dev.twofold.sync.tenant.WritesRegister.ALIVE_FOR;
import static dev.twofold.sync.tenant.WritesRegister.HEARTBEAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every {@link WritesRegister} keeps. Each test begins with an empty one. */
public interface WritesRegisterContract {

  /** Some time. */
  Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

  /** The register. */
  WritesRegister register();

  @Test
  default void isEmptyAtFirst() {
    assertThat(register().alive(NOW)).isZero();
  }

  @Test
  default void countsEveryProcessOnce() {
    register().register("one", NOW);
    register().register("one", NOW.plus(HEARTBEAT));
    register().register("two/2", NOW.plus(HEARTBEAT));

    assertThat(register().alive(NOW.plus(HEARTBEAT))).isEqualTo(2);
  }

  @Test
  default void countsAProcessUntilItHasBeenSilentForTooLong() {
    register().register("one", NOW);

    assertThat(register().alive(NOW.plus(ALIVE_FOR).minusMillis(1))).isOne();
    assertThat(register().alive(NOW.plus(ALIVE_FOR))).isZero();
  }

  @Test
  default void countsAProcessThatWakesUpAgain() {
    register().register("one", NOW);
    register().register("one", NOW.plus(ALIVE_FOR).plusSeconds(60));

    assertThat(register().alive(NOW.plus(ALIVE_FOR).plusSeconds(61))).isOne();
  }

  @Test
  default void countsAProcessWhoseClockIsAhead() {
    register().register("one", NOW.plusSeconds(3));

    assertThat(register().alive(NOW)).isOne();
  }

  @Test
  default void forgetsAProcessThatLeaves() {
    register().register("one", NOW);
    register().register("two", NOW);

    register().leave("one");
    register().leave("never-there");

    assertThat(register().alive(NOW)).isOne();
  }
}
