package dev.twofold.sync.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.WriteBatch;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of calls to a Firestore that is not there, or does not answer. */
final class FirestoreDatabaseTest {

  private static final Duration CALL_MAX = Duration.ofMillis(400);

  @Test
  void tellsThatNothingCouldBeReadWhereNobodyListens() throws IOException {
    try (FirestoreDatabase database = at(closedPort())) {
      RetryableFailure failure = catchThrowableOfType(RetryableFailure.class, () -> read(database));

      assertThat(failure.stage()).isEqualTo(Stage.LOADING);
      assertThat(failure).hasMessageContaining("UNAVAILABLE").hasMessageContaining("some tenant");
    }
  }

  @Test
  void tellsThatACommitIsNotKnownWhereNobodyListens() throws IOException {
    try (FirestoreDatabase database = at(closedPort())) {
      RetryableFailure failure =
          catchThrowableOfType(RetryableFailure.class, () -> commit(database));

      assertThat(failure.stage()).isEqualTo(Stage.RECORDING);
      assertThat(failure).hasMessageContaining("UNAVAILABLE").hasMessageContaining("not known");
    }
  }

  @Test
  void waitsNoLongerThanACallMayTakeForOneThatNeverAnswers() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        FirestoreDatabase database = at(silent.getLocalPort())) {
      long begun = System.nanoTime();

      RetryableFailure reading = catchThrowableOfType(RetryableFailure.class, () -> read(database));
      RetryableFailure committing =
          catchThrowableOfType(RetryableFailure.class, () -> commit(database));

      assertThat(reading.stage()).isEqualTo(Stage.LOADING);
      assertThat(committing.stage()).isEqualTo(Stage.RECORDING);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void callsNobodyOnceItIsClosed() {
    FirestoreDatabase database = at(1);
    database.close();

    RetryableFailure failure = catchThrowableOfType(RetryableFailure.class, () -> read(database));

    assertThat(failure).hasMessageContaining("closed");
  }

  private static FirestoreDatabase at(int port) {
    return FirestoreDatabase.at(new FirestoreSettings("p", "127.0.0.1:" + port), CALL_MAX);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void read(FirestoreDatabase database) {
    database.read("some tenant", firestore -> firestore.document("tenants/some").get());
  }

  private static void commit(FirestoreDatabase database) {
    database.commit("some tenant", FirestoreDatabaseTest::batch);
  }

  private static WriteBatch batch(Firestore firestore) {
    return firestore.batch().create(firestore.document("tenants/some"), Map.of("a", 1));
  }
}
