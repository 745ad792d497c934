package dev.twofold.sync.watch.google;

import com.google.auth.oauth2.GoogleCredentials;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpHttpSpanExporterBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Lets Spring Boot's exporters into Google Cloud. */
@Profile("cloud")
@Configuration(proxyBeanMethods = false)
class TelemetryConfiguration {

  @Bean
  GoogleAuthorization telemetryAuthorization(
      @Value("${management.otlp.metrics.export.url}") URI address) {
    return new GoogleAuthorization(GoogleCredentials::getApplicationDefault, address);
  }

  @Bean
  AuthorizedMetricsSender metricsSender(GoogleAuthorization telemetryAuthorization) {
    return new AuthorizedMetricsSender(telemetryAuthorization);
  }

  @Bean
  OtlpHttpSpanExporterBuilderCustomizer authorizedSpans(
      GoogleAuthorization telemetryAuthorization) {
    return exporter -> exporter.setHeaders(telemetryAuthorization::headers);
  }
}
