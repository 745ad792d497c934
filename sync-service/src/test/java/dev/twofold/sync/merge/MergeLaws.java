package dev.twofold.sync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.Plan;
import dev.twofold.sync.link.Planner;
import dev.twofold.sync.link.WorkKind;
import dev.twofold.sync.mapping.ConflictPolicy;
import dev.twofold.sync.mapping.Direction;
import dev.twofold.sync.mapping.FieldKind;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.merge.Pairs.Notice;
import dev.twofold.sync.record.CallSpan;
import dev.twofold.sync.record.FieldValue;
import dev.twofold.sync.record.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The laws of the merge over both sides: whatever the order of up to five notices and however often
 * each comes, the same link results; once the writes it asks for are made, no further one is asked
 * for; nothing is written against its direction; blank never wins a first meeting; and what comes
 * out is what the rules say, told here a second time. Exhaustive where the space is small, seeded
 * above.
 */
class MergeLaws {

  private static final int FIVE = 5;
  private static final int SEEDS = 2_000;

  private static FieldMapping field(String name, Direction direction, ConflictPolicy policy) {
    return FieldMapping.both(name, FieldKind.TEXT, List.of(name), "metadata." + name)
        .directed(direction)
        .under(policy);
  }

  private static Pairs pairs(FieldMapping... fields) {
    return new Pairs(new Mappings(1, "contact", "customer", false, List.of(fields)));
  }

  private static Pairs pairs(Direction direction, ConflictPolicy policy) {
    return pairs(field("x", direction, policy));
  }

  /** Three values, both sides, two seconds: every change of one field. */
  private static List<Notice> notices() {
    List<Notice> all = new ArrayList<>();
    for (Side side : Side.values()) {
      for (String value : List.of("", "a", "b")) {
        for (int second = 1; second <= 2; second++) {
          all.add(Notice.of(side, "x", value, second));
        }
      }
    }
    return all;
  }

  /** Pairs that have never met, that agree, and whose agreed value we wrote to either side. */
  private static List<Link> beginnings(Pairs pairs) {
    return List.of(
        pairs.strangers(), pairs.agreeing(Side.HUBSPOT, "a"), pairs.agreeing(Side.STRIPE, "a"));
  }

  static Stream<Arguments> everyRule() {
    return Stream.of(Direction.values())
        .flatMap(direction ->
            Stream.of(ConflictPolicy.values()).map(policy -> Arguments.of(direction, policy)));
  }

  @Test
  void neitherOrderNorRepetitionOfUpToFiveNoticesMatters() {
    Pairs pairs = pairs(Direction.BOTH, ConflictPolicy.LATEST);
    for (Link beginning : beginnings(pairs)) {
      int sets = Exhaustive.overSets(notices(), FIVE, beginning, pairs::after, (chosen, end) -> {});
      assertThat(sets).isEqualTo(1 + 12 + 66 + 220 + 495 + 792);
    }
  }

  @Test
  void neitherOrderNorRepetitionOfPartialNoticesOfTwoFieldsMatters() {
    Pairs pairs =
        pairs(
            field("x", Direction.BOTH, ConflictPolicy.LATEST),
            field("y", Direction.BOTH, ConflictPolicy.MANUAL));
    List<Notice> partial = new ArrayList<>();
    for (Side side : Side.values()) {
      for (int second = 1; second <= 2; second++) {
        for (String x : List.of("none", "", "b")) {
          for (String y : List.of("none", "a", "b")) {
            Map<String, String> values = new HashMap<>(Map.of("x", x, "y", y));
            values.values().removeIf("none"::equals);
            if (!values.isEmpty()) {
              partial.add(new Notice(side, values, second));
            }
          }
        }
      }
    }
    Planner planner = new Planner(pairs.mappings(), null);

    int sets =
        Exhaustive.overSets(
            partial,
            3,
            pairs.agreeing(Side.STRIPE, "a"),
            pairs::after,
            (chosen, end) -> {
              // What is told of one field decides nothing about the other.
              Link apart = pairs.after(pairs.agreeing(Side.STRIPE, "a"), only("x", chosen));
              assertThat(planner.decide(end).getFirst())
                  .isEqualTo(planner.decide(apart).getFirst());
            });

    assertThat(sets).isEqualTo(1 + 32 + 496 + 4960);
  }

