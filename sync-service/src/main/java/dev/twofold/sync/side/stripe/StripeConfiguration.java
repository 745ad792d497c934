package dev.twofold.sync.side.stripe;

import dev.twofold.sync.tenant.Connections;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers Stripe to whoever writes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StripeSettings.class)
class StripeConfiguration {

  @Bean
  StripeApiSide stripeSide(Connections connections, StripeSettings settings, Clock clock) {
    return new StripeApiSide(connections, settings, clock, System::nanoTime);
  }
}
