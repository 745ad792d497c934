package dev.twofold.sync.tenant.firestore;

import dev.twofold.sync.emulator.FirestoreEmulator;
import dev.twofold.sync.firestore.FirestoreDatabase;
import dev.twofold.sync.firestore.FirestoreSettings;
import dev.twofold.sync.tenant.WritesRegister;
import dev.twofold.sync.tenant.WritesRegisterContract;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

final class FirestoreWritesRegisterIT implements WritesRegisterContract {

  private static final AtomicInteger PROJECTS = new AtomicInteger();

  private final FirestoreDatabase database =
      FirestoreDatabase.at(
          new FirestoreSettings(
              // The register has no tenant, so that each test needs a project of its own.
              FirestoreEmulator.PROJECT + "-writers-" + PROJECTS.incrementAndGet(),
              FirestoreEmulator.host()));
  private final FirestoreWritesRegister register = new FirestoreWritesRegister(database);

  @AfterEach
  void disconnect() {
    database.close();
  }

  @Override
  public WritesRegister register() {
    return register;
  }
}
