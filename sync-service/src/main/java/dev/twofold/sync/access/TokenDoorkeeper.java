package dev.twofold.sync.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.twofold.sync.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Lets in who bears a token that the issuer signed for this service, and whose account may call the
 * path: signature, issuer, audience, time, e-mail, and that the issuer has verified the e-mail.
 */
final class TokenDoorkeeper implements Doorkeeper {

  private static final Logger LOG = LoggerFactory.getLogger(TokenDoorkeeper.class);
  private static final String SCHEME = "Bearer ";

  private final AccessSettings settings;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  TokenDoorkeeper(AccessSettings settings, JWKSource<SecurityContext> keys, InstantSource clock) {
    this.settings = settings;
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), keys));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            settings.audience(),
            new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
            Set.of("exp", "iat", "email", "email_verified")) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        });
  }

  @Override
  public Optional<Problem> refusal(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return unproven("Send an OIDC token: Authorization: Bearer ...");
    }
    try {
      JWTClaimsSet claims = processor.process(header.substring(SCHEME.length()).strip(), null);
      return mayCall(claims, request.getServletPath());
    } catch (ParseException notAToken) {
      return unproven("The token cannot be read.");
    } catch (BadJOSEException refused) {
      // Says which claim or the signature, never the token.
      return unproven("The token is refused: " + refused.getMessage());
    } catch (JOSEException noKeys) {
      LOG.atWarn().setCause(noKeys).log("sync.access.keys-unavailable");
      return Optional.of(
          new Problem(
              HttpStatus.SERVICE_UNAVAILABLE,
              "keys-unavailable",
              "The issuer's keys cannot be fetched at present. Try again in a moment.",
              Map.of()));
    }
  }

  private Optional<Problem> mayCall(JWTClaimsSet claims, String path) throws ParseException {
    String email = claims.getStringClaim("email");
    boolean verified = isTrue(claims.getClaim("email_verified"));
    return verified && settings.accountsFor(path).contains(email)
        ? Optional.empty()
        : Optional.of(
            new Problem(
                HttpStatus.FORBIDDEN,
                "not-allowed",
                verified
                    ? "This account may not call this path."
                    : "The issuer has not verified this account's e-mail.",
                Map.of()));
  }

  /** Some issuers write the claim as a text. */
  private static boolean isTrue(@Nullable Object claim) {
    return claim != null && "true".equals(claim.toString());
  }

  private static Optional<Problem> unproven(String detail) {
    return Optional.of(new Problem(HttpStatus.UNAUTHORIZED, "not-proven", detail, Map.of()));
  }
}
