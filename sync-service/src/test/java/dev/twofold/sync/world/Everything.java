package dev.twofold.sync.world;

import dev.twofold.sync.link.Document;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.ParkedItem;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import java.util.ArrayList;
import java.util.List;

/** What is stored, for tests to look at. */
final class Everything {

  private Everything() {}

  /** Links that stand, in the order of their ids. */
  static List<Link> links(World world) {
    return all(world, Link.class).stream().filter(link -> link.joinedInto() == null).toList();
  }

  static List<ParkedItem> parked(World world) {
    return all(world, ParkedItem.class);
  }

  /** The link that holds the record. */
  static Link linkOf(World world, RecordId record) {
    return links(world).stream()
        .filter(link -> record.equals(link.record(record.side())))
        .findFirst()
        .orElseThrow(() -> new AssertionError(record + " is in no link"));
  }

  /**
   * Whether people have parted the customer from a contact. A privacy deletion erases the history
   * of a link, also what it tells of those who were in it before, and undoes no parting.
   */
  static boolean isParted(World world, RecordId customer) {
    return links(world).stream()
        .filter(link -> customer.equals(link.record(Side.STRIPE)))
        .map(link -> world.links().happened(World.TENANT, link.id()))
        .anyMatch(happened -> happened.contains("unlinked") || happened.contains("exchanged"));
  }

  private static <D extends Document> List<D> all(World world, Class<D> type) {
    List<D> found = new ArrayList<>();
    for (Document document : world.links().documents(World.TENANT).values()) {
      if (type.isInstance(document)) {
        found.add(type.cast(document));
      }
    }
    return found;
  }
}
