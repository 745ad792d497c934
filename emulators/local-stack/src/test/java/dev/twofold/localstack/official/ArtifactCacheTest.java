package dev.twofold.localstack.official;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server on the loopback that publishes a made-up artefact, well and badly. */
class ArtifactCacheTest {
  private static final byte[] CONTENT = new byte[300_000];

  static {
    new Random(7).nextBytes(CONTENT);
  }

  @TempDir Path home;
  private final AtomicInteger requests = new AtomicInteger();
  private final List<String> ranges = new ArrayList<>();
  private final CountDownLatch testIsOver = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stopServer() {
    testIsOver.countDown();
    server.stop(0);
  }

  @Test
  void keepsWhatHasThePinnedSizeAndChecksum() throws Exception {
    publish(CONTENT);

    Path file = cache().file(artifact("emulator.jar", CONTENT.length, sha256(CONTENT)));

    assertThat(file).isEqualTo(folder().resolve("emulator.jar")).hasBinaryContent(CONTENT);
    assertThat(leftovers()).containsExactly("emulator.jar");
  }

  @Test
  void fetchesOnlyOnce() throws Exception {
    publish(CONTENT);
    PublishedArtifact artifact = artifact("emulator.jar", CONTENT.length, sha256(CONTENT));

    cache().file(artifact);
    cache().file(artifact);

    assertThat(requests).hasValue(1);
  }

  @Test
  void refusesAWrongChecksumAndLeavesNothingBehind() throws Exception {
    publish(CONTENT);
    PublishedArtifact artifact = artifact("emulator.jar", CONTENT.length, sha256(new byte[1]));

    assertThatThrownBy(() -> cache().file(artifact))
        .isInstanceOf(ArtifactRefused.class)
        .hasMessageContaining("instead of the pinned " + sha256(new byte[1]));

    assertThat(leftovers()).isEmpty();
  }

  @Test
  void refusesADownloadThatIsCutShortAndLeavesNothingBehind() throws Exception {
    publish(Arrays.copyOf(CONTENT, 200_000));
    PublishedArtifact artifact = artifact("emulator.jar", CONTENT.length, sha256(CONTENT));

    assertThatThrownBy(() -> cache().file(artifact))
        .isInstanceOf(ArtifactRefused.class)
        .hasMessageContaining("could not be downloaded");

    assertThat(leftovers()).isEmpty();
  }

  @Test
  void takesABrokenTransferUpWhereItBroke() throws Exception {
    server.createContext(
        "/emulator.jar",
        exchange -> {
          ranges.add(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
          if (requests.incrementAndGet() == 1) {
            answer(exchange, 200, CONTENT.length, Arrays.copyOf(CONTENT, 100_000));
          } else {
            byte[] rest = Arrays.copyOfRange(CONTENT, rangeStart(exchange), CONTENT.length);
            answer(exchange, 206, rest.length, rest);
          }
        });

    Path file = cache().file(artifact("emulator.jar", CONTENT.length, sha256(CONTENT)));

    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(ranges).hasSize(2);
    assertThat(ranges.getFirst()).isEqualTo("null");
    assertThat(ranges.getLast()).matches("bytes=[1-9][0-9]*-");
  }

  @Test
  void startsOverWhereTheServerKnowsNoRanges() throws Exception {
    server.createContext(
        "/emulator.jar",
        exchange -> {
          byte[] sent = requests.incrementAndGet() == 1 ? Arrays.copyOf(CONTENT, 100_000) : CONTENT;
          answer(exchange, 200, CONTENT.length, sent);
        });

    Path file = cache().file(artifact("emulator.jar", CONTENT.length, sha256(CONTENT)));

    assertThat(file).hasBinaryContent(CONTENT);
  }

  @Test
  void refusesMoreBytesThanWerePublished() throws Exception {
    publish(new byte[CONTENT.length * 3]);
    PublishedArtifact artifact = artifact("emulator.jar", CONTENT.length, sha256(CONTENT));

    assertThatThrownBy(() -> cache().file(artifact))
        .isInstanceOf(ArtifactRefused.class)
        .hasMessageContaining("longer than the published");

    assertThat(leftovers()).isEmpty();
  }

  @Test
  void givesUpATransferWithoutProgress() throws Exception {
    server.createContext(
        "/emulator.jar",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, 10);
          exchange.getResponseBody().flush();
          awaitEndOfTest();
        });
    PublishedArtifact artifact = artifact("emulator.jar", CONTENT.length, sha256(CONTENT));
    ArtifactCache impatient =
        new ArtifactCache(folder(), new Download(Duration.ofMillis(50), told -> {}));

