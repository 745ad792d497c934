package dev.twofold.sync.tenant.settings;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertyResolver;

/**
 * Reads secrets by name ({@code sm@name}) through the environment, in which spring-cloud-gcp
 * answers for them. One that is not there for us is an answer; a Secret Manager that cannot be
 * asked stops the start, because nobody would ask again later.
 */
final class Secrets {

  /** No such secret or version; one that is disabled or destroyed; one that is not ours to read. */
  private static final Set<StatusCode.Code> MISSING =
      Set.of(
          StatusCode.Code.NOT_FOUND,
          StatusCode.Code.FAILED_PRECONDITION,
          StatusCode.Code.PERMISSION_DENIED);

  private final PropertyResolver environment;

  Secrets(PropertyResolver environment) {
    this.environment = environment;
  }

  /** What reading a secret came to. */
  sealed interface Read {

    /** The value, not blank. Prints its length only. */
    record Found(String value) implements Read {
      @Override
      public String toString() {
        return "Found[" + value.length() + " characters]";
      }
    }

    /** There is none for us, and why; never a value. */
    record Missing(String why) implements Read {}
  }

  Read read(String name) {
    try {
      return of(name, environment.getProperty(name));
    } catch (ApiException refused) {
      StatusCode.Code code = refused.getStatusCode().getCode();
      if (MISSING.contains(code)) {
        return new Read.Missing("secret " + name + ": " + code);
      }
      throw new IllegalStateException(
          "expected Secret Manager to answer for "
              + name
              + ", it said "
              + code
              + "; check the project and the service account, then start again",
          refused);
    }
  }

  private static Read of(String name, @Nullable String value) {
    if (value == null) {
      return new Read.Missing("secret " + name + ": " + StatusCode.Code.NOT_FOUND);
    }
    return value.isBlank()
        ? new Read.Missing("secret " + name + ": blank")
        : new Read.Found(value.strip());
  }
}
