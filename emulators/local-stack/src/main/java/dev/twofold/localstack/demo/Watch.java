package dev.twofold.localstack.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Looks at both sides again and again, and notes when what was done there arrived. */
final class Watch {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final SimulatedHubSpot hubSpot;
  private final SimulatedStripe stripe;
  private final Duration patience;

  /**
   * Something a person did.
   *
   * @param doneAt when, as {@link System#nanoTime} tells it
   * @param arrived tells that all it should cause is there
   */
  record Deed(long doneAt, Predicate<Checks> arrived) {}

  /** Deeds that make one row of the table; {@code look} is where one of them can be looked at. */
  record Group(String done, String appeared, List<Deed> deeds, String look) {}

  /** A group while it is watched. */
  private static final class Watched {
    private final Group group;
    private final List<Deed> waiting;
    private final List<Long> millis = new ArrayList<>();

    Watched(Group group) {
      this.group = group;
      this.waiting = new ArrayList<>(group.deeds());
    }

    void notice(Checks checks, long now) {
      waiting.removeIf(deed -> {
        boolean arrived = deed.arrived().test(checks);
        if (arrived) {
          millis.add(Duration.ofNanos(now - deed.doneAt()).toMillis());
        }
        return arrived;
      });
    }

    Row row() {
      return new Row(group.done(), group.appeared(), group.deeds().size(), millis, group.look());
    }
  }

  Watch(SimulatedHubSpot hubSpot, SimulatedStripe stripe, Duration patience) {
    this.hubSpot = hubSpot;
    this.stripe = stripe;
    this.patience = patience;
  }

  /** Waits until everything has arrived or patience ends; a row for each group either way. */
  List<Row> await(Group... groups) throws InterruptedException {
    List<Watched> all = new ArrayList<>();
    for (Group group : groups) {
      all.add(new Watched(group));
    }
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Checks checks = look().checks();
      long now = System.nanoTime();
      all.forEach(watched -> watched.notice(checks, now));
      if (all.stream().allMatch(watched -> watched.waiting.isEmpty()) || now - deadline > 0) {
        return all.stream().map(Watched::row).toList();
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  /** What both sides hold now. */
  Moment look() throws InterruptedException {
    return new Moment(hubSpot.look(), stripe.look());
  }
}
