package dev.twofold.sync.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Google's Firestore emulator: the one {@code FIRESTORE_EMULATOR_HOST} names, else the installed
 * gcloud SDK's, started once for this JVM on a free port and ended with it. Where there is neither,
 * the test is skipped and says so. Give each test its own tenant: documents stay until the end.
 */
public final class FirestoreEmulator {

  /** The project to use; the emulator takes any. */
  public static final String PROJECT = "twofold-test";

  private static final String JAR =
      "platform/cloud-firestore-emulator/cloud-firestore-emulator.jar";
  private static final String MAIN = "com.google.cloud.datastore.emulator.firestore.CloudFirestore";
  private static final Duration START_MAX = Duration.ofSeconds(30);
  private static final Duration GCLOUD_MAX = Duration.ofSeconds(20);

  private static @Nullable String running;

  private FirestoreEmulator() {}

  /** Its host and port; skips the calling test, loudly, where there is none. */
  public static synchronized String host() {
    if (running == null) {
      running = find().orElse(null);
    }
    if (running == null) {
      String loud =
          "SKIPPED: no Firestore emulator. Install it (gcloud components install"
              + " cloud-firestore-emulator) or set FIRESTORE_EMULATOR_HOST=host:port";
      System.err.println(loud);
      Assumptions.abort(loud);
      throw new AssertionError("aborted");
    }
    return running;
  }

  private static Optional<String> find() {
    String given = System.getenv("FIRESTORE_EMULATOR_HOST");
    if (given != null && !given.isBlank()) {
      return Optional.of(given.strip());
    }
    return sdkRoot()
        .map(root -> root.resolve(JAR))
        .filter(Files::isRegularFile)
        .map(FirestoreEmulator::start);
  }

  private static Optional<Path> sdkRoot() {
    try {
      Process gcloud =
          new ProcessBuilder("gcloud", "info", "--format=value(installation.sdk_root)")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      gcloud.getOutputStream().close();
      if (!gcloud.waitFor(GCLOUD_MAX.toSeconds(), TimeUnit.SECONDS)) {
        gcloud.destroyForcibly();
        return Optional.empty();
      }
      String root =
          new String(gcloud.getInputStream().readNBytes(4_096), StandardCharsets.UTF_8).strip();
      return root.isEmpty() ? Optional.empty() : Optional.of(Path.of(root));
    } catch (IOException notInstalled) {
      System.err.println("gcloud cannot be run: " + notInstalled.getMessage());
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static String start(Path jar) {
    int port = freePort();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        List.of(
            java.toString(),
            "-Xmx512m",
            "-Duser.language=en",
            "-cp",
            jar.toString(),
            MAIN,
            "--host=127.0.0.1",
            "--port=" + port);
    try {
      // Each failed precondition is logged with its stack trace, so the log is let go.
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      awaitListening(process, port);
    } catch (IOException failed) {
      throw new UncheckedIOException("the Firestore emulator could not be started", failed);
    }
    return "127.0.0.1:" + port;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException("no port is free", failed);
    }
  }

  private static void awaitListening(Process process, int port) {
    long giveUpAt = System.nanoTime() + START_MAX.toNanos();
    while (!listens(port)) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            "the Firestore emulator ended with status " + process.exitValue());
      }
      if (System.nanoTime() > giveUpAt) {
        process.destroyForcibly();
        throw new IllegalStateException("the Firestore emulator did not start in " + START_MAX);
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
