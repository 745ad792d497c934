package dev.twofold.sync.watch.micrometer;

import dev.twofold.sync.watch.Observers;
import dev.twofold.sync.watch.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** Offers the figures and the traces to whoever works. */
@Configuration(proxyBeanMethods = false)
class WatchConfiguration {

  @Bean
  Observers observers(MeterRegistry meters, ObjectProvider<Tracer> tracer, Clock clock) {
    Tracer present = tracer.getIfAvailable();
    Traces traces = present == null ? Traces.NONE : new MicrometerTraces(present);
    return new Observers(new MicrometerWatch(meters, clock), traces);
  }

  @Bean
  RequestsEndFirst requestsEndFirst(
      @Value("${spring.lifecycle.timeout-per-shutdown-phase}") Duration patience) {
    return new RequestsEndFirst(patience);
  }

  /** Probes are nobody's work, and a push belongs to the trace that its message names. */
  @Bean
  ObservationPredicate observedRequests() {
    return (name, context) ->
        !(context instanceof ServerRequestObservationContext request)
            || !isApart(request.getCarrier());
  }

  private static boolean isApart(@Nullable HttpServletRequest request) {
    String path = request == null ? "" : request.getRequestURI();
    return path.startsWith("/actuator/") || path.equals("/notices");
  }

  /** An address may hold whatever a caller wrote into it; its pattern tells enough. */
  @Bean
  ObservationFilter withoutAddresses() {
    return context -> context.removeHighCardinalityKeyValue("http.url");
  }
}
