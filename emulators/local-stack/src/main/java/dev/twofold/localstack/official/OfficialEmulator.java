package dev.twofold.localstack.official;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The two emulators Google publishes that the stack needs, and how each is started. */
public enum OfficialEmulator {
  PUBSUB("Pub/Sub emulator", "PUBSUB_EMULATOR_HOST", "com.google.cloud.pubsub.testing.v1.Main"),
  FIRESTORE(
      "Firestore emulator",
      "FIRESTORE_EMULATOR_HOST",
      "com.google.cloud.datastore.emulator.firestore.CloudFirestore");

  private final String title;
  private final String hostVariable;
  private final String mainClass;

  OfficialEmulator(String title, String hostVariable, String mainClass) {
    this.title = title;
    this.hostVariable = hostVariable;
    this.mainClass = mainClass;
  }

  /** What people call it. */
  public String title() {
    return title;
  }

  /** The environment variable that names one that runs already. */
  public String hostVariable() {
    return hostVariable;
  }

  PublishedArtifact published() {
    return switch (this) {
      case PUBSUB ->
          Published.artifact(
              "pubsub-emulator-0.8.37.zip",
              53_029_797,
              "c83383e0c71633e58abad6fdc9c0312c7d0f6a5a34236c42e3f92eb24ded1c26");
      case FIRESTORE ->
          Published.artifact(
              "cloud-firestore-emulator-v1.22.0.jar",
              136_707_194,
              "9b6498b7f62714d67f48f59b3818883cd682dbcd46b9f59511de81c97bb5166c");
    };
  }

  /**
   * The command that starts it. The jar is run by Java itself rather than by the script around it,
   * so that the process we supervise is the emulator and not a shell.
   *
   * @param logging a file as {@link #writeLogging} makes it
   */
  public List<String> command(Path java, Path jar, Path logging, String host, int port)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    // Memory only grows with writes (Firestore) and with backlog (Pub/Sub). Heaps that begin as
    // small as is usual have young generations that a burst fills every other second.
    command.addAll(this == FIRESTORE ? List.of("-Xmx4g", "-Xms1g") : List.of("-Xmx1g", "-Xmn256m"));
    command.add("-XX:+UseSerialGC");
    // It lives for minutes: the optimizing compiler would take more processor time than it saves.
    command.add("-XX:TieredStopAtLevel=1");
    // The Firestore emulator supports English messages only.
    command.add("-Duser.language=en");
    command.add("-Djava.util.logging.config.file=" + logging);
    if (hasMainClass(jar)) {
      command.addAll(List.of("-jar", jar.toString()));
    } else {
      command.addAll(List.of("-cp", jar.toString(), mainClass));
    }
    command.addAll(List.of("--host=" + host, "--port=" + port));
    return command;
  }

  /** Writes how much the emulators are to log. */
  public static void writeLogging(Path file) throws IOException {
    try (InputStream settings =
        Objects.requireNonNull(OfficialEmulator.class.getResourceAsStream("logging.properties"))) {
      Files.createDirectories(file.getParent());
      Files.copy(settings, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static boolean hasMainClass(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      return manifest != null
          && manifest.getMainAttributes().containsKey(Attributes.Name.MAIN_CLASS);
    }
  }

  /** Where Google publishes both for its own command-line tools; files there never change. */
  private static final class Published {
    private static final String FOLDER =
        "https://storage.googleapis.com/firebase-preview-drop/emulator/";

    static PublishedArtifact artifact(String fileName, long bytes, String sha256) {
      return new PublishedArtifact(fileName, URI.create(FOLDER + fileName), bytes, sha256);
    }
  }
}
