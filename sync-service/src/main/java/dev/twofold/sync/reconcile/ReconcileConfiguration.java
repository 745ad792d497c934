package dev.twofold.sync.reconcile;

import dev.twofold.sync.dispatch.TaskCreation;
import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.role.InRole;
import dev.twofold.sync.role.Role;
import dev.twofold.sync.tenant.Connections;
import dev.twofold.sync.tenant.TenantDirectory;
import dev.twofold.sync.watch.Observers;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the merging of notices. */
@InRole(Role.NOTICES)
@Configuration(proxyBeanMethods = false)
class ReconcileConfiguration {

  @Bean
  NoticeHandler noticeHandler(
      LinkStore store,
      TenantDirectory tenants,
      Connections connections,
      Creation creation,
      ReconcileSettings settings) {
    return new NoticeHandler(
        new NoticeHandler.Parts(
            store,
            tenants,
            connections,
            creation.tasks(),
            creation.clock(),
            creation.random(),
            settings.settle(),
            creation.observers()));
  }

  @Bean
  Creation creation(TaskCreation tasks, Clock clock, RandomGenerator random, Observers observers) {
    return new Creation(tasks, clock, random, observers);
  }

  /** How tasks are made, when, under which ids, and who looks on. */
  record Creation(TaskCreation tasks, Clock clock, RandomGenerator random, Observers observers) {}
}
