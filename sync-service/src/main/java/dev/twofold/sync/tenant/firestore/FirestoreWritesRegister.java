package dev.twofold.sync.tenant.firestore;

import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.WriteBatch;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import dev.twofold.sync.firestore.Fields;
import dev.twofold.sync.firestore.FirestoreDatabase;
import dev.twofold.sync.tenant.WritesRegister;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** The register of writes processes in Firestore; whoever died without leaving expires in a day. */
public final class FirestoreWritesRegister implements WritesRegister {

  private static final String BEAT_AT = "beatAt";
  private static final String EXPIRE_AT = "expireAt";
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);
  private static final int ALIVE_MAX = 1_000;

  private final FirestoreDatabase database;

  public FirestoreWritesRegister(FirestoreDatabase database) {
    this.database = database;
  }

  @Override
  public void register(String processId, Instant now) {
    commitOwn(
        "the heartbeat of " + processId,
        firestore ->
            firestore
                .batch()
                .set(
                    writers(firestore).document(Fields.id(processId)),
                    Map.of(
                        BEAT_AT, Fields.time(now),
                        EXPIRE_AT, Fields.time(now.plus(FORGOTTEN_AFTER)))));
  }

  @Override
  public int alive(Instant now) {
    return database
        .read(
            "the register of writes processes",
            firestore ->
                writers(firestore)
                    .whereGreaterThan(BEAT_AT, Fields.time(now.minus(ALIVE_FOR)))
                    .select(FieldPath.documentId())
                    .limit(ALIVE_MAX)
                    .get())
        .size();
  }

  @Override
  public void leave(String processId) {
    commitOwn(
        "the end of " + processId,
        firestore -> firestore.batch().delete(writers(firestore).document(Fields.id(processId))));
  }

  /** Nothing competes for a process's own document, so a commit that is refused is a failure. */
  private void commitOwn(String what, Function<Firestore, WriteBatch> batch) {
    if (!database.commit(what, batch)) {
      throw new RetryableFailure(Stage.RECORDING, "Firestore could not store " + what, null);
    }
  }

  private static CollectionReference writers(Firestore firestore) {
    return firestore.collection("writers");
  }
}
