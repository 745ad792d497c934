package dev.twofold.sync.tenant;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The register of writes processes in memory; may be used from many threads. */
public final class InMemoryWritesRegister implements WritesRegister {

  private final Map<String, Instant> beats = new HashMap<>();

  @Override
  public synchronized void register(String processId, Instant now) {
    beats.put(processId, now);
  }

  @Override
  public synchronized int alive(Instant now) {
    Instant silentSince = now.minus(ALIVE_FOR);
    return (int) beats.values().stream().filter(beat -> beat.isAfter(silentSince)).count();
  }

  @Override
  public synchronized void leave(String processId) {
    beats.remove(processId);
  }
}
