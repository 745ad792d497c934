package dev.twofold.sync.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's keys, fetched when a token first needs them: from the configured address, or from
 * the one that the issuer's discovery document names. Kept for ten minutes, fetched again early
 * when a token names an unknown key, but then at most twice in half a minute, and held through an
 * hour in which the issuer cannot be reached.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int BYTES_MAX = 64 * 1024;
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final Duration FETCH_MAX = Duration.ofSeconds(10);
  private static final Duration FETCH_GAP = Duration.ofSeconds(30);
  private static final Duration OUTAGE_MAX = Duration.ofHours(1);

  private final String issuer;
  private final String jwksUrl;
  private final DefaultResourceRetriever retriever =
      new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, BYTES_MAX);

  private IssuerKeys(AccessSettings settings) {
    this.issuer = settings.issuer();
    this.jwksUrl = settings.jwksUrl();
  }

  static JWKSource<SecurityContext> of(AccessSettings settings) {
    return JWKSourceBuilder.create(new IssuerKeys(settings))
        .refreshAheadCache(false)
        .cache(KEPT.toMillis(), FETCH_MAX.toMillis())
        .rateLimited(FETCH_GAP.toMillis())
        .retrying(true)
        .outageTolerant(OUTAGE_MAX.toMillis())
        .build();
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator ignored, long now, @Nullable SecurityContext none)
      throws KeySourceException {
    String address = jwksUrl.isEmpty() ? discovered() : jwksUrl;
    try {
      return JWKSet.parse(fetch(address));
    } catch (ParseException notKeys) {
      throw new JWKSetParseException("no key set at " + address, notKeys);
    }
  }

  private String discovered() throws KeySourceException {
    String address = issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration";
    try {
      Map<String, Object> document = JSONObjectUtils.parse(fetch(address));
      String named = JSONObjectUtils.getString(document, "jwks_uri");
      if (!issuer.equals(JSONObjectUtils.getString(document, "issuer"))
          || named == null
          || !AccessSettings.isTrustworthy(named)) {
        throw new JWKSetParseException(
            address + " names another issuer, or no trustworthy jwks_uri", null);
      }
      return named;
    } catch (ParseException notJson) {
      throw new JWKSetParseException("no discovery document at " + address, notJson);
    }
  }

  private String fetch(String address) throws KeySourceException {
    try {
      return retriever.retrieveResource(URI.create(address).toURL()).getContent();
    } catch (IOException failed) {
      throw new JWKSetRetrievalException("cannot be fetched: " + address, failed);
    }
  }

  @Override
  public void close() {
    // Holds nothing open between two fetches.
  }
}
