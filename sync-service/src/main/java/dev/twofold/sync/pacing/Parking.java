package dev.twofold.sync.pacing;

import java.util.concurrent.locks.LockSupport;

/** How a thread waits; a simulation moves its clock instead. */
public interface Parking {

  /** Parks the threads themselves. */
  Parking THREADS =
      new Parking() {
        @Override
        public void park(long nanos) {
          LockSupport.parkNanos(this, nanos);
        }

        @Override
        public void wake(Thread thread) {
          LockSupport.unpark(thread);
        }
      };

  /** Holds the calling thread for that long, or less: until it is woken, or for no reason. */
  void park(long nanos);

  /** Ends the thread's present or next {@link #park}. */
  void wake(Thread thread);
}
