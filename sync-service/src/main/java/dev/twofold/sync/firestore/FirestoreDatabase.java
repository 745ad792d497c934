package dev.twofold.sync.firestore;

import com.google.api.core.ApiFuture;
import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.firestore.WriteBatch;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database. A read is repeated for a moment, a commit is sent once; neither takes longer than a
 * few seconds, and what cannot be reached is a {@link RetryableFailure}. The client is made beside
 * the start or at first use, and a process starts (and is trained) without Google.
 */
public final class FirestoreDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FirestoreDatabase.class);

  private static final Duration CALL_MAX = Duration.ofSeconds(5);
  private static final int READ_ATTEMPTS_MAX = 3;
  private static final Duration READ_BACKOFF = Duration.ofMillis(50);

  private final Supplier<Firestore> opening;
  private final Duration callMax;
  private @Nullable Firestore opened;
  private boolean closed;

  private FirestoreDatabase(Supplier<Firestore> opening, Duration callMax) {
    this.opening = opening;
    this.callMax = callMax;
  }

  /** The database of these settings, not yet connected to. */
  public static FirestoreDatabase at(FirestoreSettings settings) {
    return at(settings, CALL_MAX);
  }

  static FirestoreDatabase at(FirestoreSettings settings, Duration callMax) {
    return new FirestoreDatabase(() -> open(settings, callMax), callMax);
  }

  /** Begins to make the client beside the caller, so that the first use need not wait for it. */
  public void openAhead() {
    Thread.startVirtualThread(() -> {
      try {
        var _ = client(Stage.LOADING);
      } catch (RetryableFailure refused) {
        // Whoever needs the client tries anew, and tells its caller.
        LOG.debug("Firestore could not be opened ahead", refused);
      }
    });
  }

  private static Firestore open(FirestoreSettings settings, Duration callMax) {
    FirestoreOptions.Builder options = FirestoreOptions.newBuilder();
    // One attempt: a commit that the client repeats by itself after a lost answer would find its
    // own documents and look like a lost race. Reads are repeated here instead.
    options.setRetrySettings(
        RetrySettings.newBuilder()
            .setMaxAttempts(1)
            .setInitialRpcTimeoutDuration(callMax)
            .setMaxRpcTimeoutDuration(callMax)
            .setRpcTimeoutMultiplier(1)
            .setTotalTimeoutDuration(callMax)
            .build());
    String project = settings.project();
    if (project != null) {
      options.setProjectId(project);
    }
    String emulator = settings.emulatorHost();
    if (emulator != null) {
      options.setEmulatorHost(emulator);
    }
    FirestoreOptions built = options.build();
    if (built.getProjectId() == null) {
      throw new IllegalStateException(
          "expected a Google Cloud project, found none; set GOOGLE_CLOUD_PROJECT");
    }
    return built.getService();
  }

  /**
   * The answer of a call that changes nothing.
   *
   * @param what is read, for the message of a failure; never a value
   */
  public <T> T read(String what, Function<Firestore, ApiFuture<T>> call) {
    long giveUpAt = System.nanoTime() + callMax.toNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        return await(call.apply(client(Stage.LOADING)), Stage.LOADING, what);
      } catch (CallFailed failed) {
        Duration backoff = READ_BACKOFF.multipliedBy(attempt);
        boolean again = attempt < READ_ATTEMPTS_MAX && failed.mayPassSoon();
        if (!again || System.nanoTime() + backoff.toNanos() >= giveUpAt) {
          throw failed.asFailure(Stage.LOADING, what);
        }
        pause(backoff, what);
      }
    }
  }

  /**
   * Commits a batch, once. False when a precondition did not hold or somebody else was at it: none
   * of it is stored. A failure means that it may or may not be stored.
   *
   * @param what is stored, for the message of a failure; never a value
   */
  public boolean commit(String what, Function<Firestore, WriteBatch> batch) {
    try {
      var _ = await(batch.apply(client(Stage.RECORDING)).commit(), Stage.RECORDING, what);
      return true;
    } catch (CallFailed failed) {
      if (failed.isLostRace()) {
        return false;
      }
      throw failed.asFailure(Stage.RECORDING, what);
    }
  }

  private <T> T await(ApiFuture<T> answer, Stage stage, String what) throws CallFailed {
    try {
      // A little longer than the call's own deadline, which gives the better message.
      return answer.get(callMax.toMillis() + 500, TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      throw new CallFailed(failure.getCause() == null ? failure : failure.getCause());
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw new RetryableFailure(stage, "Firestore did not answer in time: " + what, late);
    } catch (InterruptedException stopped) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new RetryableFailure(
          stage, "interrupted while waiting for Firestore: " + what, stopped);
    }
  }

  private static void pause(Duration backoff, String what) {
    try {
      Thread.sleep(backoff);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new RetryableFailure(
          Stage.LOADING, "interrupted while waiting for Firestore: " + what, stopped);
    }
  }

  private synchronized Firestore client(Stage stage) {
    if (closed) {
      throw new RetryableFailure(stage, "Firestore is closed: this process is stopping", null);
    }
    if (opened == null) {
      try {
        opened = opening.get();
      } catch (RuntimeException refused) {
        throw new RetryableFailure(
            stage,
            "no Firestore client could be made; check GOOGLE_CLOUD_PROJECT and the credentials: "
                + refused.getMessage(),
            refused);
      }
    }
    return opened;
  }

  /** Lets go of the connection; nothing can be read or committed any more. */
  @Override
  public synchronized void close() {
    closed = true;
    if (opened != null) {
      opened.shutdown();
      opened = null;
    }
  }
}
