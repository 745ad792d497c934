package dev.twofold.ingest.intake.pubsub;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The official Pub/Sub emulator of an installed gcloud SDK, as a process of its own. */
final class PubSubEmulator implements AutoCloseable {

  private final Process process;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private PubSubEmulator(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** The emulator's jar, where an SDK with it is installed. */
  static Optional<Path> find() throws IOException, InterruptedException {
    Process gcloud;
    try {
      gcloud =
          new ProcessBuilder("gcloud", "info", "--format=value(installation.sdk_root)")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException absent) {
      return Optional.empty();
    }
    String root =
        new String(gcloud.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (!gcloud.waitFor(20, TimeUnit.SECONDS) || gcloud.exitValue() != 0 || root.isEmpty()) {
      gcloud.destroyForcibly();
      return Optional.empty();
    }
    Path library = Path.of(root, "platform", "pubsub-emulator", "lib");
    if (!Files.isDirectory(library)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(library)) {
      return files.filter(file -> file.toString().endsWith("-all.jar")).findFirst();
    }
  }

  static PubSubEmulator start(Path jar, Path log) throws Exception {
    int port = freePort();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                jar.toString(),
                "--host=127.0.0.1",
                "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new PubSubEmulator(process, port);
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  boolean isReady() throws Exception {
    if (!process.isAlive()) {
      throw new IllegalStateException("The emulator ended with " + process.exitValue());
    }
    try {
      return client
              .send(
                  HttpRequest.newBuilder(URI.create("http://" + address() + "/")).build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (ConnectException notYet) {
      return false;
    }
  }

  HttpResponse<String> call(String method, String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(
                URI.create("http://" + address() + "/v1/projects/twofold-local/" + path))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(10))
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Ends it the hard way, as a crash would. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
    client.close();
  }
}
