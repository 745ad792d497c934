package dev.twofold.sync.role;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;

class RoleSettingsTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
          .withUserConfiguration(Roles.class);

  @Test
  void hasDefaults() {
    runner.run(context -> {
      assertThat(context.getBean(RoleSettings.class).roles())
          .containsExactlyInAnyOrder(Role.NOTICES, Role.WRITES);
      assertThat(context).hasBean("ofNotices").hasBean("ofWrites");
    });
  }

  @Test
  void mapsEveryProperty() {
    runner
        .withPropertyValues("twofold.roles=writes")
        .run(context -> {
          assertThat(context.getBean(RoleSettings.class).roles()).containsExactly(Role.WRITES);
          assertThat(context).hasBean("ofWrites").doesNotHaveBean("ofNotices");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "reads", "notices,reads"})
  void refusesBadValues(String roles) {
    runner
        .withPropertyValues("twofold.roles=" + roles)
        .run(context -> assertThat(context).hasFailed());
  }

  @EnableConfigurationProperties(RoleSettings.class)
  static class Roles {

    @Bean
    @InRole(Role.NOTICES)
    String ofNotices() {
      return "takes notices in";
    }

    @Bean
    @InRole(Role.WRITES)
    String ofWrites() {
      return "writes";
    }
  }
}
