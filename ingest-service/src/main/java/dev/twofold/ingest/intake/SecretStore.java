package dev.twofold.ingest.intake;

import java.util.Map;
import java.util.Set;

/** Port: where secrets are kept that settings only name. */
@FunctionalInterface
public interface SecretStore {

  /** What the name of a secret begins with, where a setting may also be the secret itself. */
  String NAMED = "sm@";

  /**
   * Reads secrets, all at a time.
   *
   * @param names as they stand in the settings; none are asked for if there are none
   * @return what reading each came to, by its name; for every name
   * @throws RuntimeException if the store cannot be asked, which is no reason to go on without
   */
  Map<String, SecretRead> read(Set<String> names);

  /** What reading a secret came to. */
  sealed interface SecretRead {

    /** The value; may be blank. Prints its length only. */
    record Found(String value) implements SecretRead {
      @Override
      public String toString() {
        return "Found[" + value.length() + " characters]";
      }
    }

    /** There is none for us, and why; never a value. */
    record Missing(String why) implements SecretRead {}
  }
}
