package dev.twofold.sync.link;

import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.merge.Register;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Pairs links by e-mail address, and by our own marks before that. An address leads to one link;
 * the others that hold it wait, visibly, until it is free. Waiting holds back a pairing, never a
 * write inside a pair.
 */
public final class Addresses {

  /** How many of those who wait are looked at when an address becomes free. */
  private static final int WOKEN_MAX = 20;

  private static final String SAME_EMAIL = "unlinked: same e-mail";
  private static final String ITS_MARK_NAMES = "the %s record its mark names ";

  private final LinkBook book;

  public Addresses(LinkBook book) {
    this.book = book;
  }

  /**
   * Brings the link's claims in step with what it holds now, and pairs it where that is due.
   *
   * @return every link this has changed, the arranged one first; it may have been joined into
   *     another
   */
  public List<Link> arrange(Link link) {
    Map<LinkId, Link> touched = new LinkedHashMap<>();
    Link arranged = byMark(link);
    touched.put(arranged.id(), arranged);
    List<String> freed = new ArrayList<>();
    arranged = leaveAddresses(arranged, freed);
    touched.put(arranged.id(), arranged);
    for (String hash : addresses(arranged)) {
      arranged = claim(arranged, hash, touched);
    }
    for (String hash : freed) {
      wake(hash, touched);
    }
    List<Link> all = new ArrayList<>();
    Link stands = book.link(link.id());
    if (stands != null) {
      all.add(stands);
    }
    for (LinkId id : touched.keySet()) {
      Link each = book.link(id);
      if (each != null && all.stream().noneMatch(known -> known.id().equals(each.id()))) {
        all.add(each);
      }
    }
    return all;
  }

  /**
   * A create of the link has just ended. Those who waited for it look again; and because they
   * decided on it, their claims are written even where nothing changes.
   */
  public List<Link> createEnded(Link link) {
    Map<LinkId, Link> touched = new LinkedHashMap<>();
    for (String hash : link.emails()) {
      book.workspace().put(book.email(hash));
      wake(hash, touched);
    }
    return touched.keySet().stream().map(book::link).filter(each -> each != null).toList();
  }

  /** Our marks on a contact name its customer, and known contacts are named by their customers. */
  private Link byMark(Link link) {
    RecordId contact = link.record(Side.HUBSPOT);
    RecordId customer = link.record(Side.STRIPE);
    if (contact != null && customer == null) {
      return named(link, link.hubspot().mark(), Side.STRIPE);
    }
    if (customer != null && contact == null) {
      return named(link, link.stripe().mark(), Side.HUBSPOT);
    }
    return link;
  }

  private Link named(Link link, @Nullable String mark, Side missing) {
    if (mark == null || mark.isEmpty() || link.side(missing).stopped() != null) {
      return link;
    }
    RecordId named;
    try {
      named = new RecordId(missing, book.mappings().type(missing), mark);
    } catch (IllegalArgumentException someoneElsesWriting) {
      return link;
    }
    RecordClaim claim = book.claim(named);
    if (claim == null) {
      // HubSpot's property is unique and ours; Stripe's metadata is copied about by people.
      return missing == Side.STRIPE ? book.attach(link, named, null) : link;
    }
    Side mine = missing.other();
    Link other = claim.link() == null ? null : book.link(claim.link());
    boolean elsewhere =
        other != null && !other.id().equals(link.id()) && named.equals(other.record(missing));
    if (elsewhere && other != null && (link.isCreating() || other.isCreating())) {
      // Whom it belongs to is known once the create has ended: until then it is read again.
      Link again = link.with(mine, link.side(mine).reading(true));
      book.put(again);
      return again;
    }
    if (claim.deleted() || claim.erased() || claim.link() == null) {
      // Nobody is made anew in its place.
      return alone(link, missing, "was deleted");
    }
    if (!elsewhere || other == null) {
      return link;
    }
    if (other.record(mine) == null) {
      return other.side(mine).open() == null && link.side(missing).open() == null
          ? book.join(other, link)
          : link;
    }
    boolean mayTakeOver =
        !other.isMarked() && other.side(mine).open() == null && other.side(missing).open() == null;
    if (mayTakeOver) {
      book.exchange(other, link, mine);
      Link taken = book.link(other.id());
      return taken == null ? link : taken;
    }
    return alone(link, missing, "belongs to another pair");
  }

