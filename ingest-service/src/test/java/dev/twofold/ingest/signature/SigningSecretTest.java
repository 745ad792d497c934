package dev.twofold.ingest.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SigningSecretTest {

  @Test
  void neverPrintsItsValue() {
    assertThat(new SigningSecret("whsec_very_secret").toString()).isEqualTo("set");
  }

  @Test
  void dropsTheBlanksAroundAListedSecret() {
    assertThat(new SigningSecret(" whsec_a\n").value()).isEqualTo("whsec_a");
  }

  @Test
  void refusesToBeBlank() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SigningSecret(" \n"));
  }
}
