package dev.twofold.sync.link.firestore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.emulator.FirestoreEmulator;
import dev.twofold.sync.firestore.FirestoreDatabase;
import dev.twofold.sync.firestore.FirestoreSettings;
import dev.twofold.sync.link.HistoryEntry;
import dev.twofold.sync.link.LinkSamples;
import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.link.LinkStoreContract;
import dev.twofold.sync.record.TenantId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FirestoreLinkStoreIT implements LinkStoreContract {

  private static final AtomicInteger TENANTS = new AtomicInteger();

  private final TenantId tenant = new TenantId("links-" + TENANTS.incrementAndGet());
  private final FirestoreDatabase database =
      FirestoreDatabase.at(
          new FirestoreSettings(FirestoreEmulator.PROJECT, FirestoreEmulator.host()));
  private final FirestoreLinkStore store =
      new FirestoreLinkStore(database, () -> NOW, new SecureRandom());

  @AfterEach
  void disconnect() {
    database.close();
  }

  @Override
  public LinkStore store() {
    return store;
  }

  @Override
  public TenantId tenant() {
    return tenant;
  }

  @Test
  void doesNotTellWhatHasExpiredAlthoughFirestoreStillHasIt() {
    HistoryEntry expired = entry(Duration.ofDays(90).plusMillis(1));
    HistoryEntry kept = entry(Duration.ofDays(89));
    store.commit(tenant, List.of(), List.of(expired, kept));

    assertThat(store.history(tenant, LinkSamples.id(1), 10)).containsExactly(kept);
  }

  private static HistoryEntry entry(Duration age) {
    return new HistoryEntry(LinkSamples.id(1), NOW.minus(age), "notice", Map.of());
  }
}
