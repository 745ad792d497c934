package dev.twofold.ingest.intake.secret;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers Secret Manager to the intake. */
@Configuration(proxyBeanMethods = false)
class SecretConfiguration {

  @Bean
  SecretManagerStore secretStore(SecretManagerSettings settings) {
    return new SecretManagerStore(settings);
  }
}
