package dev.twofold.ingest.intake.web;

import dev.twofold.ingest.IngestApplication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service on an ephemeral port, and the ways to talk to it. */
public final class IngestProcess implements AutoCloseable {

  /** Not the address that tests call: signatures must follow the setting. */
  public static final String PUBLIC_BASE_URL = "https://hooks.example.com";

  private final ConfigurableApplicationContext context;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private IngestProcess(ConfigurableApplicationContext context) {
    this.context = context;
    this.port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  public static IngestProcess start(String pubsubAddress, String... properties) {
    // Secrets of the developer's own environment must not decide a test.
    List<String> all =
        new ArrayList<>(
            List.of(
                "twofold.tenants.main.hubspot.secrets=", "twofold.tenants.main.stripe.secrets="));
    all.addAll(List.of(properties));
    return start(
        new SpringApplicationBuilder(IngestApplication.class),
        pubsubAddress,
        all.toArray(String[]::new));
  }

  public static IngestProcess start(
      SpringApplicationBuilder application, String pubsubAddress, String... properties) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--twofold.public-base-url=" + PUBLIC_BASE_URL,
                "--twofold.pubsub.emulator-host=" + pubsubAddress,
                "--spring.main.banner-mode=off"));
    for (String property : properties) {
      arguments.add("--" + property);
    }
    return new IngestProcess(application.run(arguments.toArray(String[]::new)));
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery))
        .timeout(Duration.ofSeconds(15));
  }

  public HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  public HttpResponse<String> post(String path, byte[] body, String... headers) throws Exception {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  /** Sends bytes as they are and reads until the service closes or falls silent. */
  public String sendRaw(byte[]... parts) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      OutputStream output = socket.getOutputStream();
      for (byte[] part : parts) {
        output.write(part);
      }
      output.flush();
      return readAnswer(socket.getInputStream());
    }
  }

  /** Reads the head and as much body as it announces, or up to the end. */
  private static String readAnswer(InputStream input) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    int next;
    while ((next = input.read()) >= 0) {
      answer.write(next);
      if (isComplete(answer.toString(StandardCharsets.UTF_8))) {
        break;
      }
    }
    return answer.toString(StandardCharsets.UTF_8);
  }

  private static boolean isComplete(String answer) {
    int head = answer.indexOf("\r\n\r\n");
    int length = answer.indexOf("Content-Length: ");
    if (head < 0 || length < 0) {
      return false;
    }
    int announced =
        Integer.parseInt(answer.substring(length + 16, answer.indexOf('\r', length)).strip());
    return answer.length() >= head + 4 + announced;
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    context.close();
    client.close();
  }
}
