package dev.twofold.sync.link;

import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import dev.twofold.sync.mapping.MappingVersions;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Finds, opens, joins and separates links, keeping the claims on records in step. Works within one
 * {@link Workspace}; every decision writes the documents it rests on.
 */
public final class LinkBook {

  private static final int POINTERS_MAX = 8;

  private final Workspace workspace;
  private final TenantId tenant;
  private final MappingVersions mappings;
  private final Instant now;
  private final RandomGenerator random;

  public LinkBook(
      Workspace workspace,
      TenantId tenant,
      MappingVersions mappings,
      Instant now,
      RandomGenerator random) {
    this.workspace = workspace;
    this.tenant = tenant;
    this.mappings = mappings;
    this.now = now;
    this.random = random;
  }

  /** The tenant whose links these are. */
  public TenantId tenant() {
    return tenant;
  }

  /** The mappings in force. */
  public Mappings mappings() {
    return mappings.inForce();
  }

  /** The time of this work, on our clock. */
  public Instant now() {
    return now;
  }

  /** Where the documents are. */
  public Workspace workspace() {
    return workspace;
  }

  /** The claim on that record; null where nobody has heard of it. */
  public @Nullable RecordClaim claim(RecordId record) {
    return workspace.get(DocumentKey.of(record), RecordClaim.class);
  }

  /**
   * The link of that id, or the one it was joined into, as the mappings in force see it; null where
   * there is none.
   *
   * @throws RetryableFailure where it was merged with mappings that nobody has told us of yet
   */
  public @Nullable Link link(LinkId id) {
    LinkId next = id;
    for (int hop = 0; hop < POINTERS_MAX; hop++) {
      Link link = workspace.get(DocumentKey.of(next), Link.class);
      if (link == null) {
        return null;
      }
      if (link.joinedInto() == null) {
        return current(link);
      }
      next = link.joinedInto();
    }
    throw new IllegalStateException("link " + id + " leads through more than 8 pointers");
  }

  private Link current(Link link) {
    int inForce = mappings.inForce().version();
    if (link.mappingVersion() == inForce) {
      return link;
    }
    if (link.mappingVersion() > inForce) {
      throw new RetryableFailure(
          Stage.LOADING,
          "link %s has mappings %d, and %d are known here"
              .formatted(link.id(), link.mappingVersion(), inForce),
          null);
    }
    Mappings before = mappings.version(link.mappingVersion());
    return Remapping.remapped(link, before, mappings.inForce());
  }

  /** The link that owns the record; null where none does. */
  public @Nullable Link owner(RecordId record) {
    RecordClaim claim = claim(record);
    return claim == null || claim.link() == null ? null : link(claim.link());
  }

  /** Stores the link. */
  public void put(Link link) {
    workspace.put(link);
  }

  /** A new link for a record that belongs to none. */
  public Link open(RecordId record, @Nullable Instant createdAt) {
    Link link = Link.create(LinkId.random(random), now, mappings().version());
    workspace.assumeAbsent(DocumentKey.of(link.id()));
    return attach(link, record, createdAt);
  }

  /**
   * Puts the record into the link, on its side. A record that another link holds alone brings that
   * link with it; one that another pair holds, or that is being paired by a create, stays there,
   * and this link says so. One that is known to be deleted is claimed and not held.
   */
  public Link attach(Link link, RecordId record, @Nullable Instant createdAt) {
    Side side = record.side();
    RecordClaim claim = claim(record);
    Link other = claim == null || claim.link() == null ? null : link(claim.link());
    boolean elsewhere =
        other != null && !other.id().equals(link.id()) && record.equals(other.record(side));
    if (elsewhere && other != null) {
      boolean joins = other.record(side.other()) == null && link.record(side) == null;
      if (joins && !other.hasOpenCreate()) {
        return join(link, other);
      }
      Link alone =
          link.unlinked(
              "the " + side.label() + " record " + record.id() + " belongs to another pair");
      put(alone);
      put(other);
      return alone;
    }
    workspace.put(claim == null ? RecordClaim.of(record, link.id()) : claim.ownedBy(link.id()));
    if (claim != null && claim.deleted()) {
      // Its deletion was heard of before the answer of the call that made it.
      Link left = link.with(side, link.side(side).vacated("deleted on " + side.label()));
      put(left);
      tell(left, "unlinked", Map.of("side", side.label(), "why", "deleted before its answer"));
      return left;
    }
    Link attached = link.with(side, link.side(side).holding(record, createdAt)).unlinked(null);
    put(attached);
    return attached;
  }

  /** Takes the record out of the link; it stays claimed, so that it finds its way back. */
  public Link vacate(Link link, Side side, @Nullable String why) {
    Link vacated = LinkEdits.vacated(link, side, why);
    put(vacated);
    tell(vacated, "unlinked", Map.of("side", side.label(), "why", why == null ? "" : why));
    return vacated;
  }

