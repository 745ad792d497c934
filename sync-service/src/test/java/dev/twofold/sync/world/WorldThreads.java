package dev.twofold.sync.world;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** One thread of the world for each thing to do. */
final class WorldThreads extends AbstractExecutorService {

  private final VirtualTime time;

  WorldThreads(VirtualTime time) {
    this.time = time;
  }

  @Override
  public void execute(Runnable command) {
    time.start("pool", command);
  }

  @Override
  public void shutdown() {
    throw new UnsupportedOperationException("the world ends with its test");
  }

  @Override
  public List<Runnable> shutdownNow() {
    throw new UnsupportedOperationException("the world ends with its test");
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }
}
