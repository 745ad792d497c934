package dev.twofold.ingest.signature;

import java.nio.charset.StandardCharsets;

/**
 * A secret shared with a provider to sign webhooks. Refuses to be blank; never prints its value.
 */
public record SigningSecret(String value) {

  public SigningSecret {
    value = value.strip();
    if (value.isEmpty()) {
      throw new IllegalArgumentException("A signing secret must not be blank");
    }
  }

  byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "set";
  }
}
