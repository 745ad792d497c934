package dev.twofold.sync.mapping;

/** A field mapping that could not work; says which field and why. */
public final class MappingRefused extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  MappingRefused(String field, String reason) {
    super("mapping of field '" + field + "': " + reason);
  }
}
