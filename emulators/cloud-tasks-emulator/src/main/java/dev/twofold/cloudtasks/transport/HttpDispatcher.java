package dev.twofold.cloudtasks.transport;

import dev.twofold.cloudtasks.engine.Answer;
import dev.twofold.cloudtasks.engine.Dispatch;
import dev.twofold.cloudtasks.engine.HttpCall;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of tasks. The deadline covers the whole exchange; redirects are not followed, as
 * the real service was seen to treat them as failures.
 */
public final class HttpDispatcher implements Target, AutoCloseable {

  /** Headers that the JDK's client sets itself and refuses to take. */
  private static final Set<String> CLIENT_OWNED =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder()
          .executor(executor)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final TokenIssuer tokens;
  private final InstantSource clock;

  public HttpDispatcher(TokenIssuer tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public Answer call(Dispatch dispatch) throws InterruptedException {
    HttpRequest request;
    try {
      request = request(dispatch);
    } catch (IllegalArgumentException malformed) {
      // The real service, too, accepts a URL or header it cannot send and fails at dispatch.
      return new Answer.NoResponse("the request cannot be sent: " + malformed.getMessage());
    }
    CompletableFuture<HttpResponse<Void>> exchange =
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    try {
      HttpResponse<Void> response =
          exchange.get(dispatch.deadline().toNanos(), TimeUnit.NANOSECONDS);
      return new Answer.Status(response.statusCode(), retryAfter(response));
    } catch (TimeoutException late) {
      exchange.cancel(true);
      return new Answer.TimedOut();
    } catch (ExecutionException failed) {
      return new Answer.NoResponse(String.valueOf(failed.getCause()));
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    executor.shutdownNow();
  }

  private HttpRequest request(Dispatch dispatch) {
    HttpCall call = dispatch.call();
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(call.url()));
    String token = tokens.authorization(call, clock.instant()).orElse(null);
    for (Map.Entry<String, String> header : dispatch.headers().entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      boolean replaced = token != null && name.equals("authorization");
      if (!replaced && !CLIENT_OWNED.contains(name)) {
        request.setHeader(header.getKey(), header.getValue());
      }
    }
    if (token != null) {
      request.setHeader("Authorization", token);
    }
    boolean withBody = call.method().carriesBody() && call.body().size() > 0;
    return request
        .method(
            call.method().name(),
            withBody
                ? HttpRequest.BodyPublishers.ofByteArray(call.body().bytes())
                : HttpRequest.BodyPublishers.noBody())
        .build();
  }

  private @Nullable Duration retryAfter(HttpResponse<?> response) {
    String value = response.headers().firstValue("Retry-After").orElse("").strip();
    if (value.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration wait = Duration.between(clock.instant(), date);
      return wait.isPositive() ? wait : null;
    } catch (DateTimeParseException neitherSecondsNorDate) {
      return null;
    }
  }
}
