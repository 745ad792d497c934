package dev.twofold.cloudtasks.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the next page starts. Tokens are opaque to callers and good for two hours. */
public record PageToken(Instant issuedAt, String after) {

  private static final Duration LIFE = Duration.ofHours(2);
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\|(.*)");

  public static PageToken parse(String text, Instant now) {
    Matcher matcher = FORM.matcher(decoded(text));
    if (!matcher.matches()) {
      throw Refusals.invalid("Invalid page token.");
    }
    Instant issuedAt = Instant.ofEpochSecond(Long.parseLong(matcher.group(1)));
    if (now.isAfter(issuedAt.plus(LIFE))) {
      throw Refusals.invalid("The page token has expired.");
    }
    return new PageToken(issuedAt, matcher.group(2));
  }

  public String text() {
    String plain = issuedAt.getEpochSecond() + "|" + after;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    try {
      return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      throw Refusals.invalid("Invalid page token.");
    }
  }
}
