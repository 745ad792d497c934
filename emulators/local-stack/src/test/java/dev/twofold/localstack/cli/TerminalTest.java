package dev.twofold.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.localstack.process.ProcessEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void keepsNotesAboveTheLiveLine() {
    Terminal terminal = terminal(80, false);

    terminal.live("12 calls");
    terminal.note("something happened");

    assertThat(lastScreen()).isEqualTo("something happened\n12 calls");
  }

  @Test
  void cutsTheLiveLineBeforeItWraps() {
    Terminal terminal = terminal(10, false);

    terminal.live("a line that is much too long");

    assertThat(lastScreen()).isEqualTo("a line th");
  }

  @Test
  void hasNoLiveLineWhereNobodyWatches() {
    Terminal terminal = terminal(80, true);

    terminal.live("12 calls");
    terminal.note("something happened");

    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("something happened\n");
  }

  @Test
  void saysThatAPartDiedAndIsStartedAgain() {
    Terminal terminal = terminal(80, true);

    terminal.process(
        new ProcessEvent.Died("sync-service", 137, Duration.ZERO, Path.of("logs/sync.log")));
    terminal.process(new ProcessEvent.Started("sync-service", 4711, 2));

    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("sync-service DIED with exit code 137 and is started again at once")
        .contains("logs/sync.log")
        .contains("sync-service runs again (process 4711)");
  }

  private Terminal terminal(int columns, boolean plain) {
    return new Terminal(new PrintStream(written, true, StandardCharsets.UTF_8), columns, plain);
  }

  /** What is left on the screen when every cleared line is gone. */
  private String lastScreen() {
    return written
        .toString(StandardCharsets.UTF_8)
        .replace(System.lineSeparator(), "\n")
        .replaceAll("[^\n]*\r\u001b\\[K", "");
  }
}
