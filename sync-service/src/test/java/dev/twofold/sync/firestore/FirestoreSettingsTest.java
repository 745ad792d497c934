package dev.twofold.sync.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

final class FirestoreSettingsTest {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(FirestoreConfiguration.class);

  @Test
  void goesToTheRealServiceUnlessToldOtherwise() {
    assertThat(new FirestoreSettings(" ", "")).isEqualTo(new FirestoreSettings(null, null));
  }

  @Test
  void takesItsSettingsFromTheStandardVariables() {
    context
        .withPropertyValues(
            "GOOGLE_CLOUD_PROJECT=twofold-local", "FIRESTORE_EMULATOR_HOST=127.0.0.1:8086")
        .run(started ->
            assertThat(started.getBean(FirestoreSettings.class))
                .isEqualTo(new FirestoreSettings("twofold-local", "127.0.0.1:8086")));
  }

  @Test
  void startsWithoutProjectOrCredentialsBecauseNothingIsCalled() {
    context
        .withPropertyValues("GOOGLE_CLOUD_PROJECT=", "FIRESTORE_EMULATOR_HOST=")
        .run(started -> assertThat(started).hasSingleBean(FirestoreDatabase.class));
  }

  @Test
  void refusesAnEmulatorThatIsNoAddress() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FirestoreSettings("p", "http://127.0.0.1:8086"))
        .withMessageContaining("FIRESTORE_EMULATOR_HOST");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FirestoreSettings(null, "127.0.0.1:8086"))
        .withMessageContaining("GOOGLE_CLOUD_PROJECT");
  }
}
