package dev.twofold.sync.side.stripe;

import com.stripe.Stripe;
import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpContent;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.ApiResponse;
import dev.twofold.sync.side.Sending;
import dev.twofold.sync.side.StripeSide;
import dev.twofold.sync.tenant.Connections;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The production adapter of Stripe over a wire of a test's own, such as the simulator's engine. */
public final class StripeOverWire extends HttpClient {

  static {
    Stripe.enableTelemetry = false;
  }

  private final Function<ApiRequest, ApiResponse> wire;

  private StripeOverWire(Function<ApiRequest, ApiResponse> wire) {
    this.wire = wire;
  }

  /** Stripe as that wire answers; an answer that is lost is a time-out. */
  public static StripeSide side(
      Connections connections,
      InstantSource clock,
      LongSupplier nanoTime,
      Function<ApiRequest, ApiResponse> wire) {
    StripeSettings settings =
        new StripeSettings("http://stripe", Duration.ofSeconds(2), Duration.ofSeconds(10));
    return new StripeApiSide(connections, settings, clock, nanoTime, new StripeOverWire(wire));
  }

  @Override
  public StripeResponse request(StripeRequest request) throws ApiConnectionException {
    Map<String, String> headers = new HashMap<>();
    request.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    HttpContent content = request.content();
    String query = request.url().getQuery();
    String target = request.url().getPath() + (query == null ? "" : "?" + query);
    byte[] body = content == null ? new byte[0] : content.byteArrayContent();
    Sending.present().run();
    ApiResponse answer = wire.apply(ApiRequest.of(request.method().name(), target, headers, body));
    if (answer.lost()) {
      throw new ApiConnectionException(
          "no answer in time", new HttpTimeoutException("no answer in time"));
    }
    Map<String, List<String>> answered = new HashMap<>();
    answer.headers().forEach((name, value) -> answered.put(name, List.of(value)));
    return new StripeResponse(answer.status(), HttpHeaders.of(answered), answer.text());
  }
}
