package dev.twofold.sync.failure;

import org.jspecify.annotations.Nullable;

/** Something outside refused in a way that repeating cannot mend; the work is to be parked. */
public final class PermanentFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Stage stage;

  public PermanentFailure(Stage stage, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.stage = stage;
  }

  /** Where it failed. */
  public Stage stage() {
    return stage;
  }
}
