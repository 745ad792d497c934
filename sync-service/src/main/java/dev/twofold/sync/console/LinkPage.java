package dev.twofold.sync.console;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes links as a page to read. Every value is escaped; the page runs nothing and loads nothing.
 */
final class LinkPage {

  private static final String SOURCE = "link.html";

  private final Template template;

  LinkPage() {
    try (InputStream source =
            Objects.requireNonNull(
                LinkPage.class.getResourceAsStream(SOURCE), SOURCE + " lies beside this class");
        InputStreamReader reader = new InputStreamReader(source, StandardCharsets.UTF_8)) {
      template =
          Mustache.compiler()
              .escapeHTML(true)
              .nullValue("")
              .emptyStringIsFalse(true)
              .zeroIsFalse(true)
              .compile(reader);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(SOURCE + " cannot be read", unreadable);
    }
  }

  String of(List<LinkView> links) {
    return template.execute(Map.of("links", links, "message", ""));
  }

  /** A page that only says something, and lets one search. */
  String saying(String message) {
    return template.execute(Map.of("links", List.of(), "message", message));
  }
}
