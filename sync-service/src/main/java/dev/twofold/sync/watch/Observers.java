package dev.twofold.sync.watch;

/** Who looks on while work is done. */
public record Observers(Watch watch, Traces traces) {

  /** Nobody looks on. */
  public static final Observers NOBODY = new Observers(Watch.NOBODY, Traces.NONE);
}
