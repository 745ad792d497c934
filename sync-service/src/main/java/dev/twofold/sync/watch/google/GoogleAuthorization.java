package dev.twofold.sync.watch.google;

import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers that let a request into Google Cloud. The token is kept until shortly before it
 * expires, and then fetched by whoever asks next; so ask on a thread that may wait.
 */
final class GoogleAuthorization {

  /** Where credentials come from. */
  @FunctionalInterface
  interface Source {
    GoogleCredentials find() throws IOException;
  }

  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

  private final Source source;
  private final URI audience;
  private @Nullable GoogleCredentials credentials;

  GoogleAuthorization(Source source, URI audience) {
    this.source = source;
    this.audience = audience;
  }

  /**
   * The headers.
   *
   * @throws UncheckedIOException if there are no credentials, or none that are valid now
   */
  Map<String, String> headers() {
    try {
      Map<String, String> headers = new HashMap<>();
      credentials()
          .getRequestMetadata(audience)
          .forEach((name, values) -> headers.put(name, String.join(",", values)));
      return headers;
    } catch (IOException refused) {
      throw new UncheckedIOException(
          "expected credentials for Google Cloud; outside of it set OTLP_ENABLED=false", refused);
    }
  }

  private synchronized GoogleCredentials credentials() throws IOException {
    if (credentials == null) {
      credentials = source.find().createScoped(SCOPE);
    }
    return credentials;
  }
}
