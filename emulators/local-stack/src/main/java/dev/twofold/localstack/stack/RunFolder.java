package dev.twofold.localstack.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder in which a running stack says where it is: its process id, its addresses, its logs.
 * Whoever holds it is the only launcher there; the lock ends with the process, however it ends.
 */
public final class RunFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  private RunFolder(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /** Takes the folder; refuses when another launcher has it. */
  public static RunFolder take(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw new StackProblem(
            "Another stack of this folder runs already; stop it with emulators/down");
      }
      RunFolder taken = new RunFolder(folder, channel, lock);
      taken.clear();
      taken.write("pid", ProcessHandle.current().pid() + "\n");
      return taken;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use " + folder, e);
    }
  }

  /** Says that the stack is ready, where its parts are, and the table a person is shown. */
  public void ready(Addresses addresses, String table) {
    ObjectNode state = Topology.JSON.createObjectNode();
    for (Part part : Part.values()) {
      state.put(part.key(), addresses.of(part));
    }
    write("stack.json", state + "\n");
    write("addresses.txt", table);
    write("ready", "");
  }

  /** The addresses of the stack that runs there, if one is ready. */
  public static Optional<Addresses> running(Path folder) {
    Path file = folder.resolve("stack.json");
    if (!Files.exists(folder.resolve("ready")) || !Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode state = Topology.JSON.readTree(Files.readString(file));
      Map<Part, String> addresses = new EnumMap<>(Part.class);
      for (Part part : Part.values()) {
        addresses.put(part, state.path(part.key()).asString());
      }
      return Optional.of(Addresses.of(addresses));
    } catch (IOException | JacksonException e) {
      throw new StackProblem("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private void write(String name, String content) {
    try {
      // Readers poll for these files: they appear whole or not at all.
      Path part = folder.resolve(name + ".part");
      Files.writeString(part, content);
      Files.move(
          part,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + folder.resolve(name), e);
    }
  }

  private void clear() throws IOException {
    for (String name : List.of("ready", "pid", "stack.json", "addresses.txt")) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  @Override
  public void close() {
    try {
      clear();
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot tidy " + folder, e);
    }
  }
}
