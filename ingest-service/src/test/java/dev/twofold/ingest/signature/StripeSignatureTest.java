package dev.twofold.ingest.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripeSignatureTest {

  private static final Instant SIGNED_AT = Instant.ofEpochSecond(1_700_000_000);
  private static final SigningSecret SECRET = new SigningSecret("whsec_test_secret");
  private static final byte[] BODY = utf8("{\"id\":\"evt_test\",\"object\":\"event\"}");
  private static final String V1 =
      "8042376f6ca064adbe037642a718227dfd59047137eb49497a54c49eb0cfb724";
  private static final String HEADER = "t=1700000000,v1=" + V1;

  @Test
  void acceptsThePublishedVector() {
    assertThat(check(HEADER)).isEqualTo(new SignatureCheck.Authentic());
  }

  @Test
  void acceptsElementsInAnyOrderAmongOtherSchemes() {
    assertThat(check("v0=00,v1=" + V1 + ", t=1700000000,v2=abc"))
        .isEqualTo(new SignatureCheck.Authentic());
  }

  @Test
  void acceptsAnyOfSeveralSignatures() {
    assertThat(check("t=1700000000,v1=" + "0".repeat(64) + ",v1=" + V1 + ",v1=short"))
        .isEqualTo(new SignatureCheck.Authentic());
  }

  @Test
  void acceptsAnyOfSeveralSecrets() {
    List<SigningSecret> rolling = List.of(new SigningSecret("whsec_new"), SECRET);

    assertThat(checkAt(SIGNED_AT, rolling, List.of(HEADER), BODY))
        .isEqualTo(new SignatureCheck.Authentic());
  }

  @Test
  void rejectsWhereThereIsNoSecret() {
    assertThat(checkAt(SIGNED_AT, List.of(), List.of(HEADER), BODY))
        .isInstanceOf(SignatureCheck.Rejected.class);
  }

  @Test
  void rejectsAnotherSecret() {
    assertThat(checkAt(SIGNED_AT, List.of(new SigningSecret("whsec_x")), List.of(HEADER), BODY))
        .isInstanceOf(SignatureCheck.Rejected.class);
  }

  @Test
  void rejectsAChangedByte() {
    byte[] changed = BODY.clone();
    changed[7]++;

    assertThat(checkAt(SIGNED_AT, List.of(SECRET), List.of(HEADER), changed))
        .isInstanceOf(SignatureCheck.Rejected.class);
  }

  @Test
  void rejectsAMissingOrRepeatedHeader() {
    assertThat(checkAt(SIGNED_AT, List.of(SECRET), List.of(), BODY))
        .isEqualTo(new SignatureCheck.Rejected("The Stripe-Signature header is missing."));
    assertThat(checkAt(SIGNED_AT, List.of(SECRET), List.of(HEADER, HEADER), BODY))
        .isInstanceOf(SignatureCheck.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        ",,,",
        "=",
        "t",
        "v1",
        "t=",
        "v1=",
        "t,v1",
        "t=1700000000",
        "t=1700000000,v1",
        "t=1700000000,v1=",
        "t,v1=" + V1,
        "t=,v1=" + V1,
        "v1=" + V1,
        "t=abc,v1=00",
        "t=abc,v1=" + V1,
        "t=+1700000000,v1=" + V1,
        "t=-1700000000,v1=" + V1,
        "t=1700000000.0,v1=" + V1,
        "t=0x6553F100,v1=" + V1,
        "t=１７００００００００,v1=" + V1,
        "t=99999999999999999999,v1=" + V1,
        "t=9223372036854775807,v1=" + V1,
        "t=999999999999999,v1=" + V1,
        "t=1700000000,t=1700000000,v1=" + V1,
        "t=1700000001,v1=" + V1,
        "t=1700000000,v0=" + V1,
        "t=1700000000,V1=" + V1,
        "t=1700000000;v1=" + V1,
        "t=1700000000,v1=" + V1 + ",junk",
        "t=1700000000,v1=8042376F6CA064ADBE037642A718227DFD59047137EB49497A54C49EB0CFB724",
        "t=1700000000,v1=" + V1 + "00",
        "t=1700000000,v1==" + V1,
        "t=1700000000,v1=é",
        "\u0000",
      })
  void rejectsForgedHeadersWithoutThrowing(String header) {
    assertThat(check(header)).isInstanceOf(SignatureCheck.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, 300})
  void acceptsExactlyFiveMinutesEitherWay(long seconds) {
    Instant now = SIGNED_AT.plusSeconds(seconds).plusMillis(seconds > 0 ? 999 : 0);

    assertThat(checkAt(now, List.of(SECRET), List.of(HEADER), BODY))
        .isEqualTo(new SignatureCheck.Authentic());
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301})
  void rejectsMoreThanFiveMinutesEitherWay(long seconds) {
    assertThat(checkAt(SIGNED_AT.plusSeconds(seconds), List.of(SECRET), List.of(HEADER), BODY))
        .isEqualTo(
            new SignatureCheck.Rejected(
                "The timestamp in the Stripe-Signature header is more than 5 minutes away"
                    + " from now."));
  }

  private static SignatureCheck check(String header) {
    return checkAt(SIGNED_AT, List.of(SECRET), List.of(header), BODY);
  }

  private static SignatureCheck checkAt(
      Instant now, List<SigningSecret> secrets, List<String> headers, byte[] body) {
    return new StripeSignature(InstantSource.fixed(now))
        .check(secrets, new Proof.FromStripe(headers), body);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
