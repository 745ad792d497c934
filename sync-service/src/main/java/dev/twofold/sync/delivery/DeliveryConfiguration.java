package dev.twofold.sync.delivery;

import dev.twofold.sync.dispatch.TaskCreation;
import dev.twofold.sync.dispatch.TaskDispatcher;
import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.pacing.PaceSettings;
import dev.twofold.sync.pacing.Pacer;
import dev.twofold.sync.pacing.Parking;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.role.InRole;
import dev.twofold.sync.role.Role;
import dev.twofold.sync.side.HubSpotSide;
import dev.twofold.sync.side.StripeSide;
import dev.twofold.sync.tenant.Connections;
import dev.twofold.sync.tenant.Tenant;
import dev.twofold.sync.tenant.TenantDirectory;
import dev.twofold.sync.tenant.WritesRegister;
import dev.twofold.sync.watch.Observers;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the writing. */
@InRole(Role.WRITES)
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

  /** What tasks are made with, when, under which ids, and who looks on. */
  record Tools(
      TaskDispatcher dispatcher,
      TaskCreation creation,
      Clock clock,
      RandomGenerator random,
      Observers observers) {}

  @Bean
  Tools deliveryTools(
      TaskDispatcher dispatcher,
      TaskCreation creation,
      Clock clock,
      RandomGenerator random,
      Observers observers) {
    return new Tools(dispatcher, creation, clock, random, observers);
  }

  @Bean
  Desk desk(
      LinkStore links,
      TenantDirectory tenants,
      Connections connections,
      Tools tools,
      DeliverySettings settings) {
    return new Desk(
        new Desk.Parts(
            links,
            tenants,
            connections,
            tools.dispatcher(),
            tools.creation(),
            tools.clock(),
            tools.random(),
            settings.settle(),
            tools.observers()));
  }

  @Bean
  Presence presence(WritesRegister register, Clock clock, RandomGenerator random) {
    return new Presence(register, clock, Long.toHexString(random.nextLong()));
  }

  @Bean
  Pacers pacers(DeliverySettings settings, TenantDirectory tenants, Presence presence) {
    Map<String, Pacer> pacers = new ConcurrentHashMap<>();
    return (tenant, side) -> {
      int standard = side == Side.HUBSPOT ? settings.hubspotLimit() : settings.stripeLimit();
      Pacer pacer =
          pacers.computeIfAbsent(
              tenant + "/" + side.label(),
              any -> new Pacer(PaceSettings.of(standard), System::nanoTime, Parking.THREADS));
      pacer.limitTo(limit(tenants, tenant, side, standard));
      pacer.share(presence.share());
      return pacer;
    };
  }

  private static int limit(TenantDirectory tenants, TenantId id, Side side, int standard) {
    return tenants.find(id).map(Tenant::limits).map(limits -> limits.get(side)).orElse(standard);
  }

  @Bean
  StripeWriteHandler stripeWriteHandler(Desk desk, StripeSide stripe, Pacers pacers) {
    return new StripeWriteHandler(desk, stripe, pacers);
  }

  @Bean
  HubSpotDrain hubSpotDrain(
      Desk desk, HubSpotSide hubspot, Pacers pacers, Backfill backfill, DeliverySettings settings) {
    return new HubSpotDrain(desk, hubspot, pacers, backfill, settings.hubspotLimit());
  }

  @Bean
  Indexer indexer(Desk desk, HubSpotSide hubspot, StripeSide stripe, Pacers pacers) {
    return new Indexer(desk, hubspot, stripe, pacers);
  }

  @Bean
  Backfill backfill(Desk desk) {
    return new Backfill(desk);
  }

  @Bean
  Sweep sweep(Desk desk, Backfill backfill) {
    return new Sweep(desk, backfill);
  }

  @Bean
  LinkOperations linkOperations(Desk desk) {
    return new LinkOperations(desk);
  }

  @Bean
  Connecting connecting(Desk desk) {
    return new Connecting(desk);
  }
}
