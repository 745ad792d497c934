package dev.twofold.sync.dispatch.cloudtasks;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers Cloud Tasks to whoever plans work. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DispatchSettings.class)
class CloudTasksConfiguration {

  @Bean
  CloudTasksDispatcher taskDispatcher(
      DispatchSettings settings,
      ObjectProvider<Tracer> tracer,
      ObjectProvider<Propagator> propagator) {
    return new CloudTasksDispatcher(
        settings,
        new CloudTasksConnector(settings)::open,
        () -> traceHeaders(tracer.getIfAvailable(), propagator.getIfAvailable()));
  }

  /** The headers by which a dispatch goes on with the trace of whoever created the task. */
  private static Map<String, String> traceHeaders(
      @Nullable Tracer tracer, @Nullable Propagator propagator) {
    Span span = tracer == null ? null : tracer.currentSpan();
    Map<String, String> headers = new HashMap<>();
    if (span != null && propagator != null) {
      propagator.inject(span.context(), headers, (same, name, value) -> headers.put(name, value));
    }
    return headers;
  }
}
