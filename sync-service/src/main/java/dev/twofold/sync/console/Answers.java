package dev.twofold.sync.console;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Answers that hold people's values: kept by nobody on the way, and not named to others. */
final class Answers {

  private static final MediaType PAGE = MediaType.parseMediaType("text/html;charset=UTF-8");

  /** The page's own style and form, and nothing else: no script could run even if one got in. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private Answers() {}

  /** Whether an {@code Accept} header names HTML, as browsers do and programs do not. */
  static boolean wantsPage(@Nullable String accept) {
    if (accept == null) {
      return false;
    }
    try {
      List<MediaType> accepted = MediaType.parseMediaTypes(accept);
      return accepted.stream().anyMatch(MediaType.TEXT_HTML::equalsTypeAndSubtype);
    } catch (InvalidMediaTypeException notAHeader) {
      return false;
    }
  }

  static ResponseEntity<Object> json(Object body) {
    return prepared(HttpStatus.OK).contentType(MediaType.APPLICATION_JSON).body(body);
  }

  static ResponseEntity<String> page(String html) {
    return page(html, HttpStatus.OK);
  }

  static ResponseEntity<String> page(String html, HttpStatusCode status) {
    return prepared(status)
        .contentType(PAGE)
        .header("Content-Security-Policy", POLICY)
        .header("Referrer-Policy", "no-referrer")
        .body(html);
  }

  private static ResponseEntity.BodyBuilder prepared(HttpStatusCode status) {
    return ResponseEntity.status(status)
        .cacheControl(CacheControl.noStore())
        .varyBy(HttpHeaders.ACCEPT)
        .header("X-Content-Type-Options", "nosniff");
  }
}
