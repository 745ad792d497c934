package dev.twofold.sync.world;

import java.time.Duration;
import java.util.function.Supplier;

/** Every port of a program leads through its gate: here calls take time and may go wrong. */
final class Gate {

  private final World world;
  private final Program program;

  Gate(World world, Program program) {
    this.world = world;
    this.program = program;
  }

  /** A call that takes a moment each way. */
  <T> T call(String port, Supplier<T> effect) {
    pass(port, Trouble.Moment.BEFORE);
    world.time().sleep(world.latency());
    program.live();
    T result = effect.get();
    world.time().sleep(world.latency());
    pass(port, Trouble.Moment.AFTER);
    return result;
  }

  /** Whether the commit that is asked for comes too late. */
  boolean losesRace() {
    return world.losesRace();
  }

  /** A call whose own way takes its time further on, such as one of a provider. */
  <T> T provider(String port, Supplier<T> effect) {
    pass(port, Trouble.Moment.BEFORE);
    T result = effect.get();
    pass(port, Trouble.Moment.AFTER);
    return result;
  }

  private void pass(String port, Trouble.Moment moment) {
    program.live();
    world.trouble().at(new Trouble.Passage(program, port, moment));
    program.live();
  }

  /** Nothing else of the program goes on for that long. */
  static void freeze(World world, Program program, Duration length) {
    program.freezeUntil(world.time().instant().plus(length));
  }
}
