package dev.twofold.ingest.intake;

/** Port: where secrets are kept that settings only name. */
@FunctionalInterface
public interface SecretStore {

  /**
   * Reads the secret of that name.
   *
   * @throws RuntimeException if the store cannot be asked, which is no reason to go on without
   */
  SecretRead read(String name);

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
