package dev.twofold.sync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkEdits;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.OpenRequest;
import dev.twofold.sync.link.Plan;
import dev.twofold.sync.link.Planner;
import dev.twofold.sync.link.Work;
import dev.twofold.sync.link.WorkKind;
import dev.twofold.sync.mapping.ConflictPolicy;
import dev.twofold.sync.mapping.Direction;
import dev.twofold.sync.mapping.FieldKind;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.CallSpan;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The laws of the merge, over one field and both sides: every order of up to four notices, repeated
 * or not, ends in the same link and the same plan; and once the writes it asks for are made, no
 * further write is asked for and both sides hold the same, or a person is asked.
 */
class MergeLaws {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final LinkId ID = new LinkId("00000000000000000000");

  /** One foreign notice of the field: a side, a value, a second. */
  private record Notice(Side side, String value, int second) {
    Link into(Link link) {
      String property = side == Side.HUBSPOT ? "nickname" : "metadata.nickname";
      return LinkEdits.noticed(link, side, Map.of(property, value), at(second), at(100));
    }
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  private static List<Notice> notices() {
    List<Notice> all = new ArrayList<>();
    for (Side side : Side.values()) {
      for (String value : List.of("", "a", "b")) {
        for (int second = 1; second <= 2; second++) {
          all.add(new Notice(side, value, second));
        }
      }
    }
    return all;
  }

  private static Mappings mappings(Direction direction, ConflictPolicy policy) {
    return new Mappings(
        1,
        "contact",
        "customer",
        false,
        List.of(
            FieldMapping.both("nickname", FieldKind.TEXT, List.of("nickname"), "metadata.nickname")
                .directed(direction)
                .under(policy)));
  }

  /** Pairs that have never met, that agree, and whose agreed value we wrote to either side. */
  private static List<Link> beginnings(Mappings mappings) {
    Link strangers = Link.create(ID, START, 1);
    strangers =
        strangers
            .with(
                Side.HUBSPOT,
                strangers.hubspot().holding(RecordId.contact("1"), null).completed().marked("c"))
            .with(
                Side.STRIPE,
                strangers.stripe().holding(RecordId.customer("c"), null).completed().marked("1"));
    List<Link> all = new ArrayList<>();
    all.add(strangers);
    for (Side origin : Side.values()) {
      Link told =
          LinkEdits.noticed(
              strangers,
              origin,
              Map.of(origin == Side.HUBSPOT ? "nickname" : "metadata.nickname", "a"),
              at(-10),
              at(-10));
      all.add(settle(told, mappings, at(-5)));
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource(ConflictPolicy.class)
  void everyOrderEndsInTheSameLink(ConflictPolicy policy) {
    Mappings mappings = mappings(Direction.BOTH, policy);
    Planner planner = new Planner(mappings, null);
    for (Link beginning : beginnings(mappings)) {
      for (List<Notice> chosen : RegisterLaws.combinations(notices(), 4)) {
        Set<Link> ends = new HashSet<>();
        for (List<Notice> order : RegisterLaws.orders(chosen)) {
          // The loop breaker counts arrivals; it is no part of the merge.
          ends.add(after(beginning, order).swinging(beginning.swings()));
        }
        assertThat(ends).as("%s by %s", beginning.agreed(), chosen).hasSize(1);
        Link end = ends.iterator().next();
        for (Notice repeated : chosen) {
          assertThat(repeated.into(end).swinging(end.swings())).isEqualTo(end);
        }
        assertThat(planner.plan(end)).isEqualTo(planner.plan(end));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ConflictPolicy.class)
  void afterTheWritesItAsksForNoFurtherWriteIsAskedFor(ConflictPolicy policy) {
    for (Direction direction : Direction.values()) {
      Mappings mappings = mappings(direction, policy);
      Planner planner = new Planner(mappings, null);
      for (Link beginning : beginnings(mappings)) {
        for (List<Notice> chosen : RegisterLaws.combinations(notices(), 4)) {
          Link link = settle(after(beginning, chosen), mappings, at(50));
          Plan plan = planner.plan(link);
          assertThat(plan.isQuiet())
              .as("%s %s: %s by %s leaves %s", direction, policy, beginning, chosen, plan)
              .isTrue();
          assertHolds(direction, policy, link, plan);
        }
      }
    }
  }

  private static void assertHolds(
      Direction direction, ConflictPolicy policy, Link link, Plan plan) {
    if (direction != Direction.BOTH) {
      return;
    }
    String ours = text(link, Side.HUBSPOT);
    String theirs = text(link, Side.STRIPE);
    boolean explained =
        ours.equals(theirs)
            || (policy == ConflictPolicy.MANUAL
                && plan.decisions().getFirst().rule() == Rule.MANUAL);
    assertThat(explained).as("%s and %s by %s", ours, theirs, plan.decisions()).isTrue();
  }

  private static String text(Link link, Side side) {
    String property = side == Side.HUBSPOT ? "nickname" : "metadata.nickname";
    String value = link.side(side).register(property).value();
    return value == null ? "" : value;
  }

  private static Link after(Link beginning, List<Notice> notices) {
    Link link = beginning;
    for (Notice notice : notices) {
      link = notice.into(link);
    }
    return link;
  }

  /**
   * Carries out what the planner asks for, a call at a time, as the world would: a write is
   * answered with what it wrote; a read shows what was noticed last, and the greater of two values
   * at once.
   */
  private static Link settle(Link link, Mappings mappings, Instant from) {
    Planner planner = new Planner(mappings, null);
    Link settling = link;
    Instant now = from;
    for (int call = 0; call < 12; call++) {
      Plan plan = planner.plan(settling);
      settling = LinkEdits.settled(settling, plan.decisions(), mappings);
      plan = planner.plan(settling);
      if (plan.isQuiet()) {
        return settling;
      }
      now = now.plusMillis(10);
      Side side = plan.hubspot() != null ? Side.HUBSPOT : Side.STRIPE;
      Work work = Objects.requireNonNull(plan.work(side));
      settling = make(settling, side, work, new CallSpan(now, now), mappings);
    }
    return settling;
  }

  private static Link make(Link link, Side side, Work work, CallSpan span, Mappings mappings) {
    RecordId record = Objects.requireNonNull(link.record(side));
    Link made =
        switch (work.kind()) {
          case SETTLE -> link;
          case READ ->
              LinkEdits.read(
                  link, new Snapshot(record, shown(link, side), null, null), span, mappings);
          case UPDATE -> {
            OpenRequest request =
                new OpenRequest(
                    OpenRequest.Kind.UPDATE,
                    "k",
                    work.values(),
                    work.mark(),
                    span.from(),
                    work.basedOn(),
                    false);
            yield LinkEdits.wrote(
                link, request, new Snapshot(record, work.values(), null, null), span, mappings);
          }
          case CREATE, EVENT -> throw new AssertionError("both records are there");
        };
    assertThat(work.kind()).isNotEqualTo(WorkKind.CREATE);
    return made;
  }

  private static Map<String, String> shown(Link link, Side side) {
    String property = side == Side.HUBSPOT ? "nickname" : "metadata.nickname";
    Register register = link.side(side).register(property);
    String latest = register.seen() == null ? text(link, side) : register.seen().value();
    return Map.of(property, latest);
  }
}
