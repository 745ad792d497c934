package dev.twofold.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line as a process of its own. */
class SimulatorCommandIT {
  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(SimulatorCommand.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  @ParameterizedTest
  @CsvSource({"hubspot", "stripe"})
  void saysReadyServesAndStopsOnSigterm(String vendor) throws Exception {
    Process process = start(vendor, "--port", "0", "--limit", "7");
    try (HttpClient http = HttpClient.newHttpClient();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      String ready = output.readLine();
      assertThat(ready).startsWith("ready http://127.0.0.1:");
      URI stats = URI.create(ready.substring("ready ".length()) + "/_simulator/stats");
      HttpResponse<String> answer =
          http.send(HttpRequest.newBuilder(stats).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body()).contains("\"limit\":7");

      // Not through Process, which would close the output before it is read.
      assertThat(process.toHandle().destroy()).isTrue();

      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(output.readLine()).isNull();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void endsWithOneClearLineWhereItCannotListen() throws Exception {
    try (StripeSimulator taken = StripeSimulator.builder().start()) {
      Process process = start("stripe", "--port", Integer.toString(taken.address().getPort()));
      try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(output.readLine()).startsWith("cannot listen on").contains("in use");
        assertThat(output.readLine()).isNull();
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
