package dev.twofold.sync.tenant;

/** What becomes of records that were on one side only when the accounts were connected. */
public enum ConnectMode {
  /** They stay alone; records born later are created on the other side all the same. */
  MATCH_ONLY,
  /** They are created on the other side. */
  CREATE_MISSING
}
