package dev.twofold.sync.tenant;

/** What a tenant may do at present. */
public enum TenantState {
  /** A credential or secret is missing; nothing is taken in and nothing written. */
  UNCONNECTED,
  /** Both sides are being listed; changes are taken in, links are made, nothing is written. */
  INDEXING,
  /** Changes are taken in and written. */
  LIVE,
  /** A person has stopped the writing; changes are still taken in. */
  PAUSED,
  /** A provider no longer lets us in; changes are still taken in. */
  BROKEN;

  /** Whether calls that change something may be made. */
  public boolean writes() {
    return this == LIVE;
  }
}
