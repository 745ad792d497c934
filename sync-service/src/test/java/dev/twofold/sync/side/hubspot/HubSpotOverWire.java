package dev.twofold.sync.side.hubspot;

import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.ApiResponse;
import dev.twofold.sync.side.HubSpotSide;
import dev.twofold.sync.side.Sending;
import dev.twofold.sync.tenant.Connections;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The production adapter of HubSpot over a wire of a test's own, such as the simulator's engine.
 */
public final class HubSpotOverWire {

  private HubSpotOverWire() {}

  /** HubSpot as that wire answers; an answer that is lost is a time-out. */
  public static HubSpotSide side(
      Connections connections,
      InstantSource clock,
      LongSupplier nanoTime,
      Function<ApiRequest, ApiResponse> wire) {
    RestClient rest =
        RestClient.builder().baseUrl("http://hubspot").requestFactory(factory(wire)).build();
    PropertyPlaceholderHelper placeholders = new PropertyPlaceholderHelper("${", "}");
    Map<String, String> paths = HubSpotPaths.of("v3");
    HubSpotApi api =
        HttpServiceProxyFactory.builderFor(RestClientAdapter.create(rest))
            .embeddedValueResolver(text -> placeholders.replacePlaceholders(text, paths::get))
            .build()
            .createClient(HubSpotApi.class);
    return new HubSpotApiSide(
        connections, api, new HubSpotFailures(new JsonMapper()), clock, nanoTime);
  }

  private static ClientHttpRequestFactory factory(Function<ApiRequest, ApiResponse> wire) {
    return (uri, method) -> request(uri, method, wire);
  }

  private static MockClientHttpRequest request(
      URI uri, HttpMethod method, Function<ApiRequest, ApiResponse> wire) {
    return new MockClientHttpRequest(method, uri) {
      @Override
      protected ClientHttpResponse executeInternal() throws IOException {
        Map<String, String> headers = new HashMap<>();
        getHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        String query = uri.getRawQuery();
        String target = uri.getRawPath() + (query == null ? "" : "?" + query);
        Sending.present().run();
        ApiResponse answer =
            wire.apply(ApiRequest.of(method.name(), target, headers, getBodyAsBytes()));
        if (answer.lost()) {
          throw new HttpTimeoutException("no answer in time");
        }
        MockClientHttpResponse response =
            new MockClientHttpResponse(answer.body(), HttpStatusCode.valueOf(answer.status()));
        answer.headers().forEach((name, value) -> response.getHeaders().set(name, value));
        return response;
      }
    };
  }
}
