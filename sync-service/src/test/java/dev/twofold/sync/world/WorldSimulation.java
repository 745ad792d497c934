package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Many random worlds. One seed decides everything in a world and is enough to repeat it: {@code
 * -Dseed=N} runs that one alone and tells what happened, {@code -Dseeds=N} runs so many.
 */
final class WorldSimulation {

  private static final int SEEDS = 100;

  @Test
  void comesToRestRightWhateverGoesWrong() {
    Long only = Long.getLong("seed");
    long from = only == null ? Long.getLong("from", 0) : only;
    long count = only == null ? Long.getLong("seeds", SEEDS) : 1;
    List<String> failures = new ArrayList<>();
    for (long seed = from; seed < from + count; seed++) {
      RandomWorld run = new RandomWorld(seed);
      List<String> wrong = run.run();
      if (!wrong.isEmpty()) {
        String story = only == null ? "" : "\n" + run.story();
        failures.add(
            "mvn -pl sync-service -am verify -Dit.test=WorldSimulation -Dtest=none"
                + " -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dfailsafe.failIfNoSpecifiedTests=false -Dseed="
                + seed
                + "\n  "
                + String.join("\n  ", wrong)
                + story);
      }
    }

    assertThat(failures).as("worlds that did not come to rest right").isEmpty();
  }
}
