package dev.twofold.sync.tenant;

/** A credential of a provider's API. Prints as set or unset, never as itself. */
public record ApiToken(String secret) {

  public ApiToken {
    if (secret.isBlank()) {
      throw new IllegalArgumentException("a token is not blank; leave it unset instead");
    }
  }

  @Override
  public String toString() {
    return "ApiToken[set]";
  }
}
