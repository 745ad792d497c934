package dev.twofold.sync.tenant.firestore;

import dev.twofold.sync.emulator.FirestoreEmulator;
import dev.twofold.sync.firestore.FirestoreDatabase;
import dev.twofold.sync.firestore.FirestoreSettings;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.TenantStore;
import dev.twofold.sync.tenant.TenantStoreContract;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

final class FirestoreTenantStoreIT implements TenantStoreContract {

  private static final AtomicInteger TENANTS = new AtomicInteger();

  private final TenantId tenant = new TenantId("tenants-" + TENANTS.incrementAndGet());
  private final FirestoreDatabase database =
      FirestoreDatabase.at(
          new FirestoreSettings(FirestoreEmulator.PROJECT, FirestoreEmulator.host()));
  private final FirestoreTenantStore store = new FirestoreTenantStore(database, new SecureRandom());

  @AfterEach
  void disconnect() {
    database.close();
  }

  @Override
  public TenantStore store() {
    return store;
  }

  @Override
  public TenantId tenant() {
    return tenant;
  }
}
