package dev.twofold.sync.link;

import org.jspecify.annotations.Nullable;

/**
 * A document as it was read, and the version a change to it must find again.
 *
 * @param document null where there is none
 * @param version the store's own token; null where there is no document
 */
public record Versioned<D>(@Nullable D document, @Nullable String version) {

  private static final Versioned<?> ABSENT = new Versioned<>(null, null);

  /** There is no such document. */
  @SuppressWarnings("unchecked") // holds nothing of type D
  public static <D> Versioned<D> absent() {
    return (Versioned<D>) ABSENT;
  }
}
