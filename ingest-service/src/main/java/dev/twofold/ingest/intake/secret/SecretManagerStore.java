package dev.twofold.ingest.intake.secret;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import dev.twofold.ingest.intake.SecretStore;
import java.util.Set;
import org.springframework.core.env.Environment;

/**
 * Asks the environment, in which spring-cloud-gcp answers for names that begin with {@code sm@};
 * without it there is no such secret. Names are looked up here and not written as placeholders,
 * because a placeholder whose secret we may not read would stop the start.
 */
final class SecretManagerStore implements SecretStore {

  /** No such secret or version; one that is disabled or destroyed; one that is not ours to read. */
  private static final Set<StatusCode.Code> MISSING =
      Set.of(
          StatusCode.Code.NOT_FOUND,
          StatusCode.Code.FAILED_PRECONDITION,
          StatusCode.Code.PERMISSION_DENIED);

  private final Environment environment;

  SecretManagerStore(Environment environment) {
    this.environment = environment;
  }

  @Override
  public SecretRead read(String name) {
    String value;
    try {
      value = environment.getProperty(name);
    } catch (ApiException refused) {
      StatusCode.Code code = refused.getStatusCode().getCode();
      if (MISSING.contains(code)) {
        return new SecretRead.Missing(code.name());
      }
      throw new IllegalStateException(
          "expected Secret Manager to answer for "
              + name
              + ", it said "
              + code
              + "; check the project and the service account, then start again",
          refused);
    }
    return value == null
        ? new SecretRead.Missing(StatusCode.Code.NOT_FOUND.name())
        : new SecretRead.Found(value);
  }
}
