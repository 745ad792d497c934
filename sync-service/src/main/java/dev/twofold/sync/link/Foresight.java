package dev.twofold.sync.link;

import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Reads what units of work are going to ask for in three round trips, however many units there are,
 * where each would make several of its own. Only a matter of speed: what was not foreseen is read
 * when it is asked for.
 */
public final class Foresight {

  /** More of a link's purchases are read when they are asked for. */
  private static final int PURCHASES_MAX = 10;

  private final Workspace workspace;

  public Foresight(Workspace workspace) {
    this.workspace = workspace;
  }

  /** Reads these documents, the links they lead to, and what those links rest on. */
  public void read(Collection<DocumentKey> keys) {
    Set<DocumentKey> known = new LinkedHashSet<>(keys);
    workspace.prefetch(known);
    Set<DocumentKey> links = new LinkedHashSet<>();
    known.forEach(key -> lead(key, links));
    workspace.prefetch(links);
    known.addAll(links);
    Set<DocumentKey> rest = new LinkedHashSet<>();
    for (DocumentKey key : known) {
      if (workspace.peek(key) instanceof Link link) {
        addWhatItRestsOn(link, rest);
      }
    }
    workspace.prefetch(rest);
  }

  private void lead(DocumentKey key, Set<DocumentKey> links) {
    Document document = workspace.peek(key);
    LinkId link = null;
    if (document instanceof RecordClaim claim) {
      link = claim.link();
    } else if (document instanceof EmailClaim claim) {
      link = claim.holder();
    }
    if (link != null) {
      links.add(DocumentKey.of(link));
    }
  }

  private static void addWhatItRestsOn(Link link, Set<DocumentKey> rest) {
    link.emails().forEach(hash -> rest.add(DocumentKey.ofEmail(hash)));
    for (Side side : Side.values()) {
      RecordId record = link.record(side);
      if (record != null) {
        rest.add(DocumentKey.of(record));
      }
    }
    SideState hubspot = link.hubspot();
    TaskMark waiting = hubspot.task();
    if (waiting != null) {
      rest.add(DocumentKey.ofRow(link.id(), Long.toString(waiting.number())));
    }
    link.purchases().stream()
        .limit(PURCHASES_MAX)
        .forEach(purchase -> rest.add(DocumentKey.ofPurchase(purchase)));
  }
}
