package dev.twofold.simulators.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One kind of trouble on demand. It strikes a matching call with the given probability, at most
 * {@code count} times, until {@code until}. {@code effect} says whether the call still does its
 * work before the trouble shows; a lost answer always has. {@code reason} names the limit of a
 * storm.
 */
public record Fault(
    Kind kind,
    int status,
    double probability,
    int count,
    boolean effect,
    String method,
    String path,
    String reason,
    @Nullable Instant until) {

  /** A count that never runs out. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** What the caller sees. */
  public enum Kind {
    /** An answer with the given status. */
    ERROR,
    /** The call works, the answer never arrives. */
    LOST,
    /** Every matching call is turned away at the door with 503. */
    OUTAGE,
    /** Refused as over the limit, whatever the limit says. */
    STORM,
    /** The record is held by somebody else: 423 at HubSpot, 429 without a reason at Stripe. */
    LOCK
  }

  public Fault {
    if (probability < 0 || probability > 1) {
      throw new IllegalArgumentException("a probability is from 0 to 1, not " + probability);
    }
    if (count < 1) {
      throw new IllegalArgumentException("a count is at least 1, not " + count);
    }
    if (kind == Kind.ERROR && (status < 400 || status > 599)) {
      throw new IllegalArgumentException("an error has a status from 400 to 599, not " + status);
    }
  }

  public static Fault error(int status) {
    return new Fault(Kind.ERROR, status, 1, UNLIMITED, false, "", "", "", null);
  }

  public static Fault lostAnswer() {
    return new Fault(Kind.LOST, 0, 1, UNLIMITED, true, "", "", "", null);
  }

  public static Fault outage() {
    return new Fault(Kind.OUTAGE, 503, 1, UNLIMITED, false, "", "", "", null);
  }

  public static Fault storm() {
    return new Fault(Kind.STORM, 429, 1, UNLIMITED, false, "", "", "", null);
  }

  public static Fault lock() {
    return new Fault(Kind.LOCK, 423, 1, UNLIMITED, false, "", "", "", null);
  }

  public Fault times(int times) {
    return new Fault(kind, status, probability, times, effect, method, path, reason, until);
  }

  public Fault withProbability(double changed) {
    return new Fault(kind, status, changed, count, effect, method, path, reason, until);
  }

  public Fault afterTheEffect() {
    return new Fault(kind, status, probability, count, true, method, path, reason, until);
  }

  /** Only calls of that method (empty: any) whose path contains the text (empty: any). */
  public Fault on(String onMethod, String onPath) {
    return new Fault(kind, status, probability, count, effect, onMethod, onPath, reason, until);
  }

  /** A storm for that reason, in the vendor's word for the limit; empty: its usual one. */
  public Fault because(String word) {
    return new Fault(kind, status, probability, count, effect, method, path, word, until);
  }

  public Fault until(Instant end) {
    return new Fault(kind, status, probability, count, effect, method, path, reason, end);
  }

  boolean matches(ApiRequest request) {
    return (method.isEmpty() || method.equalsIgnoreCase(request.method()))
        && (path.isEmpty() || request.path().contains(path));
  }
}
