package dev.twofold.sync.role;

import java.util.EnumSet;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether the process has the role that {@link InRole} names. */
final class RoleCondition implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    Role wanted = metadata.getAnnotations().get(InRole.class).getEnum("value", Role.class);
    Set<Role> held =
        Binder.get(context.getEnvironment())
            .bind(RoleSettings.ROLES, Bindable.setOf(Role.class))
            .orElse(EnumSet.allOf(Role.class));
    return held.contains(wanted);
  }
}
