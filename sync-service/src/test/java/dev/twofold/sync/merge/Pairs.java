package dev.twofold.sync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.link.ForeignChange;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkEdits;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.OpenRequest;
import dev.twofold.sync.link.Plan;
import dev.twofold.sync.link.Planner;
import dev.twofold.sync.link.Work;
import dev.twofold.sync.mapping.Direction;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.CallSpan;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.Snapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Pairs of one contact and one customer, what happens to them, and a world that obeys. */
record Pairs(Mappings mappings) {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final LinkId ID = new LinkId("00000000000000000000");
  private static final int CALLS_MAX = 12;

  static Instant at(int second) {
    return START.plusSeconds(second);
  }

  /** A foreign notice: fields to values, at a second. */
  record Notice(Side side, Map<String, String> values, int second) {

    static Notice of(Side side, String field, String value, int second) {
      return new Notice(side, Map.of(field, value), second);
    }
  }

  /** Both records are there and complete, and have never met. */
  Link strangers() {
    Link nobody = Link.create(ID, START, mappings.version());
    return nobody
        .with(
            Side.HUBSPOT,
            nobody.hubspot().holding(RecordId.contact("1"), null).completed().marked("c"))
        .with(
            Side.STRIPE,
            nobody.stripe().holding(RecordId.customer("c"), null).completed().marked("1"));
  }

  /** A pair that agrees on a value which somebody set on that side, long ago. */
  Link agreeing(Side origin, String value) {
    Map<String, String> values = new HashMap<>();
    mappings.fields().forEach(field -> values.put(field.name().value(), value));
    Link told = after(strangers(), List.of(new Notice(origin, values, -100)));
    Link agreeing = settle(told, at(-50));
    for (FieldMapping field : mappings.active()) {
      assertThat(text(agreeing, field, Side.HUBSPOT)).isEqualTo(text(agreeing, field, Side.STRIPE));
    }
    return agreeing;
  }

  /** The link after that notice; the loop breaker counts arrivals and is no part of the merge. */
  Link after(Link link, Notice notice) {
    Map<String, String> values = new HashMap<>();
    for (FieldMapping field : mappings.fields()) {
      String value = notice.values().get(field.name().value());
      if (value != null) {
        values.put(field.properties(notice.side()).getFirst(), value);
      }
    }
    ForeignChange change = new ForeignChange(notice.side(), values, at(notice.second()));
    return LinkEdits.noticed(link, change, mappings, at(0)).swinging(link.swings());
  }

  Link after(Link link, List<Notice> notices) {
    Link changed = link;
    for (Notice notice : notices) {
      changed = after(changed, notice);
    }
    return changed;
  }

  static String text(Link link, FieldMapping field, Side side) {
    String value = link.side(side).register(field.properties(side).getFirst()).value();
    return value == null ? "" : value;
  }

  /**
   * Carries out what the planner asks for, a call at a time, as the world would: a write is
   * answered with what it wrote; a read shows what was noticed last, and the greater of two values
   * at once. Refuses to write against a direction.
   */
  Link settle(Link link, Instant from) {
    Planner planner = new Planner(mappings, null);
    Link settling = link;
    Instant now = from;
    for (int call = 0; call < CALLS_MAX; call++) {
      settling = LinkEdits.settled(settling, planner.decide(settling), mappings);
      Plan plan = planner.plan(settling);
      assertThat(plan.decisions())
          .extracting(FieldDecision::rule)
          .doesNotContain(Rule.DIFFERENT_SINCE_BEFORE);
      if (plan.isQuiet()) {
        return settling;
      }
      now = now.plusSeconds(3);
      Side side = plan.hubspot() != null ? Side.HUBSPOT : Side.STRIPE;
      Work work = Objects.requireNonNull(plan.work(side));
      refuseAgainstDirection(settling, side, work);
      settling = make(settling, side, work, new CallSpan(now, now));
    }
    return settling;
  }

  private void refuseAgainstDirection(Link link, Side side, Work work) {
    for (String property : work.values().keySet()) {
      FieldMapping field = mappings.ofProperty(side, property).orElseThrow();
      assertThat(field.direction().allowsWritingTo(side))
          .as("%s is written to %s, it is %s", field.name(), side, field.direction())
          .isTrue();
      if (field.direction() == Direction.ONCE) {
        assertThat(text(link, field, side)).as("what once overwrites").isEmpty();
        assertThat(link.agreed()).as("what once knows").doesNotContainKey(field.name());
      }
    }
  }

  private Link make(Link link, Side side, Work work, CallSpan span) {
    RecordId record = Objects.requireNonNull(link.record(side));
    return switch (work.kind()) {
      case SETTLE -> link;
      case READ ->
          LinkEdits.read(link, new Snapshot(record, shown(link, side), null, null), span, mappings);
      case UPDATE -> {
        OpenRequest request =
            new OpenRequest(
                OpenRequest.Kind.UPDATE,
                "k",
                work.values(),
                work.mark(),
                span.from(),
                work.basedOn(),
                false,
                false);
        yield LinkEdits.wrote(
            link, request, new Snapshot(record, work.values(), null, null), span, mappings);
      }
      case CREATE, EVENT -> throw new AssertionError("both records are there");
    };
  }

  private Map<String, String> shown(Link link, Side side) {
    Map<String, String> shown = new HashMap<>();
    for (FieldMapping field : mappings.active()) {
      String property = field.properties(side).getFirst();
      Register register = link.side(side).register(property);
      Stamp seen = register.seen();
      shown.put(property, seen == null ? text(link, field, side) : seen.value());
    }
    return shown;
  }
}
