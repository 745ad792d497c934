package dev.twofold.localstack.stack;

/**
 * The stack cannot run as asked, and a person can do something about it: the message says what is
 * wrong and what to do, and needs no stack trace.
 */
public final class StackProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what a person should read. */
  public StackProblem(String message) {
    super(message);
  }

  /** With what a person should read, and what caused it. */
  public StackProblem(String message, Throwable cause) {
    super(message, cause);
  }
}
