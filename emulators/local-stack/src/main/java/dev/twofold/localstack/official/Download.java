package dev.twofold.localstack.official;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Fetches an artefact's bytes. A transfer that breaks off is taken up where it broke, a few times;
 * a transfer without progress is given up; more bytes than published are not taken. Checks nothing
 * else.
 */
public final class Download implements Fetch {
  private static final int ATTEMPTS_MAX = 4;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
  private static final int HTTP_OK = 200;
  private static final int HTTP_PARTIAL = 206;

  private final Duration stalledAfter;
  private final Consumer<String> progress;

  /** Gives up after the time without a byte; tells in words how far it is. */
  public Download(Duration stalledAfter, Consumer<String> progress) {
    this.stalledAfter = stalledAfter;
    this.progress = progress;
  }

  @Override
  public void to(Path part, PublishedArtifact artifact) throws IOException {
    IOException last = new IOException("No attempt was made");
    try (HttpClient client =
            HttpClient.newBuilder()
                .connectTimeout(ANSWER_WITHIN)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor()) {
      for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
        try {
          fetch(client, watch, part, artifact);
          if (Files.size(part) >= artifact.bytes()) {
            return;
          }
          last = new IOException("the connection ended after " + Files.size(part) + " bytes");
        } catch (IOException e) {
          last = e;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ArtifactRefused("The download of " + artifact.source() + " was interrupted", e);
    }
    throw new ArtifactRefused(
        "%s could not be downloaded in %d attempts: %s. Install it with gcloud, set *_EMULATOR_HOST"
                .formatted(artifact.source(), ATTEMPTS_MAX, last)
            + " to one that runs, or set -Dhttps.proxyHost in JAVA_TOOL_OPTIONS behind a proxy.",
        last);
  }

  private void fetch(
      HttpClient client, ScheduledExecutorService watch, Path part, PublishedArtifact artifact)
      throws IOException, InterruptedException {
    long have = Files.size(part);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(artifact.source()).timeout(ANSWER_WITHIN).GET();
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    HttpResponse<InputStream> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      switch (answer.statusCode()) {
        case HTTP_PARTIAL -> copy(body, part, artifact, watch);
        case HTTP_OK -> {
          // Without a range, or by a server that ignores it: from the start.
          Files.newByteChannel(part, StandardOpenOption.WRITE).truncate(0).close();
          copy(body, part, artifact, watch);
        }
        default -> throw new IOException("the answer was HTTP " + answer.statusCode());
      }
    }
  }

  private void copy(
      InputStream body, Path part, PublishedArtifact artifact, ScheduledExecutorService watch)
      throws IOException {
    long have = Files.size(part);
    int toldTenths = -1;
    byte[] chunk = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.APPEND)) {
      while (have <= artifact.bytes()) {
        int read = readWithin(body, chunk, watch);
        if (read < 0) {
          return;
        }
        out.write(chunk, 0, read);
        have += read;
        int tenths = (int) (have * 10 / artifact.bytes());
        if (tenths > toldTenths) {
          toldTenths = tenths;
          progress.accept(
              "%s: %d of %d MB".formatted(artifact.fileName(), have >> 20, artifact.bytes() >> 20));
        }
      }
    }
    throw new ArtifactRefused(
        artifact.source() + " is longer than the published " + artifact.bytes() + " bytes");
  }

  private int readWithin(InputStream body, byte[] chunk, ScheduledExecutorService watch)
      throws IOException {
    // The client's own timeout ends with the headers; closing is what wakes a read.
    Future<?> giveUp =
        watch.schedule(
            () -> {
              body.close();
              return true;
            },
            stalledAfter.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      return body.read(chunk);
    } finally {
      giveUp.cancel(false);
    }
  }
}
