package dev.twofold.sync.side.hubspot;

import dev.twofold.sync.tenant.Connections;
import io.micrometer.observation.ObservationRegistry;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.json.JsonMapper;

/** Offers HubSpot to whoever writes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HubSpotSettings.class)
class HubSpotConfiguration {

  @Bean
  HubSpotApiSide hubspotSide(
      Connections connections, HubSpotSettings settings, RestClient.Builder client, Clock clock) {
    return new HubSpotApiSide(
        connections,
        api(settings, client),
        new HubSpotFailures(new JsonMapper()),
        clock,
        System::nanoTime);
  }

  static HubSpotApi api(HubSpotSettings settings, RestClient.Builder client) {
    RestClient rest =
        client
            .baseUrl(settings.apiBase())
            .requestFactory(requestFactory(settings))
            // Calls are traced where they are decided; addresses and headers are not HubSpot's to
            // see or ours to keep.
            .observationRegistry(ObservationRegistry.NOOP)
            .build();
    PropertyPlaceholderHelper placeholders = new PropertyPlaceholderHelper("${", "}");
    Map<String, String> paths = HubSpotPaths.of(settings.apiVersion());
    return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(rest))
        .embeddedValueResolver(text -> placeholders.replacePlaceholders(text, paths::get))
        .build()
        .createClient(HubSpotApi.class);
  }

  private static JdkClientHttpRequestFactory requestFactory(HubSpotSettings settings) {
    HttpClient http =
        HttpClient.newBuilder()
            .connectTimeout(settings.connectTimeout())
            // Version 2 fails a call above the peer's number of streams instead of holding it.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    JdkClientHttpRequestFactory factory =
        new JdkClientHttpRequestFactory(new TellingClient(http), Thread::startVirtualThread);
    factory.setReadTimeout(settings.answerTimeout());
    return factory;
  }
}