  /** The customer that a contact's mark names cannot become its other half: it says why. */
  private Link alone(Link link, Side missing, String because) {
    String why = ITS_MARK_NAMES.formatted(missing.label()) + because;
    if (missing == Side.HUBSPOT || why.equals(link.unlinked())) {
      return link;
    }
    Link alone = link.unlinked(why);
    book.put(alone);
    return alone;
  }

  private Link leaveAddresses(Link link, List<String> freed) {
    Set<String> held = addresses(link);
    TreeSet<String> led = new TreeSet<>(link.emails());
    for (String hash : link.emails()) {
      if (!held.contains(hash)) {
        EmailClaim claim = book.email(hash);
        if (link.id().equals(claim.holder())) {
          book.workspace().put(claim.heldBy(null));
          freed.add(hash);
        }
        led.remove(hash);
      }
    }
    String waits = link.waitsFor();
    if (waits != null && !(held.contains(waits) && book.mappings().matchByEmail())) {
      book.workspace().put(book.email(waits).without(link.id()));
      waits = null;
    }
    Link left = link.addressed(led, waits);
    if (!left.equals(link)) {
      book.put(waits == null ? waitingNoMore(left) : left);
    }
    return left;
  }

  private Link claim(Link link, String hash, Map<LinkId, Link> touched) {
    EmailClaim claim = book.email(hash);
    Link holder = claim.holder() == null ? null : book.link(claim.holder());
    if (holder != null && !holder.id().equals(link.id()) && addresses(holder).contains(hash)) {
      if (!book.mappings().matchByEmail()) {
        // Whoever had it first is still found by it, as guests' purchases are; nobody is paired.
        return link;
      }
      touched.put(holder.id(), holder);
      return meet(link, holder, claim);
    }
    if (holder != null && !holder.id().equals(link.id())) {
      TreeSet<String> led = new TreeSet<>(holder.emails());
      led.remove(hash);
      book.put(holder.addressed(led, holder.waitsFor()));
    }
    boolean held = link.id().equals(claim.holder()) && link.emails().contains(hash);
    return held && !hash.equals(link.waitsFor()) ? link : take(link, claim);
  }

  private Link take(Link link, EmailClaim claim) {
    TreeSet<String> led = new TreeSet<>(link.emails());
    led.add(claim.hash());
    boolean waited = claim.hash().equals(link.waitsFor());
    Link taken = link.addressed(led, waited ? null : link.waitsFor());
    taken = waited ? waitingNoMore(taken) : taken;
    book.workspace().put(claim.heldBy(link.id()));
    book.put(taken);
    return taken;
  }

  /** Two links hold one address: one pair, or one that holds it and one that waits. */
  private Link meet(Link newcomer, Link holder, EmailClaim claim) {
    if (newcomer.isPair()) {
      return newcomer;
    }
    boolean busy =
        newcomer.isCreating() || holder.isCreating() || isOpen(newcomer) || isOpen(holder);
    Side mine = newcomer.record(Side.HUBSPOT) != null ? Side.HUBSPOT : Side.STRIPE;
    if (newcomer.record(mine) == null) {
      return newcomer;
    }
    boolean fits = holder.record(mine) == null && newcomer.record(mine.other()) == null;
    if (fits && (isUnread(newcomer) || isUnread(holder))) {
      return readFirst(newcomer, holder);
    }
    if (fits && !busy && !belongsElsewhere(newcomer, holder)) {
      return book.join(holder, newcomer);
    }
    boolean older = !fits && isOlder(newcomer.side(mine), holder.side(mine));
    boolean unmarked = !holder.isMarked() && !isMarkedElsewhere(newcomer);
    if (older && unmarked && !busy) {
      if (holder.isPair()) {
        book.exchange(holder, newcomer, mine);
        Link younger = reload(newcomer);
        return await(younger, claim);
      }
      Link waiting = await(reload(holder), claim.heldBy(newcomer.id()));
      TreeSet<String> led = new TreeSet<>(waiting.emails());
      led.remove(claim.hash());
      book.put(waiting.addressed(led, waiting.waitsFor()));
      return take(newcomer, book.email(claim.hash()));
    }
    return await(newcomer, claim);
  }

  /**
   * A customer of whom no more than a change is known may be the outcome of a create of ours that
   * is still open, for another contact.
   */
  private static boolean isUnread(Link link) {
    SideState state = link.stripe();
    return state.record() != null && state.mark() == null && !state.complete();
  }