  private static List<Notice> only(String field, List<Notice> notices) {
    return notices.stream()
        .filter(notice -> notice.values().containsKey(field))
        .map(notice ->
            Notice.of(
                notice.side(), field, notice.values().getOrDefault(field, ""), notice.second()))
        .toList();
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everyRule")
  void afterTheWritesItAsksForNoFurtherWriteIsAskedFor(Direction direction, ConflictPolicy policy) {
    Pairs pairs = pairs(direction, policy);
    Planner planner = new Planner(pairs.mappings(), null);
    int most = direction == Direction.BOTH ? FIVE : 4;
    for (Link beginning : beginnings(pairs(Direction.BOTH, policy))) {
      Exhaustive.overSets(
          notices(),
          most,
          beginning,
          pairs::after,
          (chosen, end) -> {
            Link link = pairs.settle(end, Pairs.at(50));
            Plan plan = planner.plan(link);
            if (!plan.isQuiet()) {
              assertThat(plan).as("%s by %s", beginning, chosen).isNull();
            }
            assertHolds(pairs, link, plan);
          });
    }
  }

  /** Both sides hold one value, or the rules say that they need not. */
  private static void assertHolds(Pairs pairs, Link link, Plan plan) {
    FieldMapping field = pairs.mappings().fields().getFirst();
    String ours = Pairs.text(link, field, Side.HUBSPOT);
    String theirs = Pairs.text(link, field, Side.STRIPE);
    Rule rule = plan.decisions().getFirst().rule();
    boolean explained =
        switch (field.direction()) {
          case BOTH -> rule == Rule.MANUAL && field.policy() == ConflictPolicy.MANUAL;
          case TO_STRIPE, TO_HUBSPOT -> rule == Rule.BLANK_NEVER_OVERWRITES;
          case ONCE, OFF -> true;
        };
    if (!ours.equals(theirs) && !explained) {
      assertThat(ours).as("by %s", plan.decisions()).isEqualTo(theirs);
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everyRule")
  void blankNeverWinsAFirstMeeting(Direction direction, ConflictPolicy policy) {
    Pairs pairs = pairs(direction, policy);
    FieldMapping field = pairs.mappings().fields().getFirst();
    Exhaustive.overSets(
        notices(),
        4,
        pairs.strangers(),
        pairs::after,
        (chosen, end) -> {
          Link link = pairs.settle(end, Pairs.at(50));
          for (Side side : Side.values()) {
            if (!Pairs.text(end, field, side).isEmpty()) {
              assertThat(Pairs.text(link, field, side)).as("%s of %s", side, chosen).isNotEmpty();
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void whatBothSidesHoldNeedsNothing(Direction direction) {
    for (ConflictPolicy policy : ConflictPolicy.values()) {
      Pairs pairs = pairs(direction, policy);
      Planner planner = new Planner(pairs.mappings(), null);
      for (Link beginning : beginnings(pairs(Direction.BOTH, policy))) {
        for (String value : List.of("", "a", "b")) {
          for (int first = 1; first <= 2; first++) {
            Link link =
                pairs.after(
                    beginning,
                    List.of(
                        Notice.of(Side.HUBSPOT, "x", value, first),
                        Notice.of(Side.STRIPE, "x", value, 3 - first)));
            Plan plan = planner.plan(link);
            assertThat(plan.hubspot()).isNull();
            assertThat(plan.stripe() == null || plan.stripe().kind() == WorkKind.SETTLE).isTrue();
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everyRule")
  void whatComesOutIsWhatTheRulesSay(Direction direction, ConflictPolicy policy) {
    Pairs pairs = pairs(direction, policy);
    FieldMapping field = pairs.mappings().fields().getFirst();
    Oracle oracle = new Oracle(direction, policy);
    for (Side origin : Side.values()) {
      Link beginning = pairs(Direction.BOTH, policy).agreeing(origin, "a");
      Exhaustive.overSets(
          notices(),
          4,
          beginning,
          pairs::after,
          (chosen, end) -> {
            if (oracle.isContested(chosen)) {
              return;
            }
            Link link = pairs.settle(end, Pairs.at(50));
            String both =
                Pairs.text(link, field, Side.HUBSPOT) + "|" + Pairs.text(link, field, Side.STRIPE);
            assertThat(both)
                .as("agreed on a from %s, then %s", origin, chosen)
                .isEqualTo(oracle.says("a", chosen));
          });
    }
  }

  @Test
  void longRandomHistoriesOfManyFieldsObeyTheSameLaws() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      Pairs pairs = randomPairs(random);
      Link beginning =
          random.nextBoolean()
              ? pairs.strangers()
              : pairs(
                      pairs.mappings().fields().stream()
                          .map(each -> each.directed(Direction.BOTH))
                          .toArray(FieldMapping[]::new))
                  .agreeing(any(random, Side.values()), "a");
      List<Notice> notices = new ArrayList<>();
      int count = 3 + random.nextInt(15);
      for (int each = 0; each < count; each++) {
        notices.add(randomNotice(pairs, random));
      }
      Link end = pairs.after(beginning, notices);
      List<Notice> shuffled = new ArrayList<>(notices);
      shuffled.addAll(notices.subList(0, random.nextInt(notices.size())));
      Collections.shuffle(shuffled, random);
      assertThat(pairs.after(beginning, shuffled)).as("seed %d", seed).isEqualTo(end);
      Link link = pairs.settle(end, Pairs.at(50));
      assertThat(new Planner(pairs.mappings(), null).plan(link).isQuiet())
          .as("seed %d", seed)
          .isTrue();
    }
  }

  private static Pairs randomPairs(Random random) {
    FieldMapping[] fields = new FieldMapping[1 + random.nextInt(3)];
    for (int each = 0; each < fields.length; each++) {
      fields[each] =
          field("x" + each, any(random, Direction.values()), any(random, ConflictPolicy.values()));
    }
    return pairs(fields);
  }

  private static Notice randomNotice(Pairs pairs, Random random) {
    Map<String, String> values = new HashMap<>();
    for (FieldMapping field : pairs.mappings().fields()) {
      if (random.nextBoolean()) {
        values.put(field.name().value(), List.of("", "a", "b", "c").get(random.nextInt(4)));
      }
    }
    return new Notice(any(random, Side.values()), values, 1 + random.nextInt(6));
  }

  private static <E> E any(Random random, E[] values) {
    return List.of(values).get(random.nextInt(values.length));
  }

  /** Found by seed 3797: the customer our write had copied from is gone, and another one came. */
  @ParameterizedTest
  @EnumSource(names = {"BOTH", "ONCE"})
  void whatOurWriteHasLeftAmongBlanksIsCarriedAcross(Direction direction) {
    CallSpan write = new CallSpan(Pairs.at(1), Pairs.at(3));
    Register overrun =
        Register.UNKNOWN
            .noticed("", Pairs.at(2))
            .wrote("a", write, null)
            .read("a", new CallSpan(Pairs.at(4), Pairs.at(5)))
            .amongStrangers();
    Register blank = Register.UNKNOWN.read("", new CallSpan(Pairs.at(4), Pairs.at(5)));

    FieldDecision decision =
        MergeEngine.decide(
            field("x", direction, ConflictPolicy.LATEST),
            null,
            null,
            new MergeEngine.SideKnowledge(List.of(overrun), Knowledge.COMPLETE),
            new MergeEngine.SideKnowledge(List.of(blank), Knowledge.COMPLETE));

    assertThat(decision.winner()).isEqualTo(FieldValue.of("a"));
    assertThat(decision.behind()).containsExactly(Side.STRIPE);
  }
}
