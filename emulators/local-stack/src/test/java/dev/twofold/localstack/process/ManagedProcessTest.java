package dev.twofold.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedProcessTest {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final String WAIT_FOR_EVER = "read -r never < fifo";

  private final BlockingQueue<ProcessEvent> events = new LinkedBlockingQueue<>();
  @TempDir Path folder;
  private OrphanGuard guard;
  private Workshop workshop;

  @BeforeEach
  void startGuard() throws Exception {
    guard = OrphanGuard.start();
    workshop = Workshop.standard(guard, events::add);
    assertThat(new ProcessBuilder("mkfifo", fifo()).start().waitFor()).isZero();
  }

  @AfterEach
  void closeGuard() throws IOException {
    guard.close();
  }

  @Test
  void startsAKilledProcessAgainAtOnce() throws Exception {
    ManagedProcess process = ManagedProcess.start(shell(WAIT_FOR_EVER), workshop);
    long firstPid = next(ProcessEvent.Started.class).pid();

    process.kill();

    assertThat(next(ProcessEvent.Died.class).restartAfter()).isZero();
    ProcessEvent.Started again = next(ProcessEvent.Started.class);
    assertThat(again.start()).isEqualTo(2);
    assertThat(again.pid()).isNotEqualTo(firstPid);
    process.stop(GRACE);
    assertThat(ProcessHandle.of(again.pid()).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void leavesAStoppedProcessStopped() throws Exception {
    ManagedProcess process = ManagedProcess.start(shell(WAIT_FOR_EVER), workshop);
    next(ProcessEvent.Started.class);

    process.stop(GRACE);

    assertThat(next(ProcessEvent.Stopped.class).forced()).isFalse();
    assertThat(process.pid()).isEmpty();
    assertThat(process.starts()).isEqualTo(1);
  }

  @Test
  void killsAProcessThatWillNotEnd() throws Exception {
    Path ready = folder.resolve("ready");
    ManagedProcess process =
        ManagedProcess.start(
            shell("trap '' TERM; : > " + ready + "; while :; do " + WAIT_FOR_EVER + "; done"),
            workshop);
    awaitFile(ready);

    process.stop(Duration.ofMillis(200));

    next(ProcessEvent.Started.class);
    assertThat(next(ProcessEvent.Stopped.class).forced()).isTrue();
  }

  @Test
  void waitsBeforeStartingWhatKeepsDying() throws Exception {
    ManagedProcess process = ManagedProcess.start(shell("exit 7"), workshop);
    next(ProcessEvent.Started.class);

    ProcessEvent.Died first = next(ProcessEvent.Died.class);
    next(ProcessEvent.Started.class);
    ProcessEvent.Died second = next(ProcessEvent.Died.class);

    assertThat(first.exitCode()).isEqualTo(7);
    assertThat(first.restartAfter()).isZero();
    assertThat(second.restartAfter()).isEqualTo(Duration.ofMillis(500));
    process.stop(GRACE);
  }

  @Test
  void putsTheOutputIntoTheLog() throws Exception {
    ManagedProcess process =
        ManagedProcess.start(shell("echo to out; echo to err >&2; exit 0"), workshop);
    next(ProcessEvent.Started.class);
    next(ProcessEvent.Died.class);
    process.stop(GRACE);

    awaitText(folder.resolve("shell.log"), "to out\nto err\n");
  }

  @Test
  void refusesAProgramThatIsNotThere() {
    Launch launch =
        new Launch("ghost", List.of("/no/such/program"), Map.of(), folder.resolve("ghost.log"));

    assertThatThrownBy(() -> ManagedProcess.start(launch, workshop))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/no/such/program");
  }

  @Test
  void guardEndsTheChildrenOfALauncherThatIsGone() throws Exception {
    ManagedProcess process = ManagedProcess.start(shell(WAIT_FOR_EVER), workshop);
    Process child = new ProcessBuilder("/bin/sh", "-c", WAIT_FOR_EVER).directory(dir()).start();
    // A guard of its own, whose pipe ends as it does when its launcher is killed.
    OrphanGuard other = OrphanGuard.start();
    other.add(child.pid());

    other.breakPipe();

    assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.pid()).isPresent();
    process.stop(GRACE);
  }

  @Test
  void guardSparesWhatWasTakenOffItsList() throws Exception {
    Process spared = new ProcessBuilder("/bin/sh", "-c", WAIT_FOR_EVER).directory(dir()).start();
    Process ended = new ProcessBuilder("/bin/sh", "-c", WAIT_FOR_EVER).directory(dir()).start();
    OrphanGuard other = OrphanGuard.start();
    other.add(spared.pid());
    other.add(ended.pid());
    other.drop(spared.pid());

    other.breakPipe();

    assertThat(ended.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(spared.isAlive()).isTrue();
    spared.destroyForcibly().waitFor();
  }

  @Test
  void replacesAGuardThatWasKilled() throws Exception {
    Process child = new ProcessBuilder("/bin/sh", "-c", WAIT_FOR_EVER).directory(dir()).start();
    OrphanGuard other = OrphanGuard.start();
    other.add(child.pid());
    ProcessHandle first = ProcessHandle.of(other.pid()).orElseThrow();
    first.destroyForcibly();
    first.onExit().get(10, TimeUnit.SECONDS);
    Process second = new ProcessBuilder("/bin/sh", "-c", WAIT_FOR_EVER).directory(dir()).start();

    other.add(second.pid());
    other.breakPipe();

    assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(second.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private Launch shell(String script) {
    return new Launch(
        "shell",
        List.of("/bin/sh", "-c", "cd " + folder + "; " + script),
        Map.of(),
        folder.resolve("shell.log"));
  }

  private java.io.File dir() {
    return folder.toFile();
  }

  private String fifo() {
    return folder.resolve("fifo").toString();
  }

  private <T extends ProcessEvent> T next(Class<T> type) throws InterruptedException {
    ProcessEvent event = Objects.requireNonNull(events.poll(10, TimeUnit.SECONDS), "no event");
    assertThat(event).isInstanceOf(type);
    return type.cast(event);
  }

  private static void awaitFile(Path file) {
    long deadline = System.nanoTime() + GRACE.toNanos();
    while (!Files.exists(file) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(file).exists();
  }

  private static void awaitText(Path file, String text) throws IOException {
    long deadline = System.nanoTime() + GRACE.toNanos();
    while (System.nanoTime() < deadline) {
      if (Files.exists(file) && Files.readString(file).startsWith(text)) {
        return;
      }
      Thread.onSpinWait();
    }
    assertThat(Files.readString(file)).startsWith(text);
  }
}
