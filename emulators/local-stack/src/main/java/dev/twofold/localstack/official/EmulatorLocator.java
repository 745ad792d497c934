package dev.twofold.localstack.official;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Decides where an official emulator comes from: the address in its environment variable, else the
 * installed SDK, else the published artefact with its pinned checksum.
 */
public final class EmulatorLocator {
  private final Map<String, String> environment;
  private final InstalledSdk sdk;
  private final ArtifactCache cache;

  /** Looks in that environment, then that SDK, then that cache. */
  public EmulatorLocator(Map<String, String> environment, InstalledSdk sdk, ArtifactCache cache) {
    this.environment = Map.copyOf(environment);
    this.sdk = sdk;
    this.cache = cache;
  }

  /** Finds it, and downloads it when there is no other way. */
  public EmulatorSource locate(OfficialEmulator emulator) {
    String given = environment.getOrDefault(emulator.hostVariable(), "");
    if (!given.isBlank()) {
      return new EmulatorSource.Running(given.strip());
    }
    Optional<Path> installed = sdk.jar(emulator);
    if (installed.isPresent()) {
      return new EmulatorSource.Startable(installed.get(), "the installed gcloud SDK");
    }
    return new EmulatorSource.Startable(downloaded(emulator.published()), "a checked download");
  }

  private Path downloaded(PublishedArtifact artifact) {
    if (!artifact.isZip()) {
      return cache.file(artifact);
    }
    Path folder = cache.unpacked(artifact);
    return EmulatorFolder.jars(folder, "cloud-pubsub-emulator")
        .findFirst()
        .orElseThrow(() -> new ArtifactRefused("No cloud-pubsub-emulator jar in " + folder));
  }
}
