package dev.twofold.sync.console;

import dev.twofold.sync.console.LinkView.AgreedView;
import dev.twofold.sync.console.LinkView.ConflictView;
import dev.twofold.sync.console.LinkView.DecisionView;
import dev.twofold.sync.console.LinkView.FieldView;
import dev.twofold.sync.console.LinkView.PropertyView;
import dev.twofold.sync.console.LinkView.WrittenView;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.merge.Agreed;
import dev.twofold.sync.merge.Conflict;
import dev.twofold.sync.merge.FieldDecision;
import dev.twofold.sync.merge.OwnWrite;
import dev.twofold.sync.merge.Register;
import dev.twofold.sync.merge.Stamp;
import dev.twofold.sync.record.FieldValue;
import dev.twofold.sync.record.Side;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the view of a link's fields; the decisions are those of the merge itself. */
final class FieldViews {

  private FieldViews() {}

  static List<FieldView> of(Link link, Mappings mappings, List<FieldDecision> decisions) {
    return decisions.stream()
        .map(decision -> field(link, mappings.field(decision.field()).orElseThrow(), decision))
        .toList();
  }

  private static FieldView field(Link link, FieldMapping field, FieldDecision decision) {
    Agreed agreed = link.agreed().get(field.name());
    FieldValue shared = agreed == null ? null : agreed.value();
    return new FieldView(
        field.name().value(),
        LinkViews.word(field.kind()),
        LinkViews.word(field.direction()),
        LinkViews.word(field.policy()),
        properties(link, field, Side.HUBSPOT),
        properties(link, field, Side.STRIPE),
        agreed == null || shared == null
            ? null
            : new AgreedView(shared.text(), agreed.side().label(), agreed.at()),
        decision(decision));
  }

  private static List<PropertyView> properties(Link link, FieldMapping field, Side side) {
    return field.properties(side).stream()
        .map(property -> property(property, link.side(side).register(property)))
        .toList();
  }

  private static PropertyView property(String name, Register register) {
    Stamp seen = register.seen();
    OwnWrite write = register.write();
    return new PropertyView(
        name,
        register.value() != null,
        register.value(),
        seen == null ? null : seen.at(),
        seen != null && seen.approximate(),
        register.claimed(),
        register.doubtful(),
        register.asOf(),
        write == null
            ? null
            : new WrittenView(write.value(), write.span().from(), write.span().to()));
  }

  private static DecisionView decision(FieldDecision decision) {
    Conflict conflict = decision.conflict();
    Side origin = decision.origin();
    return new DecisionView(
        LinkViews.word(decision.rule()),
        decision.rule().words(),
        text(decision.winner()),
        origin == null ? null : origin.label(),
        decision.changedAt(),
        labels(decision.behind()),
        labels(decision.uncertain()),
        decision.held(),
        conflict == null
            ? null
            : new ConflictView(
                conflict.hubspot().text(),
                conflict.hubspotAt(),
                conflict.stripe().text(),
                conflict.stripeAt()),
        decision.isForAPerson());
  }

  private static List<String> labels(Collection<Side> sides) {
    return sides.stream().sorted().map(Side::label).toList();
  }

  private static @Nullable String text(@Nullable FieldValue value) {
    return value == null ? null : value.text();
  }
}
