package dev.twofold.simulators.hubspot.engine;

import java.util.Set;

/**
 * What an administrator can switch while the account is in use: what the app is told, what a
 * contact must have, which tier there is. Changes count from the next call on.
 */
public final class HubSpotAccount {
  private final HubSpotSettings settings;
  private Set<String> subscribedProperties = Set.of();
  private Set<String> requiredProperties = Set.of();
  private boolean genericSubscriptions;
  private boolean customEvents;
  private boolean namesExistingId;

  HubSpotAccount(HubSpotSettings settings) {
    this.settings = settings;
    reset();
  }

  void reset() {
    subscribedProperties = settings.subscribedProperties();
    requiredProperties = Set.of();
    genericSubscriptions = false;
    customEvents = settings.customEvents();
    namesExistingId = settings.namesExistingId();
  }

  public Set<String> subscribedProperties() {
    return subscribedProperties;
  }

  /** Whose changes are notified; {@code *} for all that can be written. */
  public void subscribeTo(Set<String> properties) {
    subscribedProperties = Set.copyOf(properties);
  }

  public Set<String> requiredProperties() {
    return requiredProperties;
  }

  /** Without which no contact can be created or left, whoever writes. */
  public void require(Set<String> properties) {
    requiredProperties = Set.copyOf(properties);
  }

  public boolean genericSubscriptions() {
    return genericSubscriptions;
  }

  /** Whether notices are of the {@code object.*} kind; privacy deletions have no such kind. */
  public void useGenericSubscriptions(boolean generic) {
    genericSubscriptions = generic;
  }

  public boolean customEvents() {
    return customEvents;
  }

  /** Whether the account has the Enterprise tier, which custom events need. */
  public void allowCustomEvents(boolean allowed) {
    customEvents = allowed;
  }

  public boolean namesExistingId() {
    return namesExistingId;
  }

  /** Whether a conflict names the contact that is there; both kinds are seen. */
  public void nameExistingIds(boolean names) {
    namesExistingId = names;
  }
}
