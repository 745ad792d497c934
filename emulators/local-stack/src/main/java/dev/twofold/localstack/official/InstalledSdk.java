package dev.twofold.localstack.official;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The emulators of an installed gcloud SDK. Looks where the SDK is named, then where the {@code
 * gcloud} on the PATH leads, then where installers put it. The SDK may be there without the
 * emulators, which are components of their own.
 */
public final class InstalledSdk {
  private static final List<String> USUAL_ROOTS =
      List.of(
          "/usr/lib/google-cloud-sdk",
          "/usr/lib64/google-cloud-sdk",
          "/usr/share/google-cloud-sdk",
          "/usr/local/share/google-cloud-sdk",
          "/opt/google-cloud-sdk",
          "/opt/homebrew/share/google-cloud-sdk",
          "/snap/google-cloud-cli/current",
          "/snap/google-cloud-sdk/current");

  private final List<Path> roots;

  private InstalledSdk(List<Path> roots) {
    this.roots = roots;
  }

  /** Everything this machine may have; nothing needs to exist. */
  public static InstalledSdk onThisMachine(Map<String, String> environment, Path home) {
    List<Path> roots = new ArrayList<>(named(environment));
    roots.add(home.resolve("google-cloud-sdk"));
    USUAL_ROOTS.stream().map(Path::of).forEach(roots::add);
    return new InstalledSdk(roots);
  }

  /** Only what the environment names: the variable and the PATH. */
  static InstalledSdk named(Map<String, String> environment, Path... more) {
    List<Path> roots = new ArrayList<>(named(environment));
    roots.addAll(List.of(more));
    return new InstalledSdk(roots);
  }

  private static List<Path> named(Map<String, String> environment) {
    List<Path> roots = new ArrayList<>();
    String root = environment.getOrDefault("CLOUDSDK_ROOT_DIR", "");
    if (!root.isBlank()) {
      roots.add(Path.of(root));
    }
    for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
      Path gcloud = Path.of(folder.isBlank() ? "." : folder).resolve("gcloud");
      rootOf(gcloud).ifPresent(roots::add);
    }
    return roots;
  }

  private static Optional<Path> rootOf(Path gcloud) {
    if (!Files.isExecutable(gcloud)) {
      return Optional.empty();
    }
    try {
      // <root>/bin/gcloud, usually reached through a link.
      Path bin = gcloud.toRealPath().getParent();
      return Optional.ofNullable(bin == null ? null : bin.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot follow " + gcloud, e);
    }
  }

  /** The jar of an emulator that is installed as a component. */
  public Optional<Path> jar(OfficialEmulator emulator) {
    return roots.stream()
        .map(root -> root.resolve("platform"))
        .flatMap(platform -> jars(emulator, platform))
        .findFirst();
  }

  private static Stream<Path> jars(OfficialEmulator emulator, Path platform) {
    return switch (emulator) {
      case PUBSUB ->
          EmulatorFolder.jars(platform.resolve("pubsub-emulator/lib"), "cloud-pubsub-emulator");
      case FIRESTORE ->
          EmulatorFolder.jars(
              platform.resolve("cloud-firestore-emulator"), "cloud-firestore-emulator");
    };
  }
}
