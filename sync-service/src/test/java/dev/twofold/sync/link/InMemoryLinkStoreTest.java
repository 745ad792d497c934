package dev.twofold.sync.link;

import dev.twofold.sync.record.TenantId;

final class InMemoryLinkStoreTest implements LinkStoreContract {

  private final InMemoryLinkStore store = new InMemoryLinkStore();

  @Override
  public LinkStore store() {
    return store;
  }

  @Override
  public TenantId tenant() {
    return new TenantId("main");
  }
}
