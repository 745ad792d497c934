package dev.twofold.cloudtasks.engine;

import java.io.Serial;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that Cloud Tasks would refuse, with the status and the words that the real service
 * answers. Nothing was changed when it is thrown.
 */
public final class RequestRefused extends RuntimeException {

  /** The status the real service gives; the names are those of google.rpc.Code. */
  public enum Reason {
    INVALID_ARGUMENT,
    NOT_FOUND,
    ALREADY_EXISTS,
    PERMISSION_DENIED,
    FAILED_PRECONDITION,
    UNIMPLEMENTED
  }

  /** A link to the documentation that the real service attaches to some refusals. */
  public record Help(String description, String url) implements Serializable {}

  @Serial private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final @Nullable Help help;

  public RequestRefused(Reason reason, String message) {
    this(reason, message, null);
  }

  RequestRefused(Reason reason, String message, @Nullable Help help) {
    super(message);
    this.reason = reason;
    this.help = help;
  }

  public Reason reason() {
    return reason;
  }

  public String words() {
    return String.valueOf(getMessage());
  }

  public Optional<Help> help() {
    return Optional.ofNullable(help);
  }
}
