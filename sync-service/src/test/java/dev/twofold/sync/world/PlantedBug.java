package dev.twofold.sync.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A bug that somebody might have made, as a patch of the production sources. It is applied to
 * copies, so that no switch for it stands in production code, and must keep applying as they
 * change.
 */
record PlantedBug(String name, Path patch) {

  private static final String SOURCES = "sync-service/src/main/java";
  private static final String PATCHES = "sync-service/src/test/resources/planted";

  /** One place that changes: lines as they are, and as they become. */
  private record Hunk(String file, List<String> before, List<String> after) {}

  /** All of them, in the order of their names. */
  static List<PlantedBug> all() {
    try (Stream<Path> files = Files.list(root().resolve(PATCHES))) {
      return files
          .filter(file -> file.toString().endsWith(".patch"))
          .map(file -> new PlantedBug(file.getFileName().toString().replace(".patch", ""), file))
          .sorted(Comparator.comparing(PlantedBug::name))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The project's folder, from wherever in it this runs. */
  private static Path root() {
    Path folder = Path.of(System.getProperty("twofold.root", "")).toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(SOURCES))) {
      Path above = folder.getParent();
      if (above == null) {
        throw new IllegalStateException("expected to run inside the project, it has " + SOURCES);
      }
      folder = above;
    }
    return folder;
  }

  /** What it is, in words: the patch's first line. */
  String title() {
    return lines(patch).getFirst();
  }

  /** The first world that goes wrong with the bug and right without it; null where none does. */
  @Nullable WorldResult caughtBy(long from, long count, int jobs) throws IOException {
    Path classes = Files.createTempDirectory("planted");
    try {
      compileTo(classes);
      long next = from;
      while (next < from + count) {
        WorldResult caught = firstViolation(next, from + count - next, jobs, classes);
        if (caught == null || firstViolation(caught.seed(), 1, 1, null) == null) {
          return caught;
        }
        next = caught.seed() + 1;
      }
      return null;
    } finally {
      delete(classes);
    }
  }

  private static @Nullable WorldResult firstViolation(
      long from, long count, int jobs, @Nullable Path classes) {
    List<WorldResult> found = new ArrayList<>();
    new WorldRuns(from, count, jobs, classes)
        .run(result -> {
          if (!result.wrong().isEmpty()) {
            found.add(result);
          }
          return found.isEmpty();
        });
    return found.isEmpty() ? null : found.getFirst();
  }

  /**
   * Compiles what the patch changes; refuses a patch that no longer applies or does not compile.
   */
  void compileTo(Path classes) throws IOException {
    Path sources = Files.createTempDirectory("planted");
    try {
      List<Path> changed = applyTo(sources);
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      try (StandardJavaFileManager files =
          compiler.getStandardFileManager(null, Locale.ROOT, null)) {
        List<String> options =
            List.of(
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none",
                "-parameters",
                "-nowarn");
        boolean compiled =
            compiler
                .getTask(
                    null, files, null, options, null, files.getJavaFileObjectsFromPaths(changed))
                .call();
        if (!compiled) {
          throw new IllegalStateException("the planted bug " + name + " does not compile");
        }
      }
    } finally {
      delete(sources);
    }
  }

  private List<Path> applyTo(Path sources) throws IOException {
    List<Path> changed = new ArrayList<>();
    for (Hunk hunk : hunks()) {
      Path target = sources.resolve(hunk.file());
      if (!changed.contains(target)) {
        Files.createDirectories(target.getParent());
        Files.copy(root().resolve(hunk.file()), target);
        changed.add(target);
      }
      Files.write(target, replaced(hunk, lines(target)));
    }
    return changed;
  }

  /** Hunks are found by their lines alone; their numbers drift with every edit. */
  private List<String> replaced(Hunk hunk, List<String> lines) {
    List<Integer> places = new ArrayList<>();
    int last = lines.size() - hunk.before().size();
    for (int at = 0; at <= last; at++) {
      if (lines.subList(at, at + hunk.before().size()).equals(hunk.before())) {
        places.add(at);
      }
    }
    if (places.size() != 1) {
      throw new IllegalStateException(
          "the planted bug %s finds %d places in %s for:%n%s"
              .formatted(name, places.size(), hunk.file(), String.join("\n", hunk.before())));
    }
    List<String> result = new ArrayList<>(lines.subList(0, places.getFirst()));
    result.addAll(hunk.after());
    result.addAll(lines.subList(places.getFirst() + hunk.before().size(), lines.size()));
    return result;
  }

  private List<Hunk> hunks() {
    List<Hunk> hunks = new ArrayList<>();
    String file = "";
    for (String line : lines(patch)) {
      if (line.startsWith("+++ b/")) {
        file = line.substring("+++ b/".length());
      } else if (line.startsWith("@@")) {
        hunks.add(new Hunk(file, new ArrayList<>(), new ArrayList<>()));
      } else if (!hunks.isEmpty() && !line.startsWith("--- ") && !line.startsWith("diff ")) {
        put(hunks.getLast(), line);
      }
    }
    if (hunks.isEmpty()) {
      throw new IllegalStateException("the planted bug " + name + " changes nothing");
    }
    return hunks;
  }

  private static void put(Hunk hunk, String line) {
    String text = line.isEmpty() ? "" : line.substring(1);
    if (!line.startsWith("+")) {
      hunk.before().add(text);
    }
    if (!line.startsWith("-")) {
      hunk.after().add(text);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
