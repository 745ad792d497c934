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

  private static final int SEEDS = 300;

  @Test
  void comesToRestRightWhateverGoesWrong() {
    Long only = Long.getLong("seed");
    List<String> failures = new ArrayList<>();
    if (only == null) {
      long count = Long.getLong("seeds", SEEDS);
      Summary summary = new Summary();
      int jobs = Runtime.getRuntime().availableProcessors();
      new WorldRuns(Long.getLong("from", 0), count, jobs, null)
          .run(result -> {
            summary.add(result);
            return true;
          });
      assertThat(summary.worlds()).as("worlds that ran").isEqualTo(count);
      summary.violations().forEach(each -> failures.add(told(each.seed(), each.wrong(), "")));
    } else {
      RandomWorld run = new RandomWorld(only);
      List<String> wrong = run.run();
      if (!wrong.isEmpty()) {
        failures.add(told(only, wrong, "\n" + run.story()));
      }
    }

    assertThat(failures).as("worlds that did not come to rest right").isEmpty();
  }

  @Test
  void repeatsAWorldFromItsSeedToTheLastCall() {
    long seed = 7;

    WorldResult first = new RandomWorld(seed).result();
    WorldResult again = new RandomWorld(seed).result();

    assertThat(again).isEqualTo(first);
  }

  private static String told(long seed, List<String> wrong, String story) {
    return Summary.replay(seed) + "\n  " + String.join("\n  ", wrong) + story;
  }
}
