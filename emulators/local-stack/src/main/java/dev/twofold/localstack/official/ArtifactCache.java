package dev.twofold.localstack.official;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A folder of published artefacts, each with exactly the size and SHA-256 that is pinned. A file
 * appears under its name only after both were checked, by an atomic move; what is refused leaves
 * nothing behind. A file that was damaged later is noticed and fetched again.
 */
public final class ArtifactCache {
  /** An emulator unpacks to well below this; a zip bomb does not. */
  private static final long UNPACKED_BYTES_MAX = 1L << 30;

  private final Path folder;
  private final Fetch fetch;

  /** Keeps the artefacts in the folder, which is made when first needed. */
  public ArtifactCache(Path folder, Download download) {
    this(folder, (Fetch) download);
  }

  ArtifactCache(Path folder, Fetch fetch) {
    this.folder = folder;
    this.fetch = fetch;
  }

  /** Where caches belong: {@code XDG_CACHE_HOME}, or {@code .cache} in the home folder. */
  public static Path usualFolder(Map<String, String> environment, Path home) {
    String given = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path caches = given.isBlank() ? home.resolve(".cache") : Path.of(given);
    return caches.resolve("twofold").resolve("emulators");
  }

  /** The artefact's file, fetched when it is not there as published. */
  public Path file(PublishedArtifact artifact) {
    Path file = folder.resolve(artifact.fileName());
    try {
      if (isAsPublished(file, artifact)) {
        return file;
      }
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, artifact.fileName(), ".part");
      try {
        fetch.to(part, artifact);
        check(part, artifact);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep " + artifact.fileName() + " in " + folder, e);
    }
  }

  /** The unpacked folder of a zip; unpacked once, moved into place when complete. */
  public Path unpacked(PublishedArtifact artifact) {
    Path target = folder.resolve(artifact.fileName() + "-" + artifact.sha256().substring(0, 12));
    if (Files.isDirectory(target)) {
      return target;
    }
    Path zip = file(artifact);
    try {
      Path part = Files.createTempDirectory(folder, artifact.fileName());
      try {
        unpack(zip, part);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException e) {
        // Another launcher was quicker; its copy is as good.
        return target;
      } finally {
        deleteTree(part);
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot unpack " + zip, e);
    }
  }

  private static boolean isAsPublished(Path file, PublishedArtifact artifact) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) == artifact.bytes()
        && sha256(file).equals(artifact.sha256());
  }

  private static void check(Path part, PublishedArtifact artifact) throws IOException {
    if (Files.size(part) != artifact.bytes()) {
      throw new ArtifactRefused(
          "%s has %d bytes instead of the published %d: the download was cut short or changed."
              .formatted(artifact.source(), Files.size(part), artifact.bytes()));
    }
    String sum = sha256(part);
    if (!sum.equals(artifact.sha256())) {
      throw new ArtifactRefused(
          "%s has the SHA-256 %s instead of the pinned %s. It was refused and not kept."
              .formatted(artifact.source(), sum, artifact.sha256()));
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[1 << 16];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256, this one does not", e);
    }
  }

  private static void unpack(Path zip, Path folder) throws IOException {
    long left = UNPACKED_BYTES_MAX;
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
          throw new ArtifactRefused(zip + " wants to write outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          left -= copy(in, file, left);
        }
      }
    }
  }

  private static long copy(InputStream in, Path file, long bytesMax) throws IOException {
    long copied = 0;
    try (var out = Files.newOutputStream(file)) {
      byte[] chunk = new byte[1 << 16];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        copied += read;
        if (copied > bytesMax) {
          throw new ArtifactRefused(file + " unpacks to more than an emulator ever would");
        }
        out.write(chunk, 0, read);
      }
    }
    return copied;
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> tree = Files.walk(root)) {
      files = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