  private Link readFirst(Link newcomer, Link holder) {
    for (Link link : List.of(holder, newcomer)) {
      Side side = link.record(Side.STRIPE) != null ? Side.STRIPE : Side.HUBSPOT;
      book.put(link.with(side, link.side(side).reading(true)));
    }
    return reload(newcomer);
  }

  private Link await(Link link, EmailClaim claim) {
    book.workspace().put(claim.awaitedBy(link.id()));
    boolean known = claim.hash().equals(link.waitsFor());
    Link waiting = link.addressed(link.emails(), claim.hash());
    waiting = isAloneByMark(link) ? waiting : waiting.unlinked(SAME_EMAIL);
    if (!known) {
      book.put(waiting);
    }
    return waiting;
  }

  /** What its mark says holds, whether its address is free or not. */
  private static Link waitingNoMore(Link link) {
    return isAloneByMark(link) ? link : link.unlinked(null);
  }

  private static boolean isAloneByMark(Link link) {
    String why = link.unlinked();
    return why != null && why.startsWith(ITS_MARK_NAMES.formatted(Side.STRIPE.label()));
  }

  private void wake(String hash, Map<LinkId, Link> touched) {
    List<LinkId> waiting = book.email(hash).waiting();
    for (LinkId id : waiting.stream().limit(WOKEN_MAX).toList()) {
      Link waiter = book.link(id);
      if (waiter == null || !hash.equals(waiter.waitsFor())) {
        book.workspace().put(book.email(hash).without(id));
        continue;
      }
      Link woken = claim(waiter, hash, touched);
      touched.put(woken.id(), woken);
      touched.put(waiter.id(), waiter);
    }
  }

  private Link reload(Link link) {
    Link stands = book.link(link.id());
    if (stands == null) {
      throw new IllegalStateException("link " + link.id() + " was stored in this commit");
    }
    return stands;
  }

  private static boolean isOpen(Link link) {
    return link.hubspot().open() != null || link.stripe().open() != null;
  }

  /** The newcomer's mark names a record across that is not the one it would be paired with. */
  private boolean belongsElsewhere(Link newcomer, Link holder) {
    boolean newcomerIsContact = newcomer.record(Side.HUBSPOT) != null;
    Link withContact = newcomerIsContact ? newcomer : holder;
    Link withCustomer = newcomerIsContact ? holder : newcomer;
    String mark = withContact.hubspot().mark();
    RecordId customer = withCustomer.record(Side.STRIPE);
    return mark != null
        && !mark.isEmpty()
        && customer != null
        && !mark.equals(customer.id())
        && isLiving(mark);
  }

  private boolean isLiving(String customer) {
    try {
      RecordClaim claim =
          book.claim(new RecordId(Side.STRIPE, book.mappings().type(Side.STRIPE), customer));
      return claim != null && !claim.deleted();
    } catch (IllegalArgumentException someoneElsesWriting) {
      return false;
    }
  }

  private static boolean isMarkedElsewhere(Link link) {
    String mark = link.hubspot().mark();
    return link.record(Side.HUBSPOT) != null && mark != null && !mark.isEmpty();
  }

  private static boolean isOlder(SideState one, SideState other) {
    Instant first = one.recordCreatedAt();
    Instant second = other.recordCreatedAt();
    RecordId firstId = one.record();
    RecordId secondId = other.record();
    if (first == null || second == null || firstId == null || secondId == null) {
      return false;
    }
    int byTime = first.compareTo(second);
    return byTime < 0 || (byTime == 0 && firstId.id().compareTo(secondId.id()) < 0);
  }

  /** The hashes of every address a side of the link holds or an open create carries. */
  private Set<String> addresses(Link link) {
    Set<String> hashes = new TreeSet<>();
    Optional<FieldMapping> email = book.mappings().email();
    if (email.isEmpty()) {
      return hashes;
    }
    for (Side side : Side.values()) {
      String property = email.get().properties(side).getFirst();
      if (link.record(side) != null) {
        Register register = link.side(side).register(property);
        add(hashes, register.value());
        add(hashes, register.claimedValue());
      }
      OpenRequest open = link.side(side).open();
      if (open != null && open.kind() == OpenRequest.Kind.CREATE) {
        add(hashes, open.values().get(property));
      }
    }
    return hashes;
  }

  private void add(Set<String> hashes, @Nullable String address) {
    if (address != null && !address.isBlank()) {
      hashes.add(EmailHash.of(book.tenant(), address));
    }
  }
}
