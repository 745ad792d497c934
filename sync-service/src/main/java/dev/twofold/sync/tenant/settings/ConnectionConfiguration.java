package dev.twofold.sync.tenant.settings;

import dev.twofold.sync.tenant.Connections;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Answers for tenants from the settings. */
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {

  @Bean
  Connections connections(
      TenantSettings tenants,
      ObjectProvider<CredentialSettings> credentials,
      SecretManagerSettings secrets) {
    CredentialSettings held = credentials.getIfAvailable();
    return new SettingsConnections(
        tenants, held == null ? null : held.tokens(new Secrets(secrets)));
  }
}
