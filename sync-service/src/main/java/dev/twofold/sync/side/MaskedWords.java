package dev.twofold.sync.side;

import java.util.regex.Pattern;

/**
 * A side's words without the addresses they may hold. The words of results that the sync writes to
 * its log (unknown, locked, limited, down, denied) come from the adapters masked; those that an
 * operator needs to mend a record (gone, refused, exists, failed before) come in full, and are not
 * to be logged.
 */
public final class MaskedWords {

  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s\"'<>,;:()\\[\\]{}]+@[^\\s\"'<>,;:()\\[\\]{}]+");

  private MaskedWords() {}

  /** The same words with every address replaced. */
  public static String of(String words) {
    return ADDRESS.matcher(words).replaceAll("(address)");
  }
}
