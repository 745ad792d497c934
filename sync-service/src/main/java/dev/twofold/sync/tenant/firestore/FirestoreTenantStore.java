package dev.twofold.sync.tenant.firestore;

import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import dev.twofold.sync.firestore.DocumentCodec;
import dev.twofold.sync.firestore.DocumentCodec.TextValue;
import dev.twofold.sync.firestore.Fields;
import dev.twofold.sync.firestore.FirestoreDatabase;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.Tenant;
import dev.twofold.sync.tenant.TenantStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The tenant store in Firestore. An update that loses a race reads and computes again, a bounded
 * number of times, and then is a {@link RetryableFailure}.
 */
public final class FirestoreTenantStore implements TenantStore {

  private static final int UPDATE_ATTEMPTS_MAX = 12;
  private static final Duration UPDATE_BACKOFF_MAX = Duration.ofMillis(200);
  private static final int TENANTS_MAX = 10_000;

  private final FirestoreDatabase database;
  private final RandomGenerator random;
  private final DocumentCodec codec =
      DocumentCodec.with(
          List.of(
              new TextValue<>(TenantId.class, TenantId::value, TenantId::new),
              new TextValue<>(FieldName.class, FieldName::value, FieldName::new)));

  /**
   * A store over that database.
   *
   * @param random keeps two that lost a race from meeting again; may be used by many threads
   */
  public FirestoreTenantStore(FirestoreDatabase database, RandomGenerator random) {
    this.database = database;
    this.random = random;
  }

  @Override
  public List<TenantId> all() {
    return database
        .read(
            "the tenants",
            firestore ->
                firestore
                    .collection("tenants")
                    .select(FieldPath.documentId())
                    .limit(TENANTS_MAX)
                    .get())
        .getDocuments()
        .stream()
        .map(QueryDocumentSnapshot::getId)
        .map(TenantId::new)
        .toList();
  }

  @Override
  public Optional<Tenant> load(TenantId tenant) {
    DocumentSnapshot stored = stored(tenant);
    return stored.exists() ? Optional.of(decode(stored, Tenant.class)) : Optional.empty();
  }

  private DocumentSnapshot stored(TenantId tenant) {
    return database.read("tenant " + tenant, firestore -> reference(firestore, tenant).get());
  }

  @Override
  public Tenant update(TenantId tenant, UnaryOperator<Tenant> change) {
    for (int attempt = 1; attempt <= UPDATE_ATTEMPTS_MAX; attempt++) {
      DocumentSnapshot stored = stored(tenant);
      Tenant before =
          stored.exists()
              ? decode(stored, Tenant.class)
              : Tenant.unconnected(tenant, "not connected yet");
      Tenant after = change.apply(before);
      if (!after.id().equals(tenant)) {
        throw new IllegalStateException("tenant " + tenant + " cannot become " + after.id());
      }
      if (replaces(stored, after)) {
        return after;
      }
      pause(attempt, tenant);
    }
    throw new RetryableFailure(
        Stage.RECORDING,
        "tenant %s was changed by others %d times while it was being changed"
            .formatted(tenant, UPDATE_ATTEMPTS_MAX),
        null);
  }

  private boolean replaces(DocumentSnapshot stored, Tenant after) {
    String body = codec.encode(after);
    return database.commit(
        "tenant " + after.id(),
        firestore -> {
          DocumentReference reference = reference(firestore, after.id());
          return stored.exists()
              ? firestore
                  .batch()
                  .update(
                      reference,
                      Fields.ofReplacement(body, Map.of()),
                      Fields.unchangedSince(Fields.version(stored)))
              : firestore.batch().create(reference, Fields.ofNew(body, Map.of()));
        });
  }

  private void pause(int attempt, TenantId tenant) {
    long most = Math.min(UPDATE_BACKOFF_MAX.toMillis(), 10L << attempt);
    try {
      Thread.sleep(Duration.ofMillis(random.nextLong(most)));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new RetryableFailure(
          Stage.RECORDING, "interrupted while changing tenant " + tenant, stopped);
    }
  }

  @Override
  public Mappings mappings(TenantId tenant, int version) {
    DocumentSnapshot stored =
        database.read(
            "mappings %d of %s".formatted(version, tenant),
            firestore -> mappingsReference(firestore, tenant, version).get());
    if (stored.exists()) {
      return decode(stored, Mappings.class);
    }
    if (version == 1) {
      return Mappings.defaults();
    }
    throw new IllegalStateException(
        "tenant " + tenant + " has no mappings of version " + version + " stored");
  }

  @Override
  public boolean store(TenantId tenant, Mappings mappings) {
    return database.commit(
        "mappings %d of %s".formatted(mappings.version(), tenant),
        firestore ->
            firestore
                .batch()
                .create(
                    mappingsReference(firestore, tenant, mappings.version()),
                    Fields.ofNew(codec.encode(mappings), Map.of())));
  }

  private <T extends Record> T decode(DocumentSnapshot stored, Class<T> type) {
    return codec.decode(Fields.body(stored), type, stored.getReference().getPath());
  }

  private static DocumentReference reference(Firestore firestore, TenantId tenant) {
    return firestore.document("tenants/" + tenant);
  }

  private static DocumentReference mappingsReference(
      Firestore firestore, TenantId tenant, int version) {
    return reference(firestore, tenant).collection("mappings").document(String.valueOf(version));
  }
}
