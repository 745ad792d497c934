package dev.twofold.sync.side.stripe;

import com.stripe.Stripe;
import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpContent;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import dev.twofold.sync.side.Sending;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Carries stripe-java's requests over the JDK's HTTP client. The library's own carrier is built on
 * {@code HttpURLConnection}, which quietly sends a POST a second time when a kept connection
 * breaks, past the pacer, and keeps only five connections, so that most calls of a burst would
 * begin with a TLS handshake.
 */
final class StripeTransport extends HttpClient {

  /** A page of 100 customers with full metadata is about 4 MB. */
  private static final long ANSWER_BYTES_MAX = 8L * 1024 * 1024;

  /** Never changes, and takes a look into a jar to be made. */
  private static final String CLIENT = buildXStripeClientUserAgentString();

  static {
    // Otherwise each call reports the one before, and a file is written below the user's folder.
    Stripe.enableTelemetry = false;
  }

  private final java.net.http.HttpClient client;
  private final Duration answerTimeout;

  StripeTransport(StripeSettings settings) {
    this.client =
        java.net.http.HttpClient.newBuilder()
            .connectTimeout(settings.connectTimeout())
            // Version 2 fails a call above the peer's number of streams instead of holding it.
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
            .build();
    this.answerTimeout = settings.answerTimeout();
  }

  @Override
  public StripeResponse request(StripeRequest request) throws ApiConnectionException {
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(
            Sending.told(toHttp(request)),
            BodyHandlers.limiting(BodyHandlers.ofString(), ANSWER_BYTES_MAX));
    try {
      // The request's own timeout would end with the answer's headers.
      HttpResponse<String> answer = exchange.get(answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
      return new StripeResponse(
          answer.statusCode(), HttpHeaders.of(answer.headers().map()), answer.body());
    } catch (ExecutionException failed) {
      throw new ApiConnectionException("the call to Stripe broke off", failed.getCause());
    } catch (TimeoutException late) {
      exchange.cancel(true);
      throw new ApiConnectionException("Stripe did not answer within " + answerTimeout, late);
    } catch (InterruptedException stopping) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw new ApiConnectionException("stopped while waiting for Stripe", stopping);
    }
  }

  private static HttpRequest toHttp(StripeRequest request) throws ApiConnectionException {
    HttpContent content = request.content();
    HttpRequest.Builder http =
        HttpRequest.newBuilder(URI.create(request.url().toString()))
            .method(
                request.method().name(),
                content == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(content.byteArrayContent()));
    request
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> http.header(name, value)));
    http.setHeader("User-Agent", buildUserAgentString(request));
    http.setHeader("X-Stripe-Client-User-Agent", CLIENT);
    if (content != null) {
      http.setHeader("Content-Type", content.contentType());
    }
    return http.build();
  }
}
