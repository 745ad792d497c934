package dev.twofold.cloudtasks;

import dev.twofold.cloudtasks.engine.EngineSettings;
import dev.twofold.cloudtasks.engine.QueueName;
import dev.twofold.cloudtasks.engine.QueueSettings;
import dev.twofold.cloudtasks.engine.QueueSnapshot;
import dev.twofold.cloudtasks.engine.QueueStats;
import dev.twofold.cloudtasks.engine.StateListener;
import dev.twofold.cloudtasks.engine.TaskEngine;
import dev.twofold.cloudtasks.engine.VirtualClock;
import dev.twofold.cloudtasks.transport.EmulatorServer;
import dev.twofold.cloudtasks.transport.EngineHost;
import dev.twofold.cloudtasks.transport.FileJournal;
import dev.twofold.cloudtasks.transport.HttpDispatcher;
import dev.twofold.cloudtasks.transport.IamPolicies;
import dev.twofold.cloudtasks.transport.SteadyClock;
import dev.twofold.cloudtasks.transport.TokenIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A running emulator of Cloud Tasks. Point Google's clients at {@link #endpoint} in plain text
 * without credentials, or {@code gcloud} and other REST clients at {@link #url}. Closing it stops
 * all dispatches and frees the port.
 */
public final class CloudTasksEmulator implements AutoCloseable {

  /** Collects what an emulator starts with; every part has a default. */
  public static final class Builder {

    private final Map<QueueName, QueueSettings> queues = new LinkedHashMap<>();
    private String host = "127.0.0.1";
    private int port;
    private EngineSettings settings = EngineSettings.DEFAULT;
    private long seed = new Random().nextLong();
    private @Nullable VirtualClock virtualClock;
    private @Nullable String issuer;
    private @Nullable Path data;

    private Builder() {}

    /** The address to listen on; by default this machine alone can reach it. */
    public Builder host(String name) {
      this.host = name;
      return this;
    }

    /** The port to listen on; 0, the default, takes a free one. */
    public Builder port(int number) {
      this.port = number;
      return this;
    }

    public Builder settings(EngineSettings engineSettings) {
      this.settings = engineSettings;
      return this;
    }

    /** Fixes what is random: generated ids and delivery faults. */
    public Builder seed(long number) {
      this.seed = number;
      return this;
    }

    /** Lets time pass by {@link CloudTasksEmulator#advance} alone. */
    public Builder clock(VirtualClock clock) {
      this.virtualClock = clock;
      return this;
    }

    /** The issuer named in tokens; by default this emulator's own URL. */
    public Builder issuer(String url) {
      this.issuer = url;
      return this;
    }

    /**
     * Keeps the state in a file across restarts. Queues found there stay as they are, whatever is
     * declared for them.
     */
    public Builder data(Path file) {
      this.data = file;
      return this;
    }

    /** A queue that exists from the start. */
    public Builder queue(QueueName name, QueueSettings queueSettings) {
      queues.put(name, queueSettings);
      return this;
    }

    public Builder queues(Map<QueueName, QueueSettings> declared) {
      queues.putAll(declared);
      return this;
    }

    /** Starts listening and dispatching; a file that cannot be read stops it. */
    public CloudTasksEmulator start() {
      try {
        return new CloudTasksEmulator(this);
      } catch (IOException unreadable) {
        throw new UncheckedIOException("cannot use " + data, unreadable);
      }
    }
  }

  private static final Duration CALLS_TAKE_MAX = Duration.ofMinutes(1);

  private final String hostName;
  private final @Nullable VirtualClock virtualClock;
  private final Map<QueueName, QueueSettings> declared;
  private final InstantSource clock;
  private final TokenIssuer tokens;
  private final HttpDispatcher dispatcher;
  private final @Nullable FileJournal journal;
  private final IamPolicies policies;
  private final EngineHost engineHost;
  private final EmulatorServer server;

  private CloudTasksEmulator(Builder builder) throws IOException {
    hostName = builder.host;
    declared = Map.copyOf(builder.queues);
    virtualClock = builder.virtualClock;
    clock = virtualClock == null ? new SteadyClock() : virtualClock;
    String issuer = builder.issuer;
    tokens = new TokenIssuer(() -> issuer == null ? url() : issuer, this::url);
    dispatcher = new HttpDispatcher(tokens, clock);
    journal = builder.data == null ? null : FileJournal.open(builder.data);
    TaskEngine engine = engine(builder, clock.instant());
    engineHost = new EngineHost(engine, clock, dispatcher, virtualClock == null);
    policies = new IamPolicies();
    server =
        new EmulatorServer(
            new InetSocketAddress(hostName, builder.port),
            new EmulatorServer.Parts(engineHost, tokens, policies, this::reset));
    server.start();
    engineHost.start();
  }

  private TaskEngine engine(Builder builder, Instant now) throws IOException {
    FileJournal kept = journal;
    StateListener listener = kept == null ? StateListener.NONE : kept;
    TaskEngine engine = new TaskEngine(builder.settings, new Random(builder.seed), listener);
    if (kept != null) {
      kept.recover().restoreInto(engine, now);
      kept.rewriteFrom(engine::describeTo);
    }
    declare(engine, now);
    return engine;
  }

  private void declare(TaskEngine engine, Instant now) {
    declared.forEach((name, queue) -> {
      if (engine.findQueue(name).isEmpty()) {
        engine.createQueue(name, queue, now);
      }
    });
  }

  public static Builder builder() {
    return new Builder();
  }

  public int port() {
    return server.port();
  }

  /** Host and port, as {@code CLOUD_TASKS_EMULATOR_HOST} and gRPC clients take it. */
  public String endpoint() {
    return hostName + ":" + port();
  }

  public String url() {
    return "http://" + endpoint();
  }

  /**
   * An identity token as tasks carry it, for whoever stands in for another service that signs with
   * the same keys, such as a Pub/Sub push.
   */
  public String identityToken(String serviceAccountEmail, String audience) {
    return tokens.identityToken(serviceAccountEmail, audience, clock.instant());
  }

  public QueueSnapshot createQueue(QueueName name, QueueSettings settings) {
    return engineHost.request((engine, now) -> engine.createQueue(name, settings, now));
  }

  public QueueSnapshot getQueue(QueueName name) {
    return engineHost.request((engine, now) -> engine.getQueue(name));
  }

  public QueueSnapshot pauseQueue(QueueName name) {
    return engineHost.request((engine, now) -> engine.pauseQueue(name));
  }

  public QueueSnapshot resumeQueue(QueueName name) {
    return engineHost.request((engine, now) -> engine.resumeQueue(name, now));
  }

  public QueueStats stats(QueueName name) {
    return engineHost.request((engine, now) -> engine.stats(name, now));
  }

  /** Waits until no call is under way; false when that takes longer than the time given. */
  public boolean awaitQuiet(Duration atMost) throws InterruptedException {
    return engineHost.awaitQuiet(atMost);
  }

  /**
   * Lets virtual time pass, event by event: what becomes due is called, and its answer awaited,
   * before time goes on. Refuses to go on when calls take more than a minute of real time.
   */
  public void advance(Duration time) throws InterruptedException {
    VirtualClock clock = virtualClock;
    if (clock == null) {
      throw new IllegalStateException("this emulator runs on real time: build it with clock(...)");
    }
    Instant end = clock.instant().plus(time);
    Optional<Instant> next = settle();
    while (next.isPresent() && !next.get().isAfter(end)) {
      clock.moveTo(next.get());
      next = settle();
    }
    clock.moveTo(end);
  }

  /** Forgets all queues, tasks and tombstones, then makes the declared queues anew. */
  public void reset() {
    policies.clear();
    engineHost.request((engine, now) -> {
      engine.reset();
      declare(engine, now);
      return now;
    });
  }

  /** Lets everything leave that may, waits for the answers, and tells what comes next. */
  private Optional<Instant> settle() throws InterruptedException {
    Optional<Instant> next = Optional.empty();
    do {
      engineHost.request((engine, now) -> now);
      if (!engineHost.awaitQuiet(CALLS_TAKE_MAX)) {
        throw new IllegalStateException("calls are still under way after " + CALLS_TAKE_MAX);
      }
      next = engineHost.request((engine, now) -> engine.nextEventAt(now));
    } while (!engineHost.awaitQuiet(Duration.ZERO));
    return next;
  }

  @Override
  public void close() {
    engineHost.close();
    server.close();
    dispatcher.close();
    if (journal != null) {
      journal.close();
    }
  }
}
