package dev.twofold.sync.record;

import java.util.regex.Pattern;

/** A connected pair of accounts; part of every document path, queue name and URL. */
public record TenantId(String value) {

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,38}[a-z0-9]");

  public TenantId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a tenant id is a-z, 0-9 and -, came '" + value + "'");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
