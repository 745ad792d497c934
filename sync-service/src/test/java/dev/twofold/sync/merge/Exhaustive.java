package dev.twofold.sync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * Every set of up to so many notices, in every order and with every repetition. Orders are not
 * walked one by one: for every set it is shown that whichever of it comes last, after all the
 * others, the same state results, and that any of it coming again changes nothing. By induction
 * over the sets, smallest first, that covers every sequence of them.
 */
final class Exhaustive {

  private Exhaustive() {}

  /**
   * Shows that order and repetition do not matter.
   *
   * @param seen is given each set and its state
   * @return how many sets there were
   */
  static <N, S> int overSets(
      List<N> notices, int most, S start, BiFunction<S, N, S> step, BiConsumer<List<N>, S> seen) {
    Map<Long, S> states = new HashMap<>();
    states.put(0L, start);
    List<Long> level = List.of(0L);
    for (int size = 1; size <= most; size++) {
      List<Long> next = new ArrayList<>();
      for (long smaller : level) {
        int highest = Long.SIZE - Long.numberOfLeadingZeros(smaller);
        for (int added = highest; added < notices.size(); added++) {
          long set = smaller | 1L << added;
          next.add(set);
          states.put(set, state(notices, set, states, step));
          seen.accept(members(notices, set), Objects.requireNonNull(states.get(set)));
        }
      }
      level = next;
    }
    return states.size();
  }

  private static <N, S> S state(
      List<N> notices, long set, Map<Long, S> states, BiFunction<S, N, S> step) {
    S first = null;
    for (int last = 0; last < notices.size(); last++) {
      if ((set & 1L << last) == 0) {
        continue;
      }
      S before = Objects.requireNonNull(states.get(set & ~(1L << last)));
      S after = step.apply(before, notices.get(last));
      first = first == null ? after : first;
      if (!after.equals(first)) {
        assertThat(after)
            .as("%s coming last of %s", notices.get(last), members(notices, set))
            .isEqualTo(first);
      }
    }
    S state = Objects.requireNonNull(first);
    for (N repeated : members(notices, set)) {
      if (!step.apply(state, repeated).equals(state)) {
        assertThat(step.apply(state, repeated))
            .as("%s coming again after %s", repeated, members(notices, set))
            .isEqualTo(state);
      }
    }
    return state;
  }

  private static <N> List<N> members(List<N> notices, long set) {
    List<N> members = new ArrayList<>();
    for (int each = 0; each < notices.size(); each++) {
      if ((set & 1L << each) != 0) {
        members.add(notices.get(each));
      }
    }
    return members;
  }
}
