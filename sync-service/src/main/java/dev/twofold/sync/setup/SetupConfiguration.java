package dev.twofold.sync.setup;

import dev.twofold.sync.role.InRole;
import dev.twofold.sync.role.Role;
import dev.twofold.sync.side.HubSpotSide;
import dev.twofold.sync.tenant.Connections;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Wires the command {@code setup}; made when it is asked for and not in a serving process. */
@InRole(Role.WRITES)
@Configuration(proxyBeanMethods = false)
class SetupConfiguration {

  @Bean
  @Lazy
  Setup setup(Connections connections, HubSpotSide hubspot) {
    return new Setup(connections, hubspot::setUp);
  }
}
