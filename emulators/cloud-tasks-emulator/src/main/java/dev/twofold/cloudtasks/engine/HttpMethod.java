package dev.twofold.cloudtasks.engine;

/** The methods a task may use; only some of them carry a body. */
public enum HttpMethod {
  POST,
  GET,
  HEAD,
  PUT,
  DELETE,
  PATCH,
  OPTIONS;

  public boolean carriesBody() {
    return this == POST || this == PUT || this == PATCH;
  }
}
