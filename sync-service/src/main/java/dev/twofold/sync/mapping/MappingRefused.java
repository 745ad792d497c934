package dev.twofold.sync.mapping;

/** A field mapping that could not work; says which field and why. */
public final class MappingRefused extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String reason;

  MappingRefused(String field, String reason) {
    super("mapping of field '" + field + "': " + reason);
    this.field = field;
    this.reason = reason;
  }

  /** The name of the field. */
  public String field() {
    return field;
  }

  /** Why it could not work, and what would. */
  public String reason() {
    return reason;
  }
}
