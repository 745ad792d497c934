package dev.twofold.sync.world;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the people of random worlds are called, so that it can be found where it must not be.
 * Nothing but a person's data looks like one of these.
 */
final class PersonalData {

  static final List<String> EMAILS =
      List.of(
          "ada@example.com",
          "Ada@Example.com",
          "bob@example.com",
          "cyd@example.com",
          "dan@example.com",
          "eve@example.com",
          "fay@example.com",
          "gus@example.com");
  static final List<String> WORDS =
      List.of("Adaeze", "Bob", "Cyd", "de", "la", "Marguerite", "Nguyen");
  static final List<String> PHONES =
      List.of(
          "+44 20 79460001",
          "+44 20 79460002",
          "+44 20 79460003",
          "0044 20 79460003",
          "+44 (20) 79460003",
          "555-400400");
  static final List<String> CITIES = List.of("Lisboa", "Kyoto", "Cork");
  static final List<String> COMPANIES = List.of("Acmeworks", "Borealis", "Cantilever & Sons");

  private static final Pattern TELLING =
      Pattern.compile(
          "(?i)\\b[a-z0-9.+-]+@example\\.com|\\b(Adaeze|Bob|Cyd|Marguerite|Nguyen|Lisboa|Kyoto"
              + "|Cork|Acmeworks|Borealis|Cantilever)\\b"
              + "|(?<![0-9a-z])(79460\\d{3}|400400)(?![0-9a-z])");

  private PersonalData() {}

  /** What of it stands in that text; null where nothing does. */
  static @Nullable String in(String text) {
    Matcher matcher = TELLING.matcher(text);
    return matcher.find() ? matcher.group() : null;
  }
}
