package dev.twofold.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The structured log has members of its own. A key of the same name makes Spring Boot's writer
 * fail, and the whole line is lost, which once happened to every notice.
 */
class LogKeysTest {

  private static final Set<String> TAKEN =
      Set.of(
          "@timestamp",
          "@version",
          "message",
          "logger_name",
          "thread_name",
          "severity",
          "level",
          "level_value",
          "stack_trace",
          "tags");

  private static final Pattern KEY =
      Pattern.compile("(?:addKeyValue|tell)\\(\\s*\"([^\"]+)\"\\s*,");

  @Test
  void noKeyIsAMemberOfTheLineItself() throws IOException {
    Set<String> keys = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        Matcher matcher = KEY.matcher(Files.readString(file));
        while (matcher.find()) {
          keys.add(matcher.group(1));
        }
      }
    }

    assertThat(keys).contains("event", "tenant").doesNotContainAnyElementsOf(TAKEN);
  }
}
