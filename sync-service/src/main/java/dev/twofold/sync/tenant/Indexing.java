package dev.twofold.sync.tenant;

import org.jspecify.annotations.Nullable;

/**
 * How far the listing of one side is.
 *
 * @param cursor where the next page begins, in that side's own terms; null for the first page
 * @param page how many pages have been taken in; part of the next page's task name
 * @param records how many records have been taken in
 * @param complete whether the last page has been
 */
public record Indexing(@Nullable String cursor, int page, long records, boolean complete) {

  /** Nothing listed yet. */
  public static final Indexing START = new Indexing(null, 0, 0, false);

  /** One page further. */
  public Indexing advanced(int taken, @Nullable String next) {
    return new Indexing(next, page + 1, records + taken, next == null);
  }
}
