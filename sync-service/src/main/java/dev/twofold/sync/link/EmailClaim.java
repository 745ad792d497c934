package dev.twofold.sync.link;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which link an e-mail address leads to, and which wait for it. The address itself is not stored.
 *
 * @param hash of tenant and address
 * @param holder the link the address leads to; null when it is free
 * @param waiting links that hold the same address and may not be paired by it
 */
public record EmailClaim(String hash, @Nullable LinkId holder, List<LinkId> waiting)
    implements Document {

  public EmailClaim {
    waiting = List.copyOf(new TreeSet<>(Set.copyOf(waiting)));
  }

  /** Nobody has that address. */
  public static EmailClaim free(String hash) {
    return new EmailClaim(hash, null, List.of());
  }

  /** Led to by that link, which waits no longer. */
  public EmailClaim heldBy(@Nullable LinkId link) {
    return new EmailClaim(
        hash, link, waiting.stream().filter(waiter -> !waiter.equals(link)).toList());
  }

  /** The same with one more in waiting. */
  public EmailClaim awaitedBy(LinkId link) {
    TreeSet<LinkId> more = new TreeSet<>(waiting);
    more.add(link);
    return new EmailClaim(hash, holder, List.copyOf(more));
  }

  /** The same without that one in waiting. */
  public EmailClaim without(LinkId link) {
    return new EmailClaim(
        hash, holder, waiting.stream().filter(waiter -> !waiter.equals(link)).toList());
  }

  @Override
  public DocumentKey key() {
    return DocumentKey.ofEmail(hash);
  }
}
