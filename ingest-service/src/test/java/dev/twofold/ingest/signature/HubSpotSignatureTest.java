package dev.twofold.ingest.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubSpotSignatureTest {

  private static final SigningSecret SECRET =
      new SigningSecret("11111111-2222-3333-4444-555555555555");
  private static final Instant SIGNED_AT = Instant.ofEpochMilli(1_767_225_601_000L);
  private static final String URL =
      "https://sync.example.com/hooks/hubspot?tenant=a%3Ab%20c&x=1%2F2";
  private static final byte[] BODY =
      """
      [{"eventId":7001,"subscriptionId":41,"portalId":900100,"appId":77,\
      "occurredAt":1767225600123,"subscriptionType":"contact.propertyChange","attemptNumber":0,\
      "objectId":501,"changeSource":"CRM_UI","sourceId":"userId:9","propertyName":"firstname",\
      "propertyValue":"Zoë"}]\
      """
          .getBytes(StandardCharsets.UTF_8);
  private static final String V1 =
      "7945aceed6027f9fe9073d8e7d42864f5f33764ed0b0da47fa65ab91ad0e9269";
  private static final String V3 = "0tinQ+hW/6XXvDI/iekM8LjEkGxLJrHYfNjU6zciDRU=";
  private static final String V3_OF_UNDECODED_URL = "srNyUCjjgjWo8ZOXAPXLmM2zv1hKoIauto7NX1RuUyE=";

  private Instant now = SIGNED_AT;
  private String method = "POST";
  private String url = URL;
  private byte[] body = BODY;
  private List<SigningSecret> secrets = List.of(SECRET);
  private List<String> timestamp = List.of("1767225601000");
  private List<String> version = List.of("v1");
  private boolean versionOneAllowed;

  @Test
  void acceptsThePublishedVectorOfVersionThree() {
    assertThat(BODY).hasSize(267);
    assertThat(check(List.of(V3), List.of())).isEqualTo(new SignatureCheck.Authentic());
  }

  @Test
  void acceptsVersionThreeBesideTheVersionOneThatHubSpotAlsoSends() {
    assertThat(check(List.of(V3), List.of(V1))).isEqualTo(new SignatureCheck.Authentic());
  }

  @Test
  void rejectsASignatureOverTheUndecodedUrl() {
    assertThat(check(List.of(V3_OF_UNDECODED_URL), List.of()))
        .isInstanceOf(SignatureCheck.Rejected.class);
  }

  @Test
  void acceptsAnyOfSeveralSecrets() {
    secrets = List.of(new SigningSecret("new"), SECRET);

    assertThat(check(List.of(V3), List.of())).isEqualTo(new SignatureCheck.Authentic());
  }

  @Test
  void rejectsAnotherMethodUrlBodySecretOrTime() {
    method = "PUT";
    assertThat(check(List.of(V3), List.of())).isInstanceOf(SignatureCheck.Rejected.class);
    method = "POST";
    url = URL.replace("sync.", "evil.");
    assertThat(check(List.of(V3), List.of())).isInstanceOf(SignatureCheck.Rejected.class);
    url = URL;
    body = "[]".getBytes(StandardCharsets.UTF_8);
    assertThat(check(List.of(V3), List.of())).isInstanceOf(SignatureCheck.Rejected.class);
    body = BODY;
    secrets = List.of(new SigningSecret("other"));
    assertThat(check(List.of(V3), List.of())).isInstanceOf(SignatureCheck.Rejected.class);
    secrets = List.of(SECRET);
    timestamp = List.of("1767225601001");
    assertThat(check(List.of(V3), List.of())).isInstanceOf(SignatureCheck.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "NaN", "1767225601000 ", "+1767225601000", "-1", "1.7e12", "1767225601"})
  void rejectsTimestampsThatAreNotRecentMilliseconds(String text) {
    timestamp = List.of(text);

    assertThat(check(List.of(V3), List.of())).isInstanceOf(SignatureCheck.Rejected.class);
  }

  @Test
  void rejectsAMissingOrRepeatedTimestamp() {
    timestamp = List.of();
    assertThat(check(List.of(V3), List.of())).isInstanceOf(SignatureCheck.Rejected.class);
    timestamp = List.of("1767225601000", "1767225601000");
    assertThat(check(List.of(V3), List.of())).isInstanceOf(SignatureCheck.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-300_000, 300_000})
  void acceptsExactlyFiveMinutesEitherWay(long milliseconds) {
    now = SIGNED_AT.plusMillis(milliseconds);

    assertThat(check(List.of(V3), List.of())).isEqualTo(new SignatureCheck.Authentic());
  }

  @ParameterizedTest
  @ValueSource(longs = {-300_001, 300_001})
  void rejectsMoreThanFiveMinutesEitherWay(long milliseconds) {
    now = SIGNED_AT.plusMillis(milliseconds);

    assertThat(check(List.of(V3), List.of()))
        .isEqualTo(
            new SignatureCheck.Rejected(
                "The X-HubSpot-Request-Timestamp header is more than 5 minutes away from now."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "=", "not base64 at all", V1, V3 + "=", "é"})
  void rejectsForgedVersionThreeHeaders(String forged) {
    assertThat(check(List.of(forged), List.of())).isInstanceOf(SignatureCheck.Rejected.class);
  }

  @Test
  void rejectsVersionOneUnlessAllowed() {
    assertThat(check(List.of(), List.of(V1)))
        .isEqualTo(new SignatureCheck.Rejected("The X-HubSpot-Signature-v3 header is missing."));
  }

  @Test
  void acceptsThePublishedVectorOfVersionOneWhereAllowed() {
    versionOneAllowed = true;

    assertThat(check(List.of(), List.of(V1))).isEqualTo(new SignatureCheck.Authentic());
  }

  @Test
  void neverFallsBackToVersionOneFromAFailedVersionThree() {
    versionOneAllowed = true;

    assertThat(check(List.of(V3_OF_UNDECODED_URL), List.of(V1)))
        .isInstanceOf(SignatureCheck.Rejected.class);
    assertThat(check(List.of(V3, V3), List.of(V1))).isInstanceOf(SignatureCheck.Rejected.class);
  }

  @Test
  void rejectsVersionTwoInTheHeaderOfVersionOne() {
    versionOneAllowed = true;
    version = List.of("v2");

    assertThat(check(List.of(), List.of(V1))).isInstanceOf(SignatureCheck.Rejected.class);
  }

  @Test
  void rejectsAWrongOrRepeatedVersionOne() {
    versionOneAllowed = true;

    assertThat(check(List.of(), List.of("0".repeat(64))))
        .isInstanceOf(SignatureCheck.Rejected.class);
    assertThat(check(List.of(), List.of(V1, V1))).isInstanceOf(SignatureCheck.Rejected.class);
  }

  private SignatureCheck check(List<String> signatureV3, List<String> signature) {
    return new HubSpotSignature(InstantSource.fixed(now), versionOneAllowed)
        .check(
            secrets,
            new Proof.FromHubSpot(method, url, signatureV3, timestamp, signature, version),
            body);
  }
}
