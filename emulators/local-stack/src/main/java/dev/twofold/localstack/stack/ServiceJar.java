package dev.twofold.localstack.stack;

import dev.twofold.localstack.process.Launch;
import dev.twofold.localstack.process.OneShot;
import dev.twofold.localstack.process.Workshop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A service's executable jar, unpacked beside the stack's logs. Unpacked it starts in about half
 * the time, which a restart after a kill feels too, and a build under a running stack does not pull
 * classes from under it.
 */
final class ServiceJar {
  private static final Duration UNPACK_WITHIN = Duration.ofMinutes(1);

  private final Path java;
  private final Path jar;
  private final Path folder;

  private ServiceJar(Path java, Path jar, Path folder) {
    this.java = java;
    this.jar = jar;
    this.folder = folder;
  }

  /** Unpacks the jar unless that very jar is unpacked already. */
  static ServiceJar unpacked(Path java, Path source, Path apps, Workshop workshop)
      throws IOException, InterruptedException {
    if (!Files.isRegularFile(source)) {
      throw new StackProblem(source + " is not built; run mvn -DskipTests package");
    }
    String name = String.valueOf(source.getFileName());
    String build = checksum(source);
    Path folder = apps.resolve(name.replace(".jar", "")).resolve(build);
    if (!Files.exists(folder.resolve("complete"))) {
      Folders.delete(folder.getParent());
      OneShot.run(
          new Launch(
              "unpack-" + name,
              List.of(
                  java.toString(),
                  "-Djarmode=tools",
                  "-jar",
                  source.toString(),
                  "extract",
                  "--destination",
                  folder.toString()),
              Map.of(),
              apps.resolve("unpack-" + name + ".log")),
          workshop,
          UNPACK_WITHIN);
      Files.createFile(folder.resolve("complete"));
    }
    return new ServiceJar(java, folder.resolve(name), folder);
  }

  /** By content: a reproducible build gives every jar the same time. */
  private static String checksum(Path file) throws IOException {
    CRC32C checksum = new CRC32C();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] chunk = new byte[1 << 16];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        checksum.update(chunk, 0, read);
      }
    }
    return Files.size(file) + "-" + Long.toHexString(checksum.getValue());
  }

  /** The command that runs it. */
  List<String> command(List<String> jvmOptions, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(jvmOptions);
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(List.of(arguments));
    return command;
  }

  Path folder() {
    return folder;
  }
}
