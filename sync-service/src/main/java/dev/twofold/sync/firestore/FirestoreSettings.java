package dev.twofold.sync.firestore;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is. Refuses an emulator's address that is not host:port.
 *
 * @param project the Google Cloud project ({@code GOOGLE_CLOUD_PROJECT}); null to take the one the
 *     machine or its credentials name
 * @param emulatorHost host and port of an emulator, plain text ({@code FIRESTORE_EMULATOR_HOST});
 *     null for the real service with default credentials
 */
public record FirestoreSettings(@Nullable String project, @Nullable String emulatorHost) {

  private static final Pattern ADDRESS = Pattern.compile("[^\\s:/]+:\\d{1,5}");

  public FirestoreSettings {
    project = unlessBlank(project);
    emulatorHost = unlessBlank(emulatorHost);
    if (emulatorHost != null && !ADDRESS.matcher(emulatorHost).matches()) {
      throw new IllegalArgumentException(
          "FIRESTORE_EMULATOR_HOST: expected host:port, came '" + emulatorHost + "'");
    }
    if (emulatorHost != null && project == null) {
      throw new IllegalArgumentException(
          "GOOGLE_CLOUD_PROJECT: expected a project beside FIRESTORE_EMULATOR_HOST; any name will"
              + " do for an emulator");
    }
  }

  private static @Nullable String unlessBlank(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