    assertThatThrownBy(() -> impatient.file(artifact)).isInstanceOf(ArtifactRefused.class);

    assertThat(leftovers()).isEmpty();
  }

  @Test
  void namesTheAnswerOfAServerThatRefuses() throws Exception {
    server.createContext("/emulator.jar", exchange -> answer(exchange, 403, 0, new byte[0]));
    PublishedArtifact artifact = artifact("emulator.jar", CONTENT.length, sha256(CONTENT));

    assertThatThrownBy(() -> cache().file(artifact))
        .isInstanceOf(ArtifactRefused.class)
        .hasMessageContaining("HTTP 403");
  }

  @Test
  void fetchesAgainWhatWasDamagedLater() throws Exception {
    publish(CONTENT);
    PublishedArtifact artifact = artifact("emulator.jar", CONTENT.length, sha256(CONTENT));
    Path file = cache().file(artifact);
    Files.write(file, new byte[CONTENT.length]);

    assertThat(cache().file(artifact)).hasBinaryContent(CONTENT);
    assertThat(requests).hasValue(2);
  }

  @Test
  void unpacksAZipOnce() throws Exception {
    byte[] zip = zip("emulator/lib/cloud-pubsub-emulator-1.jar");
    publish(zip);
    PublishedArtifact artifact = artifact("emulator.zip", zip.length, sha256(zip));

    Path folder = cache().unpacked(artifact);
    Path again = cache().unpacked(artifact);

    assertThat(again).isEqualTo(folder);
    assertThat(folder.resolve("emulator/lib/cloud-pubsub-emulator-1.jar")).hasContent("jar");
    assertThat(leftovers())
        .containsExactlyInAnyOrder("emulator.zip", folder.getFileName().toString());
  }

  @Test
  void refusesAZipThatLeavesItsFolder() throws Exception {
    byte[] zip = zip("../../outside.jar");
    publish(zip);
    PublishedArtifact artifact = artifact("emulator.zip", zip.length, sha256(zip));

    assertThatThrownBy(() -> cache().unpacked(artifact))
        .isInstanceOf(ArtifactRefused.class)
        .hasMessageContaining("../../outside.jar");

    assertThat(leftovers()).containsExactly("emulator.zip");
    assertThat(home.resolve("outside.jar")).doesNotExist();
  }

  private void publish(byte[] content) {
    for (String path : List.of("/emulator.jar", "/emulator.zip")) {
      server.createContext(
          path,
          exchange -> {
            requests.incrementAndGet();
            int from = exchange.getRequestHeaders().containsKey("Range") ? rangeStart(exchange) : 0;
            byte[] rest =
                Arrays.copyOfRange(content, Math.min(from, content.length), content.length);
            answer(exchange, from > 0 ? 206 : 200, rest.length, rest);
          });
    }
  }

  private static int rangeStart(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    return Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
  }

  private static void answer(HttpExchange exchange, int status, long promised, byte[] sent)
      throws IOException {
    exchange.sendResponseHeaders(status, promised == 0 ? -1 : promised);
    exchange.getResponseBody().write(sent);
    exchange.close();
  }

  private void awaitEndOfTest() {
    try {
      testIsOver.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private PublishedArtifact artifact(String name, long bytes, String sha256) {
    URI source =
        URI.create("http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), name));
    return new PublishedArtifact(name, source, bytes, sha256);
  }

  private ArtifactCache cache() {
    return new ArtifactCache(folder(), new Download(Duration.ofSeconds(10), told -> {}));
  }

  private Path folder() {
    return home.resolve("cache");
  }

  private List<String> leftovers() throws IOException {
    try (var files = Files.list(folder())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static byte[] zip(String entry) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write("jar".getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }
}
