package dev.twofold.sync.access;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Puts the filter before everything but the measuring of requests. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class AccessConfiguration {

  /** Set by Cloud Run in every service's container. */
  private static final String CLOUD_RUN_SERVICE = "K_SERVICE";

  private static final int AFTER_OBSERVATION = Ordered.HIGHEST_PRECEDENCE + 10;

  @Bean
  FilterRegistrationBean<AccessFilter> accessFilter(
      AccessSettings settings, Environment environment, Clock clock, MeterRegistry meters) {
    FilterRegistrationBean<AccessFilter> registration =
        new FilterRegistrationBean<>(
            new AccessFilter(doorkeeper(settings, environment, clock), meters));
    registration.addUrlPatterns("/*");
    registration.setOrder(AFTER_OBSERVATION);
    return registration;
  }

  static Doorkeeper doorkeeper(AccessSettings settings, Environment environment, Clock clock) {
    return switch (settings.guard()) {
      case LOOPBACK -> new LoopbackDoorkeeper();
      case TOKEN -> new TokenDoorkeeper(settings, IssuerKeys.of(settings), clock);
      case CLOUD_RUN -> {
        if (environment.getProperty(CLOUD_RUN_SERVICE, "").isBlank()) {
          throw new IllegalStateException(
              "twofold.access.guard is cloud-run, but this process does not run in Cloud Run, so"
                  + " nobody would check the callers; set ACCESS_GUARD to loopback or token");
        }
        yield request -> Optional.empty();
      }
    };
  }
}
