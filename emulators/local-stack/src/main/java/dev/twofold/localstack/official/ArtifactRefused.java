package dev.twofold.localstack.official;

/**
 * A published artefact could not be had as it was published: not reachable, cut short, or with
 * another checksum. The message says which, and what to do.
 */
public final class ArtifactRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ArtifactRefused(String message) {
    super(message);
  }

  ArtifactRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
