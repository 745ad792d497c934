package dev.twofold.sync.dispatch.cloudtasks;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers Cloud Tasks to whoever plans work. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DispatchSettings.class)
class CloudTasksConfiguration {

  @Bean
  CloudTasksDispatcher taskDispatcher(DispatchSettings settings) {
    return new CloudTasksDispatcher(settings, new CloudTasksConnector(settings)::open);
  }
}
