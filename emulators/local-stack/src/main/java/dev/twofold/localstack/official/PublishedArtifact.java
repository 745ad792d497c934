package dev.twofold.localstack.official;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A file that its publisher never changes, so that its size and checksum can be pinned here.
 *
 * @param fileName the name it is kept under
 * @param source where it is published
 * @param bytes its exact size
 * @param sha256 its checksum in lower-case hexadecimal
 */
public record PublishedArtifact(String fileName, URI source, long bytes, String sha256) {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /** Refuses what could not be checked after a download. */
  public PublishedArtifact {
    if (bytes < 1 || !SHA_256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "Expected a size and a lower-case SHA-256, got " + bytes + " and " + sha256);
    }
    if (fileName.contains("/") || fileName.isBlank()) {
      throw new IllegalArgumentException("Expected a plain file name, got '" + fileName + "'");
    }
  }

  boolean isZip() {
    return fileName.toLowerCase(Locale.ROOT).endsWith(".zip");
  }
}
