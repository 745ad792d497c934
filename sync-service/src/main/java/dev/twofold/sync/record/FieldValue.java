package dev.twofold.sync.record;

import java.util.List;

/**
 * What a field holds: one text, or the two parts of a person's name. Blank is a value; not knowing
 * one is the absence of a {@code FieldValue}. Never prints its content.
 */
public record FieldValue(List<String> parts) {

  public FieldValue {
    parts = List.copyOf(parts);
    if (parts.isEmpty() || parts.size() > 2) {
      throw new IllegalArgumentException("a field has one or two parts, came " + parts.size());
    }
  }

  /** A value of one part. */
  public static FieldValue of(String text) {
    return new FieldValue(List.of(text));
  }

  /** A person's first and last name. */
  public static FieldValue name(String first, String last) {
    return new FieldValue(List.of(first, last));
  }

  /** Whether every part is empty or only spaces. */
  public boolean isBlank() {
    return parts.getFirst().isBlank() && parts.getLast().isBlank();
  }

  /** The non-blank parts joined by one space, as Stripe holds a name. */
  public String joined() {
    // Not a stream: values are compared some hundred times for each contact.
    String first = parts.getFirst().strip();
    String last = parts.size() == 1 ? "" : parts.getLast().strip();
    return first.isEmpty() ? last : last.isEmpty() ? first : first + " " + last;
  }

  /** The only part of a one-part value; the joined parts of a name. */
  public String text() {
    return parts.size() == 1 ? parts.getFirst() : joined();
  }

  @Override
  public String toString() {
    return "FieldValue[" + parts.stream().map(part -> part.length() + " characters").toList() + "]";
  }
}
