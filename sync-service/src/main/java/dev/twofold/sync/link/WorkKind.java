package dev.twofold.sync.link;

/** The kinds of work a side can wait for; each is one call, or none. */
public enum WorkKind {
  /** Read the record, because something about it is not known. */
  READ,
  /** Make the record. */
  CREATE,
  /** Change the record. */
  UPDATE,
  /** Send a purchase as a custom event; HubSpot only. */
  EVENT,
  /** Record what both sides hold as agreed; no call. */
  SETTLE
}
