package dev.twofold.sync.link;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits for a person: a refused write, or a delivery that could not be read.
 *
 * @param id of the parked thing: link and side, purchase, or message
 * @param what the kind of thing in one word: write, purchase, notice
 * @param link the link it belongs to; null for a notice that led to none
 * @param reason in the provider's words where it refused
 * @param field the field it is about, where one was named
 */
public record ParkedItem(
    String id,
    String what,
    @Nullable LinkId link,
    String reason,
    @Nullable String field,
    Instant parkedAt)
    implements Document {

  @Override
  public DocumentKey key() {
    return DocumentKey.ofParked(id);
  }
}
