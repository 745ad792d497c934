package dev.twofold.sync.world;

import dev.twofold.sync.tenant.WritesRegister;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The processes of the service: they come, die, freeze, and share the limits. */
final class Programs {

  private final World world;
  private final List<Program> programs = new ArrayList<>();
  private int started;
  private int registered;

  Programs(World world) {
    this.world = world;
  }

  Program start() {
    Program program = new Program("p" + ++started, world);
    programs.add(program);
    return program;
  }

  /** Kills a process and starts another in its place. */
  void restart(Program program) {
    program.kill();
    programs.remove(program);
    if (programs.isEmpty()) {
      start();
    }
  }

  /**
   * Kills a process; another registers in its place, of which the others hear during the heartbeat
   * for which it waits before its first call.
   */
  void restartLater(Program program) {
    program.kill();
    programs.remove(program);
    registered++;
    share();
    world
        .time()
        .at(
            world.time().instant().plus(WritesRegister.HEARTBEAT).plusSeconds(1),
            () -> {
              registered--;
              start();
              share();
            });
  }

  /** The limits are shared among those at work and those that wait to be. */
  private void share() {
    int among = Math.max(1, programs.size() + registered);
    programs.forEach(each -> each.share(among));
  }

  /** Wakes whoever is frozen. */
  void thawAll() {
    programs.forEach(program -> program.freezeUntil(world.time().instant()));
  }

  List<Program> all() {
    return List.copyOf(programs);
  }

  Program first() {
    return programs.getFirst();
  }

  /** One that is awake, if any is; none while all are dead. */
  Optional<Program> any() {
    List<Program> awake = programs.stream().filter(each -> !each.isFrozen()).toList();
    if (awake.isEmpty()) {
      return programs.stream().findFirst();
    }
    return Optional.of(
        awake.size() == 1 ? awake.getFirst() : awake.get(world.random().nextInt(awake.size())));
  }
}
