package dev.twofold.sync.mapping;

import dev.twofold.sync.record.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Splits the one name Stripe has into the two parts HubSpot has. The parts that are already known
 * are the guide; without one, the last word and the particles before it are the last name. Joining
 * the parts always gives the text again, up to spaces, but for names written last name first.
 */
final class PersonName {

  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

  private static final Set<String> PARTICLES =
      Set.of(
          "af", "al", "ap", "av", "bin", "bint", "da", "dal", "dalla", "das", "de", "degli", "dei",
          "del", "della", "den", "der", "des", "di", "do", "dos", "du", "el", "ibn", "la", "las",
          "le", "les", "lo", "los", "mac", "op", "san", "santa", "st.", "'t", "ten", "ter", "the",
          "van", "ver", "von", "vom", "y", "zu", "zum", "zur", "ben", "bat", "abu", "e", "und");

  private static final Set<String> SUFFIXES =
      Set.of("jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "m.d.", "esq.");

  private static final Set<String> COMPANY_WORDS =
      Set.of(
          "ab",
          "ag",
          "bv",
          "b.v.",
          "co",
          "co.",
          "corp",
          "corp.",
          "corporation",
          "company",
          "gmbh",
          "inc",
          "inc.",
          "kg",
          "limited",
          "llc",
          "llp",
          "ltd",
          "ltd.",
          "oy",
          "plc",
          "pty",
          "sa",
          "s.a.",
          "sarl",
          "sas",
          "spa",
          "s.p.a.",
          "srl",
          "ug",
          "verein",
          "foundation",
          "stiftung");

  private PersonName() {}

  /** The text without outer spaces and with one space wherever there were some. */
  static String singleSpaced(String text) {
    return isSingleSpaced(text) ? text : String.join(" ", words(text));
  }

  /** First and last name; {@code guide} are the parts the person is known by so far, if any. */
  static FieldValue split(String text, @Nullable FieldValue guide) {
    List<String> words = words(text);
    if (words.isEmpty()) {
      return FieldValue.name("", "");
    }
    if (guide != null && guide.parts().size() == 2 && !guide.isBlank()) {
      FieldValue guided = guided(words, guide);
      if (guided != null) {
        return guided;
      }
    }
    return unguided(words, guide);
  }

  private static @Nullable FieldValue guided(List<String> words, FieldValue guide) {
    List<String> first = words(guide.parts().get(0));
    List<String> last = words(guide.parts().get(1));
    if (same(words, concat(first, last))) {
      return guide.joined().equals(String.join(" ", words)) ? guide : at(words, first.size());
    }
    if (!first.isEmpty() && !last.isEmpty() && same(withoutComma(words), concat(last, first))) {
      return FieldValue.name(
          join(withoutComma(words), last.size(), words.size()),
          join(withoutComma(words), 0, last.size()));
    }
    if (!last.isEmpty() && words.size() > last.size() && endsWith(words, last)) {
      return at(words, words.size() - last.size());
    }
    if (!first.isEmpty() && words.size() > first.size() && startsWith(words, first)) {
      return at(words, first.size());
    }
    if (first.isEmpty() || last.isEmpty()) {
      return null;
    }
    // Nothing but the number of words is left to go by, as when accents were added throughout.
    return words.size() == first.size() + last.size() && words.size() > 2
        ? at(words, first.size())
        : null;
  }

  private static FieldValue unguided(List<String> words, @Nullable FieldValue guide) {
    String head = words.getFirst();
    if (head.endsWith(",") && words.size() > 1 && head.length() > 1) {
      return FieldValue.name(join(words, 1, words.size()), head.substring(0, head.length() - 1));
    }
    if (words.size() == 1) {
      boolean lastOnly = guide != null && guide.parts().getFirst().isBlank() && !guide.isBlank();
      return lastOnly ? FieldValue.name("", head) : FieldValue.name(head, "");
    }
    if (words.stream().anyMatch(word -> COMPANY_WORDS.contains(lower(word)))) {
      return FieldValue.name("", String.join(" ", words));
    }
    int start = words.size() - 1;
    while (start > 1 && SUFFIXES.contains(lower(words.get(start)))) {
      start--;
    }
    while (start > 1 && isParticle(words.get(start - 1))) {
      start--;
    }
    return at(words, start);
  }

  private static boolean isParticle(String word) {
    return PARTICLES.contains(lower(word));
  }

  private static FieldValue at(List<String> words, int lastStart) {
    return FieldValue.name(join(words, 0, lastStart), join(words, lastStart, words.size()));
  }

  private static boolean startsWith(List<String> words, List<String> prefix) {
    return same(words.subList(0, prefix.size()), prefix);
  }

  private static boolean endsWith(List<String> words, List<String> suffix) {
    return same(words.subList(words.size() - suffix.size(), words.size()), suffix);
  }

  private static boolean same(List<String> one, List<String> other) {
    return one.stream()
        .map(PersonName::lower)
        .toList()
        .equals(other.stream().map(PersonName::lower).toList());
  }

  private static List<String> withoutComma(List<String> words) {
    return words.stream()
        .map(word -> word.endsWith(",") ? word.substring(0, word.length() - 1) : word)
        .toList();
  }

  private static List<String> concat(List<String> one, List<String> other) {
    List<String> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  private static String join(List<String> words, int from, int to) {
    return String.join(" ", words.subList(from, to));
  }

  /** Whether it is plain ASCII and has no space to lose, as nearly every text. */
  private static boolean isSingleSpaced(String text) {
    char before = ' ';
    for (int at = 0; at < text.length(); at++) {
      char each = text.charAt(at);
      if (each < ' ' || each > '~' || (each == ' ' && before == ' ')) {
        return false;
      }
      before = each;
    }
    return text.isEmpty() || before != ' ';
  }

  private static List<String> words(String text) {
    return SPACES.splitAsStream(text.strip()).filter(word -> !word.isEmpty()).toList();
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
