package dev.twofold.sync.tenant;

import dev.twofold.sync.record.TenantId;

final class InMemoryTenantStoreTest implements TenantStoreContract {

  private final InMemoryTenantStore store = new InMemoryTenantStore();

  @Override
  public TenantStore store() {
    return store;
  }

  @Override
  public TenantId tenant() {
    return new TenantId("main");
  }
}
