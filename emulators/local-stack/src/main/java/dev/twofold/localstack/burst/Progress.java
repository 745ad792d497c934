package dev.twofold.localstack.burst;

/** Told how far a scenario is, a few times a second. */
public interface Progress {
  /** A new stage, with how much there is to do. */
  void stage(String name, long of);

  /** So much of the stage is done; {@code note} is what else is worth seeing. */
  void at(long done, String note);

  /** Where nobody looks. */
  static Progress none() {
    return new Progress() {
      @Override
      public void stage(String name, long of) {}

      @Override
      public void at(long done, String note) {}
    };
  }
}
