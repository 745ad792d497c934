package dev.twofold.simulators.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is moved. */
public final class HandClock implements InstantSource {
  private Instant now = Instant.parse("2026-11-01T10:00:00.123Z");

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves on and answers the new time. */
  public Instant advance(Duration by) {
    now = now.plus(by);
    return now;
  }

  public void set(Instant to) {
    now = to;
  }
}
