package dev.twofold.ingest.intake.secret;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Offers Secret Manager to the intake. */
@Configuration(proxyBeanMethods = false)
class SecretConfiguration {

  @Bean
  SecretManagerStore secretStore(Environment environment) {
    return new SecretManagerStore(environment);
  }
}
