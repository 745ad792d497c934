package dev.twofold.sync.link;

import dev.twofold.sync.merge.Agreed;
import dev.twofold.sync.merge.Resolution;
import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A person as both systems know them: one record on either side at most, what is known of it, what
 * both sides agree on, and the work that waits.
 *
 * @param createdAt when the link was made, on our clock; the elder of two survives a join
 * @param mappingVersion the mappings it was last merged with
 * @param resolutions what a person has decided about fields whose sides differ
 * @param joinedInto the link that took this one's place; null while it stands
 * @param emails hashes of the addresses that lead to this link
 * @param waitsFor the hash of the address another link holds; null while it waits for none
 * @param purchases ids of purchases that wait for the contact
 * @param backlog work that is known and not marked; null for none
 * @param unlinked why a record that was part of it no longer is, or may not be paired, in words
 * @param latestPurchase what the contact shows of purchases where the account has no custom events;
 *     null where it has, or nothing was bought
 */
public record Link(
    LinkId id,
    Instant createdAt,
    int mappingVersion,
    SideState hubspot,
    SideState stripe,
    Map<FieldName, Agreed> agreed,
    Map<FieldName, Resolution> resolutions,
    @Nullable LinkId joinedInto,
    SortedSet<String> emails,
    @Nullable String waitsFor,
    SortedSet<String> purchases,
    @Nullable Backlog backlog,
    Swings swings,
    @Nullable String unlinked,
    @Nullable LatestPurchase latestPurchase)
    implements Document {

  public Link {
    agreed = Collections.unmodifiableMap(new TreeMap<>(agreed));
    resolutions = Collections.unmodifiableMap(new TreeMap<>(resolutions));
    emails = Collections.unmodifiableSortedSet(new TreeSet<>(emails));
    purchases = Collections.unmodifiableSortedSet(new TreeSet<>(purchases));
  }

  /** A link of nobody yet. */
  public static Link create(LinkId id, Instant now, int mappingVersion) {
    return new Link(
        id,
        now,
        mappingVersion,
        SideState.EMPTY,
        SideState.EMPTY,
        Map.of(),
        Map.of(),
        null,
        new TreeSet<>(),
        null,
        new TreeSet<>(),
        null,
        Swings.NONE,
        null,
        null);
  }

  /** One side of it. */
  public SideState side(Side side) {
    return side == Side.HUBSPOT ? hubspot : stripe;
  }

  /** The record on that side; null while there is none. */
  public @Nullable RecordId record(Side side) {
    return side(side).record();
  }

  /** Whether both sides have a record. */
  public boolean isPair() {
    return hubspot.record() != null && stripe.record() != null;
  }

  /** Whether the marks that we wrote bind the two records together. */
  public boolean isMarked() {
    RecordId contact = hubspot.record();
    RecordId customer = stripe.record();
    if (contact == null || customer == null) {
      return false;
    }
    return customer.id().equals(hubspot.mark()) || contact.id().equals(stripe.mark());
  }

  /** Whether a create for that side has begun and its outcome is not recorded. */
  public boolean isCreating(Side side) {
    SideState state = side(side);
    if (hasOpenCreate(side)) {
      return true;
    }
    return side == Side.HUBSPOT && state.task() != null && state.task().kind() == WorkKind.CREATE;
  }

  /** Whether a create may have been sent whose outcome is not recorded, on either side. */
  boolean hasOpenCreate() {
    return hasOpenCreate(Side.HUBSPOT) || hasOpenCreate(Side.STRIPE);
  }

  private boolean hasOpenCreate(Side side) {
    OpenRequest open = side(side).open();
    return open != null && open.kind() == OpenRequest.Kind.CREATE;
  }

  /** Whether a create has begun on either side. */
  public boolean isCreating() {
    return isCreating(Side.HUBSPOT) || isCreating(Side.STRIPE);
  }

  /** The earliest time at which waiting work is due; null while none waits. */
  public @Nullable Instant dueAt() {
    TaskMark one = hubspot.task();
    TaskMark other = stripe.task();
    if (one == null || other == null) {
      TaskMark only = one == null ? other : one;
      return only == null ? null : only.dueAt();
    }
    return one.dueAt().isBefore(other.dueAt()) ? one.dueAt() : other.dueAt();
  }

  /** The same link with that side changed. */
  public Link with(Side side, SideState changed) {
    return changed(draft -> {
      if (side == Side.HUBSPOT) {
        draft.hubspot = changed;
      } else {
        draft.stripe = changed;
      }
    });
  }

  /** The same link agreeing on something else. */
  public Link agreeing(Map<FieldName, Agreed> changed) {
    return changed(draft -> draft.agreed = changed);
  }

  /** The same link with what a person has decided. */
  public Link resolved(Map<FieldName, Resolution> changed) {
    return changed(draft -> draft.resolutions = changed);
  }

  /** The same link, its sides not having met. */
  public Link unmet() {
    return agreeing(Map.of()).resolved(Map.of());
  }

  /** The same link merged with those mappings. */
  public Link mappedBy(int version) {
    return changed(draft -> draft.mappingVersion = version);
  }

  /** A pointer to the link that took this one's place. */
  public Link joinedInto(LinkId elder) {
    Link nobody = create(id, createdAt, mappingVersion);
    return nobody.changed(draft -> draft.joinedInto = elder);
  }

  /** The same link led to by those addresses and waiting for that one. */
  public Link addressed(SortedSet<String> led, @Nullable String waiting) {
    return changed(draft -> {
      draft.emails = led;
      draft.waitsFor = waiting;
    });
  }

  /** The same link with those purchases waiting. */
  public Link withPurchases(SortedSet<String> waiting) {
    return changed(draft -> draft.purchases = waiting);
  }

  /** The same link with that work known and not marked. */
  public Link withBacklog(@Nullable Backlog known) {
    return changed(draft -> draft.backlog = known);
  }

  /** The same link watched like that. */
  public Link swinging(Swings watched) {
    return changed(draft -> draft.swings = watched);
  }

  /** The same link with that explanation why a record is alone. */
  public Link unlinked(@Nullable String why) {
    return changed(draft -> draft.unlinked = why);
  }

  /** The same link whose contact shows that purchase, or none, in its properties. */
  public Link showing(@Nullable LatestPurchase latest) {
    return changed(draft -> draft.latestPurchase = latest);
  }

  @Override
  public DocumentKey key() {
    return DocumentKey.of(id);
  }

  private Link changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new Link(
        id,
        createdAt,
        draft.mappingVersion,
        draft.hubspot,
        draft.stripe,
        draft.agreed,
        draft.resolutions,
        draft.joinedInto,
        draft.emails,
        draft.waitsFor,
        draft.purchases,
        draft.backlog,
        draft.swings,
        draft.unlinked,
        draft.latestPurchase);
  }

  /** What can change of a link. */
  private static final class Draft {
    private int mappingVersion;
    private SideState hubspot;
    private SideState stripe;
    private Map<FieldName, Agreed> agreed;
    private Map<FieldName, Resolution> resolutions;
    private @Nullable LinkId joinedInto;
    private SortedSet<String> emails;
    private @Nullable String waitsFor;
    private SortedSet<String> purchases;
    private @Nullable Backlog backlog;
    private Swings swings;
    private @Nullable String unlinked;
    private @Nullable LatestPurchase latestPurchase;

    private Draft(Link link) {
      mappingVersion = link.mappingVersion;
      hubspot = link.hubspot;
      stripe = link.stripe;
      agreed = link.agreed;
      resolutions = link.resolutions;
      joinedInto = link.joinedInto;
      emails = link.emails;
      waitsFor = link.waitsFor;
      purchases = link.purchases;
      backlog = link.backlog;
      swings = link.swings;
      unlinked = link.unlinked;
      latestPurchase = link.latestPurchase;
    }
  }
}
