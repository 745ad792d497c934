package dev.twofold.sync.world;

import dev.twofold.simulators.web.Fault;
import dev.twofold.sync.dispatch.WriteTask;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What goes wrong at random; whole kinds of it are switched on or off for each run. */
final class RandomTrouble implements Trouble, Chance {

  /** The kinds of trouble. */
  enum Kind {
    SLOW_ANSWERS,
    LATE_PUSHES,
    VERY_LATE_PUSHES,
    REFUSED_WEBHOOKS,
    REPEATED_WEBHOOKS,
    LOST_PUSH_ANSWERS,
    LOST_TASK_ANSWERS,
    LOST_PROVIDER_ANSWERS,
    FAILING_PROVIDERS,
    LIMITING_PROVIDERS,
    LOCKED_RECORDS,
    OUTAGE,
    STORE_FAILURES,
    QUEUE_FAILURES,
    KILLS,
    FREEZES,
    SECOND_PROCESS,
    LOST_RACES,
    REPEATED_TASKS,
    REFUSED_BATCHES
  }

  private final World world;
  private final RandomGenerator random;
  private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
  private int killsLeft = 6;
  private int freezesLeft = 2;

  RandomTrouble(World world, RandomGenerator random) {
    this.world = world;
    this.random = random;
    for (Kind kind : Kind.values()) {
      if (random.nextInt(100) < 30) {
        kinds.add(kind);
      }
    }
  }

  Set<Kind> kinds() {
    return kinds;
  }

  /** Troubles the providers themselves make. */
  void begin() {
    if (kinds.contains(Kind.LOST_PROVIDER_ANSWERS)) {
      both(Fault.lostAnswer().withProbability(0.08));
    }
    if (kinds.contains(Kind.FAILING_PROVIDERS)) {
      both(Fault.error(500).withProbability(0.04));
      both(Fault.error(500).afterTheEffect().withProbability(0.04));
      world.hubspot().faults().add(Fault.error(502).afterTheEffect().withProbability(0.04));
      world.stripe().faults().add(Fault.error(502).withProbability(0.04));
    }
    if (kinds.contains(Kind.LIMITING_PROVIDERS)) {
      both(Fault.storm().withProbability(0.05));
    }
    if (kinds.contains(Kind.LOCKED_RECORDS)) {
      both(Fault.lock().withProbability(0.05));
    }
    if (kinds.contains(Kind.REFUSED_BATCHES)) {
      // A batch that is refused as a whole, though most of its rows are good.
      world
          .hubspot()
          .faults()
          .add(Fault.error(400).on("POST", "/batch/").withProbability(0.04).times(3));
      world
          .hubspot()
          .faults()
          .add(Fault.error(409).on("POST", "/batch/update").withProbability(0.04).times(2));
    }
    if (kinds.contains(Kind.SECOND_PROCESS)) {
      world.startProgram();
      world.programs().forEach(program -> program.share(2));
    }
  }

  private void both(Fault fault) {
    world.hubspot().faults().add(fault);
    world.stripe().faults().add(fault);
  }

  /** What happens now and then, between people's actions. */
  void now() {
    if (kinds.contains(Kind.OUTAGE) && random.nextInt(25) == 0) {
      Duration length = Duration.ofMinutes(1 + random.nextInt(60));
      world.struck("outage of up to an hour");
      if (random.nextBoolean()) {
        world.hubspot().faults().add(Fault.outage().until(world.hubspot().now().plus(length)));
      } else {
        world.stripe().faults().add(Fault.outage().until(world.stripe().now().plus(length)));
      }
    }
  }

  @Override
  public void at(Passage passage) {
    boolean store = passage.port().startsWith("links.") || passage.port().startsWith("tenants.");
    boolean queue = passage.port().startsWith("tasks.");
    if (kinds.contains(Kind.KILLS) && killsLeft > 0 && random.nextInt(150) == 0) {
      killsLeft--;
      world.struck("killed at " + passage.port() + " " + passage.moment());
      world.processes().restartLater(passage.program());
      return;
    }
    if (kinds.contains(Kind.FREEZES) && freezesLeft > 0 && random.nextInt(300) == 0) {
      freezesLeft--;
      world.struck("frozen at " + passage.port() + " " + passage.moment());
      Gate.freeze(world, passage.program(), Duration.ofSeconds(10 + random.nextInt(290)));
      return;
    }
    if (store && kinds.contains(Kind.STORE_FAILURES) && random.nextInt(40) == 0) {
      world.struck("store failed " + passage.moment());
      Stage stage = passage.port().equals("links.commit") ? Stage.RECORDING : Stage.LOADING;
      throw new RetryableFailure(stage, "the store was " + passage.moment() + " its answer", null);
    }
    if (queue && kinds.contains(Kind.QUEUE_FAILURES) && random.nextInt(15) == 0) {
      world.struck("queue failed " + passage.moment());
      throw new RetryableFailure(Stage.DISPATCHING, "the queue cannot be reached", null);
    }
  }

  @Override
  public Duration latency() {
    return Duration.ofMillis(random.nextInt(15));
  }

  @Override
  public Duration wayOut() {
    return Duration.ofMillis(5 + random.nextInt(10));
  }

  @Override
  public Duration wayBack() {
    boolean slow = kinds.contains(Kind.SLOW_ANSWERS) && random.nextInt(4) == 0;
    return Duration.ofMillis(20 + random.nextInt(slow ? 8_000 : 100));
  }

  @Override
  public Duration pushDelay() {
    if (kinds.contains(Kind.VERY_LATE_PUSHES) && random.nextInt(12) == 0) {
      return Duration.ofSeconds(random.nextInt(7_200));
    }
    if (kinds.contains(Kind.LATE_PUSHES) && random.nextInt(3) == 0) {
      return Duration.ofMillis(random.nextInt(40_000));
    }
    return Duration.ofMillis(5 + random.nextInt(60));
  }

  @Override
  public Intake intake() {
    if (!kinds.contains(Kind.REFUSED_WEBHOOKS)) {
      return Intake.TAKEN;
    }
    int dice = random.nextInt(20);
    return dice == 0 ? Intake.REFUSED : dice == 1 ? Intake.DIED : Intake.TAKEN;
  }

  @Override
  public boolean publishesTwice() {
    return kinds.contains(Kind.REPEATED_WEBHOOKS) && random.nextInt(6) == 0;
  }

  @Override
  public boolean losesPushAnswer() {
    return kinds.contains(Kind.LOST_PUSH_ANSWERS) && random.nextInt(10) == 0;
  }

  @Override
  public boolean losesTaskAnswer(Program program, WriteTask task) {
    return kinds.contains(Kind.LOST_TASK_ANSWERS) && random.nextInt(10) == 0;
  }

  @Override
  public boolean losesRace() {
    return kinds.contains(Kind.LOST_RACES) && random.nextInt(12) == 0;
  }

  @Override
  public boolean runsTwice() {
    return kinds.contains(Kind.REPEATED_TASKS) && random.nextInt(8) == 0;
  }
}
