package dev.twofold.cloudtasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a process, killed in the middle of its work. */
class RestartIT {

  private static final Pattern NAME = Pattern.compile("/tasks/([A-Za-z0-9_-]+)\"");
  private static final String QUEUE = "/v2/projects/p/locations/l/queues/kept-work";

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Process> processes = new ArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    http.close();
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void losesNoAcceptedTaskWhenItIsKilled() throws Exception {
    Path topology = folder.resolve("topology.json");
    Files.writeString(
        topology,
        """
        {"queues": {"work": {"rateLimits": {"maxDispatchesPerSecond": 15},
                             "retryConfig": {"maxAttempts": -1, "minBackoff": "0.500s"}}}}
        """);
    String first = start(topology);
    post(first + QUEUE + ":pause", "{}");

    Set<String> accepted = createUntilKilled(first);
    String second = start(topology);

    assertThat(accepted.size()).isGreaterThan(200);
    assertThat(names(second)).containsAll(accepted);
    assertThat(get(second + QUEUE))
        .contains("PAUSED", "\"maxBurstSize\":10", "\"minBackoff\":\"0.500s\"");
  }

  @Test
  void startsOverWhenResetAndStopsWhenAsked() throws Exception {
    Path topology = folder.resolve("topology.json");
    Files.writeString(topology, "{\"queues\": {\"work\": {}}}");
    String url = start(topology);
    assertThat(get(url + "/emulator/health")).contains("UP");
    post(url + QUEUE + ":pause", "{}");
    post(url + QUEUE + "/tasks", task());
    post(url + "/emulator/reset", "");
    assertThat(get(url + QUEUE)).contains("RUNNING");
    assertThat(get(url + QUEUE + "/tasks")).isEqualTo("{}");

    processes.getLast().destroy();

    assertThat(processes.getLast().waitFor()).isEqualTo(143);
  }

  private Set<String> createUntilKilled(String url) throws Exception {
    Set<String> accepted = new TreeSet<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> creators = new ArrayList<>();
      for (int creator = 0; creator < 4; creator++) {
        creators.add(executor.submit(() -> create(url, 100)));
      }
      for (Future<List<String>> creator : creators) {
        accepted.addAll(creator.get());
      }
      Future<List<String>> unlucky = executor.submit(() -> create(url, 10_000));
      post(url + QUEUE + "/tasks", task());
      processes.getLast().destroyForcibly().waitFor();
      accepted.addAll(unlucky.get());
    }
    return accepted;
  }

  /** Creates tasks until the emulator dies, and gives the names of those it accepted. */
  private List<String> create(String url, int most) throws InterruptedException {
    List<String> names = new ArrayList<>();
    try {
      for (int i = 0; i < most; i++) {
        Matcher name = NAME.matcher(post(url + QUEUE + "/tasks", task()));
        assertThat(name.find()).isTrue();
        names.add(name.group(1));
      }
    } catch (IOException killed) {
      assertThat(processes.getLast().toHandle().isAlive() || !names.isEmpty()).isTrue();
    }
    return names;
  }

  private Set<String> names(String url) throws IOException, InterruptedException {
    Set<String> names = new TreeSet<>();
    String token = "";
    do {
      String page = get(url + QUEUE + "/tasks?pageSize=1000&pageToken=" + token);
      Matcher name = NAME.matcher(page);
      while (name.find()) {
        names.add(name.group(1));
      }
      Matcher next = Pattern.compile("\"nextPageToken\":\"([^\"]+)\"").matcher(page);
      token = next.find() ? next.group(1) : "";
    } while (!token.isEmpty());
    return names;
  }

  private String start(Path topology) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.twofold.cloudtasks.Main",
                "--port=0",
                "--project=p",
                "--location=l",
                "--queues=" + topology,
                "--queue-prefix=kept-",
                "--data=" + folder.resolve("state"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    processes.add(process);
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    assertThat(line).startsWith("ready http://127.0.0.1:");
    return line.substring("ready ".length());
  }

  private static String task() {
    return "{\"task\":{\"httpRequest\":{\"url\":\"http://127.0.0.1:1/\",\"body\":\"aGVsbG8=\"}}}";
  }

  private String post(String url, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private String get(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
