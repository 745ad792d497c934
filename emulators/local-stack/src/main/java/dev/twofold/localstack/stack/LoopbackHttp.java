package dev.twofold.localstack.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Plain HTTP with the parts of the stack: short timeouts, small answers, JSON in and out. */
public final class LoopbackHttp implements AutoCloseable {
  private static final Duration WITHIN = Duration.ofSeconds(20);
  private static final int HTTP_REFUSED = 400;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** An answer with its status. */
  public record Answer(int status, String body) {
    /** True below 400. */
    public boolean isGood() {
      return status < HTTP_REFUSED;
    }

    /** The body as JSON; refuses an answer that is an error or not JSON. */
    public JsonNode json(String asked) {
      if (!isGood()) {
        throw new StackProblem("%s answered HTTP %d: %s".formatted(asked, status, body));
      }
      try {
        return Topology.JSON.readTree(body);
      } catch (JacksonException e) {
        throw new StackProblem("%s did not answer JSON: %s".formatted(asked, body), e);
      }
    }
  }

  /** GET; the answer whatever its status. */
  public Answer get(String url) throws InterruptedException {
    return send(request(url).GET().build());
  }

  /** Any method with a JSON body. */
  public Answer send(String method, String url, String json) throws InterruptedException {
    return send(
        request(url)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  /** Any method with a form as its body. */
  public Answer form(String method, String url, String form, String bearer)
      throws InterruptedException {
    return send(
        request(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Authorization", "Bearer " + bearer)
            .method(method, HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  /** The status of a GET, or nothing while nobody answers. */
  Optional<Integer> status(String url) throws InterruptedException {
    try {
      return Optional.of(
          client
              .send(request(url).GET().build(), HttpResponse.BodyHandlers.discarding())
              .statusCode());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(WITHIN)
        .header("Accept", "application/json");
  }

  private Answer send(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new StackProblem(
          "%s %s: no answer (%s)".formatted(request.method(), request.uri(), e), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
