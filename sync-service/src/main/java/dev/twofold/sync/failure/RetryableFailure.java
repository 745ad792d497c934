package dev.twofold.sync.failure;

import org.jspecify.annotations.Nullable;

/** Something outside failed in a way that may pass; the same work is to be delivered again. */
public final class RetryableFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Stage stage;

  public RetryableFailure(Stage stage, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.stage = stage;
  }

  /** Where it failed. */
  public Stage stage() {
    return stage;
  }
}
