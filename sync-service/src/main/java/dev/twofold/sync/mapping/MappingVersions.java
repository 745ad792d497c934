package dev.twofold.sync.mapping;

/**
 * The mappings in force, and every version before them that a link may still have been merged with.
 */
public interface MappingVersions {

  /** The mappings in force. */
  Mappings inForce();

  /** The mappings of an earlier version. */
  Mappings version(int version);
}
