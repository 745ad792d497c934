package dev.twofold.sync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.tenant.InMemoryWritesRegister;
import dev.twofold.sync.tenant.WritesRegister;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PresenceTest {

  private final WritesRegister register = new InMemoryWritesRegister();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aloneItHasTheWholeLimit() {
    Presence only = new Presence(register, () -> now, "a");
    only.begin();
    assertThat(only.share()).isEqualTo(1);
  }

  @Test
  void aSecondProcessKeepsStillUntilTheFirstHasHeardOfIt() {
    Presence first = new Presence(register, () -> now, "a");
    first.begin();
    now = now.plusSeconds(60);
    first.beat();
    Presence second = new Presence(register, () -> now, "b");
    second.begin();
    assertThat(second.share()).isGreaterThan(100);
    now = now.plus(WritesRegister.HEARTBEAT);
    first.beat();
    assertThat(first.share()).isEqualTo(2);
    assertThat(second.share()).isEqualTo(2);
  }

  @Test
  void takesTheShareOfOneThatHasEndedAHeartbeatLater() {
    Presence first = new Presence(register, () -> now, "a");
    Presence second = new Presence(register, () -> now, "b");
    first.begin();
    second.begin();
    first.beat();
    second.end();

    first.beat();
    assertThat(first.share()).as("its last calls may be of this very second").isEqualTo(2);
    now = now.plus(WritesRegister.HEARTBEAT);
    first.beat();
    assertThat(first.share()).isEqualTo(1);
  }

  @Test
  void oneThatEndsOrDiesGivesItsShareBack() {
    Presence first = new Presence(register, () -> now, "a");
    Presence second = new Presence(register, () -> now, "b");
    first.begin();
    second.begin();
    second.end();
    first.beat();
    assertThat(first.share()).isEqualTo(1);
    Presence third = new Presence(register, () -> now, "c");
    third.begin();
    now = now.plus(WritesRegister.ALIVE_FOR).plusSeconds(1);
    first.beat();
    assertThat(first.share()).isEqualTo(1);
  }
}
