package dev.twofold.sync.tenant;

import java.time.Duration;
import java.time.Instant;

/**
 * Which processes may be making calls to providers at this moment. The limits are paced in the
 * memory of one process; while several are registered, as during a deploy, each paces at its share.
 * May throw {@link dev.twofold.sync.failure.RetryableFailure} when the register cannot be reached.
 */
public interface WritesRegister {

  /** How often a process is to register again. */
  Duration HEARTBEAT = Duration.ofSeconds(5);

  /**
   * How long a process that was heard of counts as alive: three heartbeats, so that two may fail.
   */
  Duration ALIVE_FOR = HEARTBEAT.multipliedBy(3);

  /**
   * The process is there. It waits one {@link #HEARTBEAT} after the first time before it makes a
   * call, so that the others have seen it.
   *
   * @param processId unique for each start of a process
   */
  void register(String processId, Instant now);

  /** How many processes have registered less than {@link #ALIVE_FOR} ago, this one included. */
  int alive(Instant now);

  /** The process makes no more calls. Does nothing where it is not registered. */
  void leave(String processId);
}
