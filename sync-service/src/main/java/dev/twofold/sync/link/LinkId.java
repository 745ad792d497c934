package dev.twofold.sync.link;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The id of a link: twenty random hex digits, so that ids never rise and no range runs hot. */
public record LinkId(String value) implements Comparable<LinkId> {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{20}");

  public LinkId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a link id is 20 hex digits, came '" + value + "'");
    }
  }

  /** A new one. */
  public static LinkId random(RandomGenerator random) {
    byte[] bytes = new byte[10];
    random.nextBytes(bytes);
    return new LinkId(HexFormat.of().formatHex(bytes));
  }

  @Override
  public int compareTo(LinkId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
