package dev.twofold.cloudtasks.transport;

import dev.twofold.cloudtasks.engine.Authorization;
import dev.twofold.cloudtasks.engine.HttpCall;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs the tokens that tasks ask for, with a key made for this run. A handler verifies them with
 * Google's library by pointing it at {@code /oauth2/v3/certs} of the emulator.
 */
public final class TokenIssuer {

  private static final int KEY_BITS = 2048;
  private static final long LIFE_SECONDS = 3600;
  private static final String DEFAULT_SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Supplier<String> issuer;
  private final Supplier<String> url;
  private final KeyPair keys;
  private final String keyId;

  /** Both are asked late: with an ephemeral port the URL is known only once it listens. */
  public TokenIssuer(Supplier<String> issuer, Supplier<String> url) {
    this.issuer = issuer;
    this.url = url;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      this.keys = generator.generateKeyPair();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(keys.getPublic().getEncoded());
      this.keyId = BASE64.encodeToString(Arrays.copyOf(digest, 15));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this JDK has no RSA or SHA-256", missing);
    }
  }

  /** The value of the Authorization header that a call must carry, if it must carry one. */
  public Optional<String> authorization(HttpCall call, Instant now) {
    return switch (call.authorization()) {
      case Authorization.None _ -> Optional.empty();
      case Authorization.Oidc oidc -> Optional.of("Bearer " + identityToken(oidc, call.url(), now));
      case Authorization.OAuth oauth -> Optional.of("Bearer " + accessToken(oauth, now));
    };
  }

  /** The OpenID discovery document. */
  public String discovery() {
    return JSON.writeValueAsString(
        Map.of(
            "issuer", issuer.get(),
            "jwks_uri", url.get() + "/oauth2/v3/certs",
            "authorization_endpoint", url.get() + "/o/oauth2/v2/auth",
            "token_endpoint", url.get() + "/token",
            "response_types_supported", List.of("id_token"),
            "subject_types_supported", List.of("public"),
            "id_token_signing_alg_values_supported", List.of("RS256")));
  }

  /** The public key as a JSON web key set. */
  public String keySet() {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    return JSON.writeValueAsString(
        Map.of(
            "keys",
            List.of(
                Map.of(
                    "kty",
                    "RSA",
                    "use",
                    "sig",
                    "alg",
                    "RS256",
                    "kid",
                    keyId,
                    "n",
                    unsigned(key.getModulus()),
                    "e",
                    unsigned(key.getPublicExponent())))));
  }

  private String identityToken(Authorization.Oidc oidc, String url, Instant now) {
    String audience = oidc.audience().isEmpty() ? url : oidc.audience();
    return identityToken(oidc.serviceAccountEmail(), audience, now);
  }

  /** The identity token of that account for that audience. */
  public String identityToken(String account, String audience, Instant now) {
    Map<String, Object> claims = claims(account, now);
    claims.put("aud", audience);
    claims.put("email", account);
    claims.put("email_verified", true);
    return signed(claims);
  }

  // Google's access tokens are opaque; a signed one lets a handler check what it was given.
  private String accessToken(Authorization.OAuth oauth, Instant now) {
    Map<String, Object> claims = claims(oauth.serviceAccountEmail(), now);
    claims.put("scope", oauth.scope().isEmpty() ? DEFAULT_SCOPE : oauth.scope());
    return signed(claims);
  }

  private Map<String, Object> claims(String account, Instant now) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer.get());
    claims.put("sub", accountNumber(account));
    claims.put("azp", accountNumber(account));
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.getEpochSecond() + LIFE_SECONDS);
    return claims;
  }

  private String signed(Map<String, Object> claims) {
    String header = JSON.writeValueAsString(Map.of("alg", "RS256", "typ", "JWT", "kid", keyId));
    String content = encoded(header) + "." + encoded(JSON.writeValueAsString(claims));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("cannot sign with the key made at start", broken);
    }
  }

  // A service account's subject is its number, 21 digits; the same account gets the same one.
  private static String accountNumber(String account) {
    BigInteger hash = new BigInteger(1, account.getBytes(StandardCharsets.UTF_8));
    BigInteger digits = hash.mod(BigInteger.TEN.pow(20));
    return "1" + "0".repeat(20 - digits.toString().length()) + digits;
  }

  private static String encoded(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return BASE64.encodeToString(
        bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }
}
