package dev.twofold.cloudtasks.engine;

/** Which token Cloud Tasks puts into a call's Authorization header. */
public sealed interface Authorization {

  /** No token: the task's own Authorization header, if any, is sent. */
  record None() implements Authorization {}

  /** A signed identity token for a service account; a blank audience means the target's URL. */
  record Oidc(String serviceAccountEmail, String audience) implements Authorization {}

  /** An access token for Google's APIs; a blank scope means cloud-platform. */
  record OAuth(String serviceAccountEmail, String scope) implements Authorization {}
}
