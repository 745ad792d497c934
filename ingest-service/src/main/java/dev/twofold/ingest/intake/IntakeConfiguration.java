package dev.twofold.ingest.intake;

import dev.twofold.ingest.signature.HubSpotSignature;
import dev.twofold.ingest.signature.StripeSignature;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

/** Wires the intake from its settings; the publisher comes from its adapter. */
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  WebhookIntake webhookIntake(
      IntakeSettings settings, Clock clock, SecretStore secretStore, WebhookIntake.Ports ports) {
    return new WebhookIntake(
        new Tenants(TenantSecrets.read(settings.tenants(), secretStore)),
        new SignatureVerifier(
            new HubSpotSignature(clock, settings.hubspotV1Allowed()), new StripeSignature(clock)),
        ports,
        new IntakeLimits(
            settings.inHandMax(),
            settings.busyWait(),
            settings.bodyBytesMax(),
            settings.acknowledgeWithin()));
  }

  @Bean
  WebhookIntake.Ports intakePorts(
      MessagePublisher publisher, DeliveryStamps stamps, MeterRegistry meters) {
    return new WebhookIntake.Ports(publisher, stamps, new DeliveryJournal(meters));
  }

  @Bean
  DeliveryStamps deliveryStamps(
      Clock clock, ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
    // Looked for once: to ask Spring for a bean costs more than all else that is stamped.
    Supplier<@Nullable Tracer> tracing = SingletonSupplier.ofNullable(tracer::getIfAvailable);
    Supplier<@Nullable Propagator> how = SingletonSupplier.ofNullable(propagator::getIfAvailable);
    return new DeliveryStamps(
        clock,
        UUID::randomUUID,
        () ->
            Optional.ofNullable(tracing.get())
                .map(Tracer::currentSpan)
                .flatMap(span ->
                    Optional.ofNullable(how.get()).flatMap(known -> traceparent(span, known))));
  }

  private static Optional<String> traceparent(Span span, Propagator propagator) {
    Map<String, String> carrier = new HashMap<>();
    propagator.inject(span.context(), carrier, (_, name, value) -> carrier.put(name, value));
    return Optional.ofNullable(carrier.get("traceparent"));
  }
}
