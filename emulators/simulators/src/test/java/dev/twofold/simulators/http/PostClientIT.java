package dev.twofold.simulators.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PostClientIT {
  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json", "User-Agent", "vendor/1.0");
  private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final PostClient client = new PostClient(Duration.ofMillis(500), 2);
  private ServerSocket receiver;
  private URI address;

  @BeforeEach
  void listen() throws IOException {
    receiver = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    address = URI.create("http://127.0.0.1:" + receiver.getLocalPort() + "/webhooks?tenant=a%2Fb");
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    receiver.close();
    threads.close();
  }

  @Test
  void sendsTheGivenHeadersAndNoneOfItsOwnMaking() throws Exception {
    Future<List<String>> head =
        threads.submit(() -> {
          try (Socket connection = receiver.accept()) {
            return answered(connection, "204 No Content", "");
          }
        });

    assertThat(client.post(address, HEADERS, BODY)).isEqualTo(204);
    assertThat(head.get())
        .containsExactlyInAnyOrder(
            "POST /webhooks?tenant=a%2Fb HTTP/1.1",
            "Host: 127.0.0.1:" + receiver.getLocalPort(),
            "Connection: keep-alive",
            "Content-Length: " + BODY.length,
            "Content-Type: application/json",
            "User-Agent: vendor/1.0");
  }

  @Test
  void takesARedirectAndAnErrorForWhatTheyAre() throws Exception {
    var _ =
        threads.submit(() -> {
          try (Socket connection = receiver.accept()) {
            answered(connection, "307 Temporary Redirect", "Location: /elsewhere\r\n");
            return answered(connection, "503 Service Unavailable", "Retry-After: 0\r\n");
          }
        });

    assertThat(client.post(address, HEADERS, BODY)).isEqualTo(307);
    assertThat(client.post(address, HEADERS, BODY)).isEqualTo(503);
  }

  @Test
  void noticesThatAnIdleConnectionWasClosed() throws Exception {
    var _ =
        threads.submit(() -> {
          for (int connections = 0; connections < 2; connections++) {
            try (Socket connection = receiver.accept()) {
              answered(connection, "204 No Content", "");
            }
          }
          return null;
        });

    assertThat(client.post(address, HEADERS, BODY)).isEqualTo(204);
    Thread.sleep(400);
    assertThat(client.post(address, HEADERS, BODY)).isEqualTo(204);
  }

  @Test
  void givesUpOnAReceiverThatIsSilentOrNotThere() throws Exception {
    assertThatThrownBy(() -> client.post(address, HEADERS, BODY))
        .isInstanceOf(SocketTimeoutException.class);
    receiver.close();
    assertThatThrownBy(() -> client.post(address, HEADERS, BODY))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void endsWhatIsUnderWayWhenItIsClosed() throws Exception {
    PostClient patient = new PostClient(Duration.ofMinutes(1), 2);
    Future<Integer> answer = threads.submit(() -> patient.post(address, HEADERS, BODY));
    try (Socket connection = receiver.accept()) {
      assertThat(connection.getInputStream().read()).isEqualTo('P');
      patient.close();

      assertThatThrownBy(answer::get).hasCauseInstanceOf(IOException.class);
    }
    assertThatIOException().isThrownBy(() -> patient.post(address, HEADERS, BODY));
  }

  /** Reads one request and answers it; its head, line by line. */
  private static List<String> answered(Socket connection, String status, String headers)
      throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
    List<String> head = new ArrayList<>();
    for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
      head.add(line);
    }
    char[] body = new char[BODY.length];
    assertThat(reader.read(body)).isEqualTo(BODY.length);
    String answer = "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: 0\r\n\r\n";
    connection
        .getOutputStream()
        .write(
            (status.startsWith("204") ? answer.replace("Content-Length: 0\r\n", "") : answer)
                .getBytes(StandardCharsets.US_ASCII));
    return head;
  }
}
