package dev.twofold.sync.console;

import dev.twofold.sync.link.Document;
import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.EmailClaim;
import dev.twofold.sync.link.EmailHash;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.link.RecordClaim;
import dev.twofold.sync.link.Versioned;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.TenantId;
import java.util.List;
import java.util.Optional;

/** Finds documents of one tenant, following what was merged or joined away. */
final class LinkFinder {

  /** A chain of joins longer than this is a fault, not a history. */
  private static final int POINTERS_MAX = 10;

  private final LinkStore store;
  private final TenantId tenant;

  LinkFinder(LinkStore store, TenantId tenant) {
    this.store = store;
    this.tenant = tenant;
  }

  TenantId tenant() {
    return tenant;
  }

  LinkStore store() {
    return store;
  }

  /** The claim on the record, or on the one it was merged into. */
  Optional<RecordClaim> claim(RecordId record) {
    RecordId sought = record;
    for (int followed = 0; followed < POINTERS_MAX; followed++) {
      Optional<RecordClaim> claim = load(DocumentKey.of(sought), RecordClaim.class);
      RecordId survivor = claim.map(RecordClaim::mergedInto).orElse(null);
      if (survivor == null) {
        return claim;
      }
      sought = survivor;
    }
    throw new IllegalStateException(
        "record " + record + " was merged more than " + POINTERS_MAX + " times over");
  }

  /** Who holds that address and who waits for it. */
  Optional<EmailClaim> email(String address) {
    return emailOf(EmailHash.of(tenant, address));
  }

  Optional<EmailClaim> emailOf(String hash) {
    return load(DocumentKey.ofEmail(hash), EmailClaim.class);
  }

  /** The link, or the one that took its place. */
  Optional<Link> link(LinkId id) {
    LinkId sought = id;
    for (int followed = 0; followed < POINTERS_MAX; followed++) {
      Optional<Link> link = load(DocumentKey.of(sought), Link.class);
      LinkId elder = link.map(Link::joinedInto).orElse(null);
      if (elder == null) {
        return link;
      }
      sought = elder;
    }
    throw new IllegalStateException(
        "link " + id + " was joined more than " + POINTERS_MAX + " times over");
  }

  <D extends Document> Optional<D> load(DocumentKey key, Class<D> type) {
    Versioned<Document> found = store.load(tenant, List.of(key)).get(key);
    return found == null || found.document() == null
        ? Optional.empty()
        : Optional.of(type.cast(found.document()));
  }
}
