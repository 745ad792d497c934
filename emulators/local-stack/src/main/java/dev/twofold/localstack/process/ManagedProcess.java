package dev.twofold.localstack.process;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One child process that is kept alive: when it ends by itself it is started again as the policy
 * says, until it is stopped. Stopping asks first (SIGTERM), and kills when the grace is over.
 */
public final class ManagedProcess {
  private final Launch launch;
  private final Workshop workshop;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stopAsked = lock.newCondition();
  private Process current;
  private boolean stopping;
  private int starts = 1;

  private ManagedProcess(Launch launch, Workshop workshop, Process first) {
    this.launch = launch;
    this.workshop = workshop;
    this.current = first;
  }

  /** Starts it and keeps it alive from then on; refuses when the program cannot be started. */
  public static ManagedProcess start(Launch launch, Workshop workshop) throws IOException {
    Process first = workshop.start(launch);
    ManagedProcess managed = new ManagedProcess(launch, workshop, first);
    workshop.listener().accept(new ProcessEvent.Started(launch.name(), first.pid(), 1));
    Thread.ofVirtual().name("keep-" + launch.name()).start(managed::keepAlive);
    return managed;
  }

  /** What it was started with. */
  public Launch launch() {
    return launch;
  }

  /** Its process id while it runs. */
  public OptionalLong pid() {
    lock.lock();
    try {
      return current.isAlive() ? OptionalLong.of(current.pid()) : OptionalLong.empty();
    } finally {
      lock.unlock();
    }
  }

  /** How often it was started, the first time included. */
  public int starts() {
    lock.lock();
    try {
      return starts;
    } finally {
      lock.unlock();
    }
  }

  /** Kills it with SIGKILL, as a crash would, and waits until it is gone; it is started again. */
  public void kill() throws InterruptedException {
    Process victim;
    lock.lock();
    try {
      victim = current;
    } finally {
      lock.unlock();
    }
    victim.destroyForcibly();
    victim.waitFor();
  }

  /** Ends it for good; safe to call twice. */
  public void stop(Duration grace) throws InterruptedException {
    Process last;
    lock.lock();
    try {
      if (stopping) {
        return;
      }
      stopping = true;
      stopAsked.signalAll();
      last = current;
    } finally {
      lock.unlock();
    }
    boolean forced = end(last, grace);
    workshop.ended(launch, last);
    workshop.listener().accept(new ProcessEvent.Stopped(launch.name(), forced));
  }

  static boolean end(Process process, Duration grace) throws InterruptedException {
    var descendants = process.descendants().toList();
    process.destroy();
    boolean forced = !process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
    if (forced) {
      process.destroyForcibly();
      process.waitFor();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
    return forced;
  }

  private void keepAlive() {
    int earlyDeaths = 0;
    long startedAt = System.nanoTime();
    try {
      while (true) {
        Process watched = current();
        int exitCode = watched.waitFor();
        workshop.ended(launch, watched);
        Duration lived = Duration.ofNanos(System.nanoTime() - startedAt);
        earlyDeaths = workshop.policy().earlyDeathsAfter(earlyDeaths, lived);
        Duration wait = workshop.policy().waitAfter(earlyDeaths);
        if (isStopping()) {
          return;
        }
        workshop
            .listener()
            .accept(new ProcessEvent.Died(launch.name(), exitCode, wait, launch.log()));
        startedAt = System.nanoTime();
        if (!startAgain(wait)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** False when the process was stopped meanwhile. */
  private boolean startAgain(Duration firstWait) throws InterruptedException {
    Duration wait = firstWait;
    while (pause(wait)) {
      lock.lock();
      try {
        if (stopping) {
          return false;
        }
        current = workshop.start(launch);
        starts++;
        workshop.listener().accept(new ProcessEvent.Started(launch.name(), current.pid(), starts));
        return true;
      } catch (IOException e) {
        wait = workshop.policy().waitMax();
        workshop
            .listener()
            .accept(
                new ProcessEvent.FailedToStart(
                    launch.name(), String.valueOf(e.getMessage()), wait));
      } finally {
        lock.unlock();
      }
    }
    return false;
  }

  /** False when the process was stopped before the wait was over. */
  private boolean pause(Duration wait) throws InterruptedException {
    lock.lock();
    try {
      long left = wait.toNanos();
      while (!stopping && left > 0) {
        left = stopAsked.awaitNanos(left);
      }
      return !stopping;
    } finally {
      lock.unlock();
    }
  }

  private Process current() {
    lock.lock();
    try {
      return current;
    } finally {
      lock.unlock();
    }
  }

  private boolean isStopping() {
    lock.lock();
    try {
      return stopping;
    } finally {
      lock.unlock();
    }
  }
}
