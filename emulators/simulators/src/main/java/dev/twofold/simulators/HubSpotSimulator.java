package dev.twofold.simulators;

import dev.twofold.simulators.hubspot.engine.HubSpotEngine;
import dev.twofold.simulators.hubspot.engine.HubSpotSettings;
import dev.twofold.simulators.transport.RunningSimulator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * HubSpot over HTTP, in this process. Starts on a free loopback port unless told otherwise; the
 * engine behind it is reached through {@link #with}, one caller at a time.
 */
public final class HubSpotSimulator implements AutoCloseable {
  private final HubSpotEngine engine;
  private final RunningSimulator running;

  private HubSpotSimulator(HubSpotEngine engine, RunningSimulator running) {
    this.engine = engine;
    this.running = running;
  }

  public static Builder builder() {
    return new Builder();
  }

  public URI address() {
    return running.address();
  }

  /** Uses the engine while no call and no webhook does. */
  public <T> T with(Function<HubSpotEngine, T> use) {
    return running.in(() -> use.apply(engine));
  }

  @Override
  public void close() {
    running.close();
  }

  /** What a simulator is started with; every part has a default. */
  public static final class Builder {
    private HubSpotSettings settings = HubSpotSettings.local("");
    private InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private InstantSource clock = InstantSource.system();
    private RandomGenerator random = new SecureRandom();

    private Builder() {}

    public Builder settings(HubSpotSettings chosen) {
      settings = chosen;
      return this;
    }

    public Builder listen(InetSocketAddress chosen) {
      listen = chosen;
      return this;
    }

    public Builder clock(InstantSource chosen) {
      clock = chosen;
      return this;
    }

    public Builder random(RandomGenerator chosen) {
      random = chosen;
      return this;
    }

    public HubSpotSimulator start() {
      HubSpotEngine engine = new HubSpotEngine(settings, clock, random);
      return new HubSpotSimulator(engine, RunningSimulator.hubSpot(engine, listen, clock));
    }
  }
}