  /**
   * Joins two links that turned out to be one pair. Each must lack what the other has; the elder
   * stays, and the younger points to it.
   */
  public Link join(Link one, Link other) {
    boolean oneIsElder =
        one.createdAt().isBefore(other.createdAt())
            || (one.createdAt().equals(other.createdAt()) && one.id().compareTo(other.id()) < 0);
    Link elder = oneIsElder ? one : other;
    Link younger = oneIsElder ? other : one;
    Link joined = elder.unmet();
    for (Side side : Side.values()) {
      SideState brought = younger.side(side);
      RecordId record = brought.record();
      if (record == null) {
        continue;
      }
      if (elder.record(side) != null) {
        throw new IllegalStateException(
            "links "
                + elder.id()
                + " and "
                + younger.id()
                + " both hold a "
                + side.label()
                + " record");
      }
      joined = joined.with(side, moved(brought, elder.side(side)));
      RecordClaim claim = claim(record);
      workspace.put(claim == null ? RecordClaim.of(record, elder.id()) : claim.ownedBy(elder.id()));
    }
    TreeSet<String> purchases = new TreeSet<>(elder.purchases());
    purchases.addAll(younger.purchases());
    joined =
        joined
            .withPurchases(purchases)
            .showing(LatestPurchase.later(elder.latestPurchase(), younger.latestPurchase()))
            .unlinked(null);
    leaveQueues(younger);
    put(younger.joinedInto(elder.id()));
    joined = released(joined, younger);
    put(joined);
    // Also where the person is to be forgotten: it leads to what is to be erased, too.
    workspace.tell(HistoryEntry.joined(joined.id(), now, younger.id()));
    return joined;
  }

  /**
   * What is known of a record, put where its new link counts its own tasks. A departure that waited
   * for a request goes on where the record is now.
   */
  private static SideState moved(SideState brought, SideState into) {
    return into.bringing(LinkEdits.amongStrangers(brought));
  }

  /** The younger's addresses lead to the elder; neither waits for the other any more. */
  private Link released(Link elder, Link younger) {
    TreeSet<String> led = new TreeSet<>(elder.emails());
    for (String hash : younger.emails()) {
      EmailClaim claim = email(hash);
      workspace.put(claim.heldBy(elder.id()).without(younger.id()));
      led.add(hash);
    }
    for (String hash : waitedFor(elder, younger)) {
      workspace.put(email(hash).without(elder.id()).without(younger.id()));
    }
    return elder.addressed(led, null);
  }

  private static Set<String> waitedFor(Link elder, Link younger) {
    TreeSet<String> hashes = new TreeSet<>();
    if (elder.waitsFor() != null) {
      hashes.add(elder.waitsFor());
    }
    if (younger.waitsFor() != null) {
      hashes.add(younger.waitsFor());
    }
    return hashes;
  }

  private void leaveQueues(Link link) {
    TaskMark mark = link.hubspot().task();
    if (mark != null) {
      workspace.remove(DocumentKey.ofRow(link.id(), Long.toString(mark.number())));
    }
  }

  /**
   * Exchanges the records two links hold on one side, with all that is known of them. Neither may
   * have a request open there.
   */
  public void exchange(Link one, Link other, Side side) {
    SideState first = one.side(side);
    SideState second = other.side(side);
    Link changedOne = exchanged(one, side, second);
    Link changedOther = exchanged(other, side, first);
    for (Link changed : new Link[] {changedOne, changedOther}) {
      RecordId record = changed.record(side);
      if (record != null) {
        RecordClaim claim = claim(record);
        workspace.put(
            claim == null ? RecordClaim.of(record, changed.id()) : claim.ownedBy(changed.id()));
      }
      put(changed);
      tell(changed, "exchanged", Map.of("side", side.label()));
    }
  }

  private static Link exchanged(Link link, Side side, SideState brought) {
    SideState across = LinkEdits.amongStrangers(link.side(side.other()));
    return link.with(side, moved(brought, link.side(side))).with(side.other(), across).unmet();
  }

  /** The claim on an address, free where there is none. */
  EmailClaim email(String hash) {
    EmailClaim claim = workspace.get(DocumentKey.ofEmail(hash), EmailClaim.class);
    return claim == null ? EmailClaim.free(hash) : claim;
  }

  /** Adds to the history of the link; of a person who is to be forgotten, without any value. */
  public void tell(Link link, String what, Map<String, String> details) {
    Map<String, String> kept = Departures.isToBeForgotten(link) ? Map.of() : details;
    workspace.tell(new HistoryEntry(link.id(), now, what, kept));
  }
}
