package dev.twofold.ingest.intake;

/** What became of a delivery. Only {@link Accepted} may be answered with a 2xx status. */
public sealed interface IntakeOutcome {

  /** Length of the body, or 0 where it was not read to its end. */
  int bytes();

  /** The topic holds the message. */
  record Accepted(String messageId, int notices, int bytes) implements IntakeOutcome {}

  /**
   * Not taken in.
   *
   * @param detail one or two sentences for the sender, without anything secret or received
   * @param cause what the operator's log should say beyond the kind
   */
  record Refused(Refusal refusal, String detail, String cause, int bytes)
      implements IntakeOutcome {}

  /** Why a delivery was refused; the label names it in metrics, logs and problem types. */
  enum Refusal {
    UNKNOWN_TENANT("unknown-tenant"),
    NOT_CONNECTED("not-connected"),
    BUSY("busy"),
    TOO_LARGE("too-large"),
    INCOMPLETE("incomplete"),
    NOT_AUTHENTIC("not-authentic"),
    MALFORMED("malformed"),
    NOT_ACKNOWLEDGED("not-acknowledged");

    private final String label;

    Refusal(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
