package dev.twofold.localstack.stack;

import dev.twofold.cloudtasks.CloudTasksEmulator;
import dev.twofold.localstack.official.ArtifactCache;
import dev.twofold.localstack.official.Download;
import dev.twofold.localstack.official.EmulatorLocator;
import dev.twofold.localstack.official.InstalledSdk;
import dev.twofold.localstack.process.Launch;
import dev.twofold.localstack.process.ManagedProcess;
import dev.twofold.localstack.process.OneShot;
import dev.twofold.localstack.process.OrphanGuard;
import dev.twofold.localstack.process.ProcessEvent;
import dev.twofold.localstack.process.Workshop;
import dev.twofold.localstack.pump.Bearer;
import dev.twofold.localstack.pump.PushPump;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A running stack: the official emulators and both services as processes of their own, the Cloud
 * Tasks emulator, the simulators and the pump of pushes inside this one. Starting ends when
 * everything answers, or fails with the reason and nothing left running. A process that dies is
 * started again; {@link #kill} makes one die. Closing stops all of it, the services first.
 */
public final class LocalStack implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(90);
  private static final Duration SETUP_WITHIN = Duration.ofSeconds(90);
  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final Duration STALLED_AFTER = Duration.ofSeconds(60);
  private static final int STARTS_HOPELESS = 2;
  private static final int TAIL_LINES = 20;

  private final StackPlan plan;
  private final StackListener listener;
  private final Addresses addresses;
  private final Topology topology;
  private final OrphanGuard guard;
  private final Workshop workshop;
  private final PartLaunches launches;
  private final LoopbackHttp http = new LoopbackHttp();
  private final Map<Part, ManagedProcess> processes =
      Collections.synchronizedMap(new EnumMap<>(Part.class));
  private final Map<Part, AutoCloseable> embedded =
      Collections.synchronizedMap(new EnumMap<>(Part.class));

  private volatile @Nullable PushPump pump;

  private LocalStack(StackPlan plan, StackListener listener) throws IOException {
    this.plan = plan;
    this.listener = listener;
    this.addresses = Addresses.of(plan);
    this.topology = Topology.read(plan.root().resolve("terraform/topology.json"));
    this.guard = OrphanGuard.start();
    this.workshop = Workshop.standard(guard, this::onProcess);
    Path home = Path.of(System.getProperty("user.home"));
    this.launches =
        new PartLaunches(
            plan,
            addresses,
            new EmulatorLocator(
                plan.environment(),
                InstalledSdk.onThisMachine(plan.environment(), home),
                new ArtifactCache(
                    ArtifactCache.usualFolder(plan.environment(), home),
                    new Download(STALLED_AFTER, listener::note))),
            workshop);
  }

  /** Starts what is planned and answers when all of it is ready. */
  public static LocalStack start(StackPlan plan, StackListener listener)
      throws InterruptedException {
    Set<Part> started = plan.started();
    if (!started.isEmpty()) {
      plan.ports().checkFree(started);
    }
    LocalStack stack;
    try {
      stack = new LocalStack(plan, listener);
    } catch (IOException e) {
      throw new StackProblem("The stack cannot start: " + e.getMessage(), e);
    }
    boolean ready = false;
    try {
      stack.startAll(started);
      ready = true;
      return stack;
    } finally {
      if (!ready) {
        stack.close();
      }
    }
  }

  /** Where everything is. */
  public Addresses addresses() {
    return addresses;
  }

  /** The topology it was made from. */
  public Topology topology() {
    return topology;
  }

  /** HTTP to its parts. */
  public LoopbackHttp http() {
    return http;
  }

  /** Kills a part's process as a crash would; it is started again at once. */
  public void kill(Part part) throws InterruptedException {
    process(part).kill();
  }

  /** How often a part's process was started. */
  public int starts(Part part) {
    return process(part).starts();
  }

  /** The id of a part's process, while it runs. */
  public OptionalLong pid(Part part) {
    ManagedProcess process = processes.get(part);
    return process == null ? OptionalLong.empty() : process.pid();
  }

  /** Stops a part's process for good, until {@link #startAgain}. */
  public void stop(Part part) throws InterruptedException {
    process(part).stop(GRACE);
  }

  /** Starts a part that was stopped, and waits until it is ready. */
  public void startAgain(Part part) throws InterruptedException {
    Launch launch = process(part).launch();
    run(() -> processes.put(part, ManagedProcess.start(launch, workshop)));
    awaitReady(part);
  }

  /** Waits until a part answers that it is ready, after a kill for instance. */
  public void awaitReady(Part part) throws InterruptedException {
    boolean ready =
        new Readiness(http).await(healthUrl(part), READY_WITHIN, () -> isHopeless(part));
    if (!ready) {
      throw new StackProblem(
          "%s does not get ready; its log %s ends with:%n%s"
              .formatted(part.title(), plan.log(part), tail(plan.log(part))));
    }
  }

  private ManagedProcess process(Part part) {
    ManagedProcess process = processes.get(part);
    if (process == null) {
      throw new IllegalArgumentException(part.title() + " is not a process of this stack");
    }
    return process;
  }

  private void startAll(Set<Part> wanted) throws InterruptedException {
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      boolean ready = false;
      try {
        awaitAll(wanted.stream().map(part -> workers.submit(task(() -> prepare(part)))).toList());
        if (plan.settings().replacement(Part.PUBSUB).isPresent()) {
          createTopics();
        }
        startPump();
        awaitAll(
            Stream.of(Part.INGEST, Part.SYNC)
                .filter(wanted::contains)
                .flatMap(part -> serviceSteps(part).map(step -> workers.submit(task(step))))
                .toList());
        ready = true;
      } finally {
        if (!ready) {
          // Without this, closing the workers would wait for steps that have lost their sense.
          workers.shutdownNow();
        }
      }
    }
  }

  /** Everything that does not need another part. */
  private void prepare(Part part) throws Exception {
    switch (part) {
      case PUBSUB -> {
        startOfficial(part);
        createTopics();
      }
      case FIRESTORE -> startOfficial(part);
      case CLOUD_TASKS, HUBSPOT, STRIPE ->
          embedded.put(part, new Embedded(plan, addresses, topology).start(part));
      case INGEST, SYNC -> launches.jar(part);
    }
  }

  private Stream<Step> serviceSteps(Part part) {
    Step start = () -> startService(part);
    return part == Part.SYNC ? Stream.of(start, this::setup) : Stream.of(start);
  }

  private void createTopics() throws InterruptedException {
    pubSub().create(topology, addresses.of(Part.SYNC), plan.settings().pusher());
  }

  private PubSubTopology pubSub() {
    return new PubSubTopology(http, addresses.of(Part.PUBSUB), plan.settings().project());
  }

  /**
   * The pump needs the topics, and the keys of the Cloud Tasks emulator where pushes are signed.
   */
  private void startPump() {
    if (plan.parts().contains(Part.PUBSUB) && plan.settings().pusher() == Pusher.PUMP) {
      pump =
          PushPump.start(
              pubSub().source(topology, addresses.url(Part.PUBSUB)),
              topology.pumpSettings(addresses.of(Part.SYNC)),
              bearer(),
              listener::note);
    }
  }

  private Bearer bearer() {
    Optional<String> account = plan.settings().given("PUSH_SERVICE_ACCOUNT");
    if (account.isEmpty() || !(embedded.get(Part.CLOUD_TASKS) instanceof CloudTasksEmulator keys)) {
      return Bearer.none();
    }
    String audience = plan.settings().given("PUSH_AUDIENCE").orElse(addresses.of(Part.SYNC));
    return Bearer.signedBy(() -> keys.identityToken(account.get(), audience));
  }

  /** What the pump has done so far; nothing where the emulator pushes by itself. */
  public Optional<PushPump.Counts> pushes() {
    return Optional.ofNullable(pump).map(PushPump::counts);
  }

  private void startOfficial(Part part) throws IOException, InterruptedException {
    Launch launch = launches.official(part, listener);
    processes.put(part, ManagedProcess.start(launch, workshop));
    awaitReady(part);
  }

  private void startService(Part part) throws IOException, InterruptedException {
    processes.put(part, ManagedProcess.start(launches.service(part), workshop));
    awaitReady(part);
  }

  private void setup() throws IOException, InterruptedException {
    try {
      OneShot.run(launches.setup(), workshop, SETUP_WITHIN).forEach(listener::note);
    } catch (IOException e) {
      if (plan.settings().replacement(Part.HUBSPOT).isEmpty()) {
        throw e;
      }
      // An account outside may refuse for reasons of its own; the rest is of use meanwhile.
      listener.note("setup of the given HubSpot account failed: " + e.getMessage());
    }
  }

  private String healthUrl(Part part) {
    return switch (part) {
      case PUBSUB, FIRESTORE -> addresses.url(part) + "/";
      case INGEST, SYNC -> addresses.url(part) + "/actuator/health/readiness";
      case CLOUD_TASKS, HUBSPOT, STRIPE ->
          throw new IllegalArgumentException(part.title() + " is ready as soon as it is there");
    };
  }

  private boolean isHopeless(Part part) {
    ManagedProcess process = processes.get(part);
    return process != null && process.starts() >= STARTS_HOPELESS && process.pid().isEmpty();
  }

  private void onProcess(ProcessEvent event) {
    listener.process(event);
    if (event instanceof ProcessEvent.Started started && started.start() > 1) {
      if (started.name().equals(Part.PUBSUB.title())) {
        Thread.ofVirtual().name("topics-again").start(this::topicsAgain);
      } else if (started.name().equals(Part.FIRESTORE.title())) {
        listener.note("The Firestore emulator keeps nothing: connect the tenant again");
      }
    }
  }

  /** The emulator's topics are in memory only, and gone with the process that died. */
  private void topicsAgain() {
    try {
      awaitReady(Part.PUBSUB);
      createTopics();
      listener.note("Topics and subscriptions were made again; waiting messages are lost");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StackProblem e) {
      listener.note("Topics could not be made again: " + e.getMessage());
    }
  }

  private static String tail(Path log) {
    try {
      return String.join("\n", OneShot.tail(log, TAIL_LINES));
    } catch (IOException e) {
      return "(unreadable: " + e.getMessage() + ")";
    }
  }

  /** A step that answers nothing. */
  private interface Step {
    void run() throws Exception;
  }

  private static Callable<Boolean> task(Step step) {
    return () -> {
      step.run();
      return true;
    };
  }

  private static void awaitAll(List<Future<Boolean>> steps) throws InterruptedException {
    for (Future<Boolean> step : steps) {
      try {
        step.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof StackProblem problem) {
          throw problem;
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        throw new StackProblem(String.valueOf(cause.getMessage()), cause);
      }
    }
  }

  private static void run(Step step) throws InterruptedException {
    try {
      step.run();
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new StackProblem(String.valueOf(e.getMessage()), e);
    }
  }

  /** Stops everything, in the reverse order of its start, services in parallel. */
  @Override
  public void close() {
    List<Exception> troubles = Collections.synchronizedList(new ArrayList<>());
    PushPump running = pump;
    if (running != null) {
      running.close();
    }
    stopTogether(EnumSet.of(Part.INGEST, Part.SYNC), troubles);
    List.copyOf(embedded.values()).forEach(part -> closeQuietly(part, troubles));
    stopTogether(EnumSet.of(Part.PUBSUB, Part.FIRESTORE), troubles);
    closeQuietly(guard, troubles);
    closeQuietly(http, troubles);
    troubles.forEach(trouble -> listener.note("While stopping: " + trouble));
  }

  private void stopTogether(Set<Part> parts, List<Exception> troubles) {
    // Closing waits for the workers, also when this thread is interrupted meanwhile.
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Part part : parts) {
        ManagedProcess process = processes.get(part);
        if (process != null) {
          workers.execute(() -> closeQuietly(() -> process.stop(GRACE), troubles));
        }
      }
    }
  }

  private static void closeQuietly(AutoCloseable part, List<Exception> troubles) {
    try {
      part.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      troubles.add(e);
    }
  }
}
