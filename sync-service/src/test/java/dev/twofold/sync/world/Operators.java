package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkCommands.Outcome;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.Plan;
import dev.twofold.sync.link.Planner;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.merge.FieldDecision;
import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.tenant.Tenant;
import dev.twofold.sync.tenant.TenantMappings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** What operators do, and what they are shown. */
final class Operators {

  private final World world;

  Operators(World world) {
    this.world = world;
  }

  /** The mappings in force. */
  Mappings mappings() {
    return new TenantMappings(world.tenants()).inForce(World.TENANT);
  }

  /** Changes the field of that name. */
  void map(String field, UnaryOperator<FieldMapping> change) {
    List<FieldMapping> fields = new ArrayList<>(mappings().fields());
    fields.replaceAll(each -> each.name().value().equals(field) ? change.apply(each) : each);
    map(fields);
  }

  /** Adds a field. */
  void map(FieldMapping added) {
    List<FieldMapping> fields = new ArrayList<>(mappings().fields());
    fields.add(added);
    map(fields);
  }

  private void map(List<FieldMapping> fields) {
    put(mappings().matchByEmail(), fields);
  }

  /** Pairs by e-mail, or no longer. */
  void matchByEmail(boolean match) {
    put(match, mappings().fields());
  }

  private void put(boolean match, List<FieldMapping> fields) {
    assertThat(
            new TenantMappings(world.tenants())
                .change(World.TENANT, mappings().version(), match, fields))
        .isPresent();
  }

  Outcome resolve(LinkId link, String field, Side winner) {
    AtomicReference<Outcome> outcome = new AtomicReference<>(Outcome.NO_LINK);
    world.runInside(() ->
        outcome.set(
            world
                .program()
                .operations()
                .resolve(World.TENANT, link, new FieldName(field), winner)));
    return outcome.get();
  }

  Outcome unfreeze(LinkId link) {
    AtomicReference<Outcome> outcome = new AtomicReference<>(Outcome.NO_LINK);
    world.runInside(() -> outcome.set(world.program().operations().unfreeze(World.TENANT, link)));
    return outcome.get();
  }

  /** What is planned for the link, and why not more. */
  Plan plan(Link link) {
    Tenant tenant = world.tenants().load(World.TENANT).orElseThrow();
    return new Planner(mappings(), tenant.matchesOnlyBefore()).plan(link);
  }

  /** What is decided for one of its fields. */
  FieldDecision decision(Link link, String field) {
    return plan(link).decisions().stream()
        .filter(each -> each.field().value().equals(field))
        .findFirst()
        .orElseThrow();
  }
}
