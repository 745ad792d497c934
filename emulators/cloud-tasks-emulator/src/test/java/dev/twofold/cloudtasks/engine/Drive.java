package dev.twofold.cloudtasks.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An engine on virtual time whose calls are answered at once, or after a set time. */
final class Drive {

  static final QueueName QUEUE = QueueName.of("demo", "europe-west1", "work");
  static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
  static final HttpCall CALL = HttpCall.post("http://127.0.0.1:1/x", Payload.EMPTY);

  /** A dispatch and the moment it left. */
  record Sent(Instant at, Dispatch dispatch) {}

  private record Answering(Instant at, Dispatch dispatch, Answer answer) {}

  final TaskEngine engine;
  final List<Sent> sent = new ArrayList<>();
  Instant now = START;
  Function<Dispatch, Answer> target = dispatch -> Answer.status(200);
  Duration handling = Duration.ZERO;

  private final List<Answering> answering = new ArrayList<>();

  Drive(EngineSettings settings, long seed) {
    engine = new TaskEngine(settings, new Random(seed));
  }

  static Drive withQueue(RateLimits limits, RetryPolicy policy) {
    Drive drive = new Drive(EngineSettings.DEFAULT, 1);
    drive.engine.createQueue(QUEUE, QueueSettings.of(limits, policy), START);
    return drive;
  }

  TaskSnapshot create(String id) {
    return engine.createTask(QUEUE, NewTask.named(id, CALL), now);
  }

  void createMany(int count) {
    for (int i = 0; i < count; i++) {
      engine.createTask(QUEUE, NewTask.unnamed(CALL), now);
    }
  }

  TaskName task(String id) {
    return new TaskName(QUEUE, id);
  }

  /** Lets time pass from event to event, as a real timer would, up to and including the end. */
  void run(Duration time) {
    Instant end = now.plus(time);
    step();
    while (true) {
      Instant next = nextEvent();
      if (next == null || next.isAfter(end)) {
        now = end;
        return;
      }
      now = next.isAfter(now) ? next : now;
      step();
    }
  }

  private void step() {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Dispatch dispatch : engine.dueDispatches(now)) {
        sent.add(new Sent(now, dispatch));
        answering.add(new Answering(now.plus(handling), dispatch, target.apply(dispatch)));
        moved = true;
      }
      List<Answering> ripe = answering.stream().filter(call -> !call.at().isAfter(now)).toList();
      answering.removeAll(ripe);
      ripe.forEach(call -> engine.answered(call.dispatch(), call.answer(), now));
      moved |= !ripe.isEmpty();
    }
  }

  private @Nullable Instant nextEvent() {
    Instant next = engine.nextEventAt(now).orElse(Instant.MAX);
    for (Answering call : answering) {
      next = call.at().isBefore(next) ? call.at() : next;
    }
    return next.equals(Instant.MAX) ? null : next;
  }
}
