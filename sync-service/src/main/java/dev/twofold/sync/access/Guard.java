package dev.twofold.sync.access;

/** What stands between this service and the network. */
public enum Guard {
  /** Nothing: only callers on this machine are let in. */
  LOOPBACK,
  /** Cloud Run's IAM has checked every caller; refuses to start anywhere else. */
  CLOUD_RUN,
  /** Nothing: this service verifies the caller's OIDC token by itself. */
  TOKEN
}
