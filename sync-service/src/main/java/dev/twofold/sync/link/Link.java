package dev.twofold.sync.link;

import dev.twofold.sync.merge.Agreed;
import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A person as both systems know them: one record on either side at most, what is known of it, what
 * both sides agree on, and the work that waits.
 *
 * @param createdAt when the link was made, on our clock; the elder of two survives a join
 * @param mappingVersion the mappings it was last merged with
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
    if (state.open() != null && state.open().kind() == OpenRequest.Kind.CREATE) {
      return true;
    }
    return side == Side.HUBSPOT && state.task() != null && state.task().kind() == WorkKind.CREATE;
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
    return copy(
        side == Side.HUBSPOT ? changed : hubspot, side == Side.STRIPE ? changed : stripe, agreed);
  }

  /** The same link agreeing on something else. */
  public Link agreeing(Map<FieldName, Agreed> changed) {
    return copy(hubspot, stripe, changed);
  }

  private Link copy(SideState first, SideState second, Map<FieldName, Agreed> values) {
    return new Link(
        id,
        createdAt,
        mappingVersion,
        first,
        second,
        values,
        joinedInto,
        emails,
        waitsFor,
        purchases,
        backlog,
        swings,
        unlinked,
        latestPurchase);
  }

  /** The same link merged with those mappings. */
  public Link mappedBy(int version) {
    return new Link(
        id,
        createdAt,
        version,
        hubspot,
        stripe,
        agreed,
        joinedInto,
        emails,
        waitsFor,
        purchases,
        backlog,
        swings,
        unlinked,
        latestPurchase);
  }

  /** A pointer to the link that took this one's place. */
  public Link joinedInto(LinkId elder) {
    return new Link(
        id,
        createdAt,
        mappingVersion,
        SideState.EMPTY,
        SideState.EMPTY,
        Map.of(),
        elder,
        new TreeSet<>(),
        null,
        new TreeSet<>(),
        null,
        Swings.NONE,
        null,
        null);
  }

  /** The same link led to by those addresses and waiting for that one. */
  public Link addressed(SortedSet<String> led, @Nullable String waiting) {
    return new Link(
        id,
        createdAt,
        mappingVersion,
        hubspot,
        stripe,
        agreed,
        joinedInto,
        led,
        waiting,
        purchases,
        backlog,
        swings,
        unlinked,
        latestPurchase);
  }

  /** The same link with those purchases waiting. */
  public Link withPurchases(SortedSet<String> waiting) {
    return new Link(
        id,
        createdAt,
        mappingVersion,
        hubspot,
        stripe,
        agreed,
        joinedInto,
        emails,
        waitsFor,
        waiting,
        backlog,
        swings,
        unlinked,
        latestPurchase);
  }

  /** The same link with that work known and not marked. */
  public Link withBacklog(@Nullable Backlog known) {
    return new Link(
        id,
        createdAt,
        mappingVersion,
        hubspot,
        stripe,
        agreed,
        joinedInto,
        emails,
        waitsFor,
        purchases,
        known,
        swings,
        unlinked,
        latestPurchase);
  }

  /** The same link watched like that. */
  public Link swinging(Swings watched) {
    return new Link(
        id,
        createdAt,
        mappingVersion,
        hubspot,
        stripe,
        agreed,
        joinedInto,
        emails,
        waitsFor,
        purchases,
        backlog,
        watched,
        unlinked,
        latestPurchase);
  }

  /** The same link with that explanation why a record is alone. */
  public Link unlinked(@Nullable String why) {
    return new Link(
        id,
        createdAt,
        mappingVersion,
        hubspot,
        stripe,
        agreed,
        joinedInto,
        emails,
        waitsFor,
        purchases,
        backlog,
        swings,
        why,
        latestPurchase);
  }

  /** The same link whose contact shows that purchase, or none, in its properties. */
  public Link showing(@Nullable LatestPurchase latest) {
    return new Link(
        id,
        createdAt,
        mappingVersion,
        hubspot,
        stripe,
        agreed,
        joinedInto,
        emails,
        waitsFor,
        purchases,
        backlog,
        swings,
        unlinked,
        latest);
  }

  @Override
  public DocumentKey key() {
    return DocumentKey.of(id);
  }
}
