package dev.twofold.sync.tenant;

import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what every role asks about tenants. */
@Configuration(proxyBeanMethods = false)
class TenantConfiguration {

  private static final Duration FRESHNESS = Duration.ofSeconds(1);

  @Bean
  TenantDirectory tenantDirectory(TenantStore store, Connections connections, Clock clock) {
    return new TenantDirectory(store, connections, clock, FRESHNESS);
  }
}
