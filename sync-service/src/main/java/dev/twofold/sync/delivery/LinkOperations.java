package dev.twofold.sync.delivery;

import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkCommands;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.Swings;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.merge.Conflict;
import dev.twofold.sync.merge.FieldDecision;
import dev.twofold.sync.merge.Resolution;
import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what an operator decides about a link. It is merged like a notice: stored in the
 * link, with whatever work follows from it, in one commit.
 */
public final class LinkOperations implements LinkCommands {

  private static final Logger LOG = LoggerFactory.getLogger(LinkOperations.class);

  private final Desk desk;

  public LinkOperations(Desk desk) {
    this.desk = desk;
  }

  /** A link as a command has changed it, or why it has not. */
  private record Changed(Outcome outcome, Link link) {}

  @Override
  public Outcome unfreeze(TenantId tenant, LinkId id) {
    return change(
        tenant,
        id,
        (session, link) -> {
          if (link.swings().frozen() == null) {
            return new Changed(Outcome.NOTHING_TO_DO, link);
          }
          Link released = link.swinging(Swings.NONE);
          session.book().put(released);
          session.book().tell(released, "released", Map.of());
          return new Changed(Outcome.DONE, released);
        });
  }

  @Override
  public Outcome resolve(TenantId tenant, LinkId id, FieldName field, Side winner) {
    return change(tenant, id, (session, link) -> resolved(session, link, field, winner));
  }

  private static Changed resolved(Desk.Session session, Link link, FieldName field, Side winner) {
    Optional<FieldMapping> mapping = session.mappings().field(field);
    if (mapping.isEmpty()) {
      return new Changed(Outcome.NO_FIELD, link);
    }
    FieldDecision decision =
        session.planner().decide(link).stream()
            .filter(each -> each.field().equals(field))
            .findFirst()
            .orElseThrow();
    Conflict conflict = decision.conflict();
    if (!decision.isForAPerson() || conflict == null) {
      return new Changed(Outcome.NOTHING_TO_DO, link);
    }
    if (!mapping.get().direction().allowsWritingTo(winner.other())) {
      return new Changed(Outcome.AGAINST_DIRECTION, link);
    }
    Map<FieldName, Resolution> resolutions = new TreeMap<>(link.resolutions());
    Resolution resolution =
        new Resolution(conflict.hubspot(), conflict.stripe(), winner, session.book().now());
    resolutions.put(field, resolution);
    Link decided = link.resolved(resolutions);
    session.book().put(decided);
    session
        .book()
        .tell(
            decided,
            "resolved",
            Map.of("field", field.value(), winner.label(), resolution.winning().text()));
    return new Changed(Outcome.DONE, decided);
  }

  private Outcome change(
      TenantId id, LinkId link, BiFunction<Desk.Session, Link, Changed> command) {
    Tenant tenant = desk.tenant(id);
    List<Outcome> outcomes = new ArrayList<>();
    desk.settle(
        tenant,
        List.of(link),
        (session, each) -> {
          outcomes.clear();
          Link found = session.book().link(each);
          if (found == null) {
            outcomes.add(Outcome.NO_LINK);
            return;
          }
          Changed changed = command.apply(session, found);
          outcomes.add(changed.outcome());
          if (changed.outcome() == Outcome.DONE) {
            session.marks().mark(session.settled(changed.link()), Lane.EXPRESS, true);
          }
        });
    LOG.atInfo()
        .addKeyValue("event", "sync.commanded")
        .addKeyValue("tenant", id.value())
        .addKeyValue("link", link.value())
        .addKeyValue("outcome", outcomes.getFirst())
        .log("sync.commanded");
    return outcomes.getFirst();
  }
}
