package dev.twofold.sync.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.twofold.sync.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;

class TokenDoorkeeperIT {

  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
  private static final String AUDIENCE = "https://sync.example.com";
  private static final String PUSH = "push@acme.iam.gserviceaccount.com";
  private static final String TASKS = "tasks@acme.iam.gserviceaccount.com";
  private static final String ADA = "ada@acme.example";
  private static final String NOTICES = "/notices";

  private final LocalIssuer issuer = new LocalIssuer();
  private final TokenDoorkeeper doorkeeper = doorkeeper("");

  @AfterEach
  void stop() {
    issuer.close();
  }

  @Test
  void letsTheAccountOfEachPathIn() {
    assertThat(refusal(NOTICES, token(PUSH))).isEmpty();
    assertThat(refusal("/writes/hubspot/main/drain", token(TASKS))).isEmpty();
    assertThat(refusal("/links/hubspot/101", token(ADA))).isEmpty();
    assertThat(refusal("/tenants/main/pause", token(ADA))).isEmpty();
  }

  @Test
  void refusesAccountsOfOtherPaths() {
    assertRefused(refusal(NOTICES, token(TASKS)), HttpStatus.FORBIDDEN);
    assertRefused(refusal("/writes/hubspot/main/drain", token(PUSH)), HttpStatus.FORBIDDEN);
    assertRefused(refusal("/links/hubspot/101", token(TASKS)), HttpStatus.FORBIDDEN);
    assertRefused(refusal(NOTICES, token("stranger@other.example")), HttpStatus.FORBIDDEN);
  }

  @Test
  void refusesAnAccountWhoseEmailTheIssuerHasNotVerified() {
    String token = issuer.sign(claims(PUSH).claim("email_verified", false).build());

    assertRefused(refusal(NOTICES, token), HttpStatus.FORBIDDEN);
  }

  @Test
  void refusesCallersWithoutAToken() {
    MockHttpServletRequest basic = new MockHttpServletRequest("POST", NOTICES);
    basic.addHeader("Authorization", "Basic cHVzaDpwdXNo");

    assertRefused(refusal(NOTICES, null), HttpStatus.UNAUTHORIZED);
    assertRefused(doorkeeper.refusal(basic), HttpStatus.UNAUTHORIZED);
    assertRefused(refusal(NOTICES, "not-a-token"), HttpStatus.UNAUTHORIZED);
  }

  @Test
  void refusesTokensMadeOutToAnotherServiceOrByAnotherIssuer() {
    assertRefused(
        refusal(NOTICES, issuer.sign(claims(PUSH).audience("https://other.example").build())),
        HttpStatus.UNAUTHORIZED);
    assertRefused(
        refusal(NOTICES, issuer.sign(claims(PUSH).issuer("https://other.example").build())),
        HttpStatus.UNAUTHORIZED);
  }

  @Test
  void refusesTokensWhoseTimeIsOver() {
    Date longAgo = Date.from(NOW.minus(Duration.ofMinutes(2)));
    String expired = issuer.sign(claims(PUSH).expirationTime(longAgo).build());
    String endless = issuer.sign(claims(PUSH).expirationTime(null).build());

    assertRefused(refusal(NOTICES, expired), HttpStatus.UNAUTHORIZED);
    assertRefused(refusal(NOTICES, endless), HttpStatus.UNAUTHORIZED);
  }

  @Test
  void refusesTokensThatTheIssuerDidNotSign() throws JOSEException {
    JWTClaimsSet claims = claims(PUSH).build();
    String stranger = LocalIssuer.sign(claims, LocalIssuer.newKey("first"));
    String unsigned = new PlainJWT(claims).serialize();
    // Signed with the public key as if it were a shared secret.
    SignedJWT confused = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    confused.sign(new MACSigner(issuer.key().toRSAPublicKey().getEncoded()));
    String stripped = token(PUSH).replaceAll("\\.[^.]*$", ".SIGNATURE_REMOVED_BY_GOOGLE");

    assertRefused(refusal(NOTICES, stranger), HttpStatus.UNAUTHORIZED);
    assertRefused(refusal(NOTICES, unsigned), HttpStatus.UNAUTHORIZED);
    assertRefused(refusal(NOTICES, confused.serialize()), HttpStatus.UNAUTHORIZED);
    assertRefused(refusal(NOTICES, stripped), HttpStatus.UNAUTHORIZED);
  }

  @Test
  void fetchesTheKeysOnceForManyCalls() {
    for (int call = 0; call < 20; call++) {
      assertThat(refusal(NOTICES, token(PUSH))).isEmpty();
    }

    assertThat(issuer.keyFetches()).isEqualTo(1);
  }

  @Test
  void takesTheKeysFromTheConfiguredAddress() {
    issuer.claimToBe("https://other.example");
    TokenDoorkeeper configured = doorkeeper(issuer.url() + "/keys");

    assertThat(configured.refusal(request(NOTICES, token(PUSH)))).isEmpty();
  }

  @Test
  void learnsANewKeyAtOnce() {
    assertThat(refusal(NOTICES, token(PUSH))).isEmpty();

    issuer.rotate();

    assertThat(refusal(NOTICES, token(PUSH))).isEmpty();
    assertThat(issuer.keyFetches()).isEqualTo(2);
  }

  @Test
  void fetchesNoMoreThanTwiceWhateverKeysAreNamed() {
    for (int call = 0; call < 20; call++) {
      String unknown = LocalIssuer.sign(claims(PUSH).build(), LocalIssuer.newKey("key-" + call));

      assertThat(refusal(NOTICES, unknown)).isPresent();
    }

    assertThat(issuer.keyFetches()).isLessThanOrEqualTo(2);
  }

  @Test
  void asksToTryAgainWhileTheKeysCannotBeHad() {
    String token = token(PUSH);
    issuer.close();

    assertRefused(refusal(NOTICES, token), HttpStatus.SERVICE_UNAVAILABLE);
  }

  @Test
  void trustsNoDiscoveryDocumentOfAnotherIssuer() {
    issuer.claimToBe("https://other.example");

    assertRefused(refusal(NOTICES, token(PUSH)), HttpStatus.SERVICE_UNAVAILABLE);
    assertThat(issuer.keyFetches()).isZero();
  }

  private TokenDoorkeeper doorkeeper(String jwksUrl) {
    AccessSettings settings =
        new AccessSettings(
            Guard.TOKEN, issuer.url(), AUDIENCE, jwksUrl, Set.of(PUSH), Set.of(TASKS), Set.of(ADA));
    return new TokenDoorkeeper(settings, IssuerKeys.of(settings), InstantSource.fixed(NOW));
  }

  private JWTClaimsSet.Builder claims(String email) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer.url())
        .audience(AUDIENCE)
        .subject("1234567890")
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plus(Duration.ofHours(1))))
        .claim("email", email)
        .claim("email_verified", true);
  }

  private String token(String email) {
    return issuer.sign(claims(email).build());
  }

  private Optional<Problem> refusal(String path, @Nullable String token) {
    return doorkeeper.refusal(request(path, token));
  }

  private static MockHttpServletRequest request(String path, @Nullable String token) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
    request.setServletPath(path);
    if (token != null) {
      request.addHeader("Authorization", "Bearer " + token);
    }
    return request;
  }

  private static void assertRefused(Optional<Problem> refusal, HttpStatus status) {
    assertThat(refusal).map(Problem::status).contains(status);
  }
}
