package dev.twofold.localstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StackSettingsTest {
  @Test
  void hasADefaultForEverySharedSetting() {
    StackSettings settings = StackSettings.from(Map.of());

    assertThat(settings.asEnvironment())
        .containsEntry("GOOGLE_CLOUD_PROJECT", "twofold-local")
        .containsEntry("CLOUD_TASKS_LOCATION", "europe-west1")
        .containsEntry("HUBSPOT_ACCESS_TOKEN", "pat-local-twofold")
        .containsEntry("HUBSPOT_CLIENT_SECRET", "11111111-2222-3333-4444-555555555555")
        .containsEntry("HUBSPOT_APP_ID", "77001")
        .containsEntry("STRIPE_API_KEY", "sk_test_twofold_local")
        .containsEntry("STRIPE_WEBHOOK_SECRET", "whsec_twofold_local");
  }

  @Test
  void prefersTheEnvironment() {
    StackSettings settings =
        StackSettings.from(Map.of("GOOGLE_CLOUD_PROJECT", "mine", "STRIPE_API_KEY", "  "));

    assertThat(settings.project()).isEqualTo("mine");
    assertThat(settings.local("STRIPE_API_KEY")).isEqualTo("sk_test_twofold_local");
  }

  @Test
  void pumpsUnlessTheEmulatorIsToPush() {
    assertThat(StackSettings.from(Map.of()).pusher()).isEqualTo(Pusher.PUMP);
    assertThat(StackSettings.from(Map.of("TWOFOLD_PUSH", "emulator")).pusher())
        .isEqualTo(Pusher.EMULATOR);
    assertThatThrownBy(() -> StackSettings.from(Map.of("TWOFOLD_PUSH", "both")).pusher())
        .isInstanceOf(StackProblem.class)
        .hasMessageContaining("pump, emulator or nobody, not 'both'");
  }

  @Test
  void neverSendsALocalDefaultOutsideThisMachine() {
    StackSettings settings =
        StackSettings.from(
            Map.of("HUBSPOT_API_BASE", "https://hubspot.example", "HUBSPOT_APP_ID", "5"));

    assertThat(settings.asEnvironment())
        .containsEntry("HUBSPOT_APP_ID", "5")
        .doesNotContainKeys("HUBSPOT_ACCESS_TOKEN", "HUBSPOT_CLIENT_SECRET")
        .containsKey("STRIPE_API_KEY");
    assertThat(settings.printable()).containsEntry("HUBSPOT_ACCESS_TOKEN", "(missing)");
  }

  @Test
  void keepsTheDefaultsForASimulatorThatRunsElsewhereOnThisMachine() {
    StackSettings settings =
        StackSettings.from(Map.of("STRIPE_API_BASE", "http://127.0.0.1:12111"));

    assertThat(settings.asEnvironment()).containsEntry("STRIPE_API_KEY", "sk_test_twofold_local");
    assertThat(settings.replacement(Part.STRIPE)).contains("http://127.0.0.1:12111");
    assertThat(settings.replacement(Part.HUBSPOT)).isEmpty();
  }

  @Test
  void printsDefaultsOnly() {
    StackSettings settings = StackSettings.from(Map.of("STRIPE_API_KEY", "sk_test_of_a_person"));

    assertThat(settings.printable())
        .containsEntry("STRIPE_API_KEY", "(set in the environment)")
        .containsEntry("STRIPE_WEBHOOK_SECRET", "whsec_twofold_local");
    assertThat(settings.printable().toString()).doesNotContain("sk_test_of_a_person");
  }
}
