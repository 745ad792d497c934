package dev.twofold.sync.record;

import java.util.regex.Pattern;

/**
 * The name of a mapped field, such as {@code email}; a value and not an enum, as fields are data.
 */
public record FieldName(String value) implements Comparable<FieldName> {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  public FieldName {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException("a field name is a-z, 0-9 and _, came '" + value + "'");
    }
  }

  @Override
  public int compareTo(FieldName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
