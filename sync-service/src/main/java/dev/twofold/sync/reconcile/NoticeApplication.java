package dev.twofold.sync.reconcile;

import dev.twofold.sync.link.Addresses;
import dev.twofold.sync.link.Departures;
import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.EmailClaim;
import dev.twofold.sync.link.EmailHash;
import dev.twofold.sync.link.ForeignChange;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkBook;
import dev.twofold.sync.link.LinkEdits;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.Marks;
import dev.twofold.sync.link.OpenRequest;
import dev.twofold.sync.link.Purchase;
import dev.twofold.sync.link.RecordClaim;
import dev.twofold.sync.link.SideState;
import dev.twofold.sync.merge.OwnWrite;
import dev.twofold.sync.merge.Register;
import dev.twofold.sync.merge.Stamp;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Takes the notices about one record into its link: one unit of a workspace. */
final class NoticeApplication {

  private static final String MARK_PROPERTY = "stripe_customer_id";

  private final LinkBook book;
  private final Addresses addresses;
  private final Departures departures;
  private final Marks marks;
  private final Set<LinkId> erased = new HashSet<>();

  NoticeApplication(LinkBook book, Marks marks) {
    this.book = book;
    this.addresses = new Addresses(book);
    this.departures = new Departures(book);
    this.marks = marks;
  }

  /** Links whose history is to be forgotten once the commit has succeeded. */
  Set<LinkId> erased() {
    return Set.copyOf(erased);
  }

  /** Takes in all notices about one record, then pairs and marks what they touched. */
  void apply(List<ChangeNotice> all) {
    List<ChangeNotice> notices = all.stream().filter(this::isOfThisKind).toList();
    List<LinkId> touched = new ArrayList<>();
    boolean changed = false;
    Lane lane = Lane.BULK;
    for (ChangeNotice notice : notices) {
      lane = lane.urgent(notice.lane());
      Link before = owner(notice);
      List<Link> after = take(notice);
      for (Link link : after) {
        changed |= before == null || !link.equals(before) || after.size() > 1;
        if (!touched.contains(link.id())) {
          touched.add(link.id());
        }
      }
    }
    for (LinkId id : touched) {
      Link link = book.link(id);
      if (link != null) {
        arrange(link, lane, !changed);
      }
    }
  }

  /** An app hears of companies as well; a tenant that pairs people has nothing to do with them. */
  private boolean isOfThisKind(ChangeNotice notice) {
    RecordId record = notice.record();
    return record.type().equals(book.mappings().type(record.side()));
  }

  private @Nullable Link owner(ChangeNotice notice) {
    boolean guest = notice instanceof ChangeNotice.Purchased purchased && purchased.guest();
    return guest ? null : book.owner(notice.record());
  }

  private void arrange(Link link, Lane lane, boolean recreate) {
    List<Link> arranged = addresses.arrange(link);
    for (Link each : arranged) {
      marks.mark(each, lane, recreate);
    }
  }

  private List<Link> take(ChangeNotice notice) {
    Link link =
        switch (notice) {
          case ChangeNotice.Created created -> created(created);
          case ChangeNotice.Changed changed -> changed(changed);
          case ChangeNotice.ChangedByUs ours -> changedByUs(ours);
          case ChangeNotice.Deleted deleted -> deleted(deleted);
          case ChangeNotice.Restored restored ->
              departures.restored(restored.record(), restored.at());
          case ChangeNotice.Purchased purchased -> purchased(purchased);
          case ChangeNotice.Merged ignored -> null;
        };
    if (notice instanceof ChangeNotice.Merged merged) {
      return departures.merged(merged.record(), merged.losers(), merged.at());
    }
    return link == null ? List.of() : List.of(link);
  }

  private @Nullable Link created(ChangeNotice.Created notice) {
    RecordId record = notice.record();
    RecordClaim claim = book.claim(record);
    if (claim != null && isGone(claim, notice.at())) {
      return null;
    }
    Link owned = book.owner(record);
    Link link = owned == null ? book.open(record, notice.at()) : owned;
    if (!record.equals(link.record(record.side()))) {
      return link;
    }
    Map<String, String> mapped = heard(link, record.side(), notice.values());
    Link changed = noticed(link, record.side(), mapped, notice.at());
    SideState state = changed.side(record.side()).made(notice.at());
    // A contact that was found before is read first: its creation may be long ago.
    state = state.mustRead() ? state : state.completed();
    String mark = notice.mark();
    state = mark == null || state.mark() != null ? state : state.marked(mark);
    changed = changed.with(record.side(), state);
    return store(link, changed, notice, "created", mapped);
  }

  private @Nullable Link changed(ChangeNotice.Changed notice) {
    RecordId record = notice.record();
    RecordClaim claim = book.claim(record);
    if (claim != null && isGone(claim, notice.at())) {
      return null;
    }
    Link owned = book.owner(record);
    // Nobody has told us of it yet, so it is to be read, whatever it was that changed.
    Link link = owned == null ? book.open(record, null) : owned;
    if (!record.equals(link.record(record.side()))) {
      return link;
    }
    Map<String, String> mapped = heard(link, record.side(), notice.values());
    Link changed = noticed(link, record.side(), mapped, notice.at());
    return store(link, changed, notice, "changed", mapped);
  }

  /** What is mapped of it; where anything else is passed over, the link keeps that. */
  private Map<String, String> heard(Link link, Side side, Map<String, String> values) {
    Map<String, String> mapped = new HashMap<>(values);
    mapped.keySet().retainAll(book.mappings().properties(side));
    if (mapped.size() < values.size()) {
      keepMappings(link);
    }
    return mapped;
  }

  /**
   * Stores with which mappings a change was passed over: a field that was off only between two
   * versions would otherwise seem to have been listened to all the time.
   */
  private void keepMappings(Link link) {
    Link stored = book.workspace().get(DocumentKey.of(link.id()), Link.class);
    if (stored != null && stored.mappingVersion() < link.mappingVersion()) {
      book.put(link);
    }
  }

  private Link noticed(Link link, Side side, Map<String, String> values, Instant at) {
    ForeignChange change = new ForeignChange(side, values, at);
    return LinkEdits.noticed(link, change, book.mappings(), book.now());
  }

  /**
   * HubSpot has no idempotency keys, so what comes under our app's name is compared: equal to what
   * the link knows, or older than our last call, it is nothing; otherwise a read tells.
   */
  private @Nullable Link changedByUs(ChangeNotice.ChangedByUs notice) {
    RecordId record = notice.record();
    Link link = book.owner(record);
    if (link == null || !record.equals(link.record(record.side()))) {
      return null;
    }
    SideState state = link.side(record.side());
    boolean mapped = book.mappings().properties(record.side()).contains(notice.property());
    if (!mapped && !notice.property().equals(MARK_PROPERTY)) {
      keepMappings(link);
      return link;
    }
    if (isKnown(state, notice) || state.mustRead()) {
      return link;
    }
    Link unsure = link.with(record.side(), state.reading(true));
    return store(
        link, unsure, notice, "changed under our name", Map.of(notice.property(), notice.value()));
  }

  private static boolean isKnown(SideState state, ChangeNotice.ChangedByUs notice) {
    if (notice.property().equals(MARK_PROPERTY)) {
      String mark = state.mark();
      OpenRequest open = state.open();
      return mark == null
          || mark.equals(notice.value())
          || (open != null && notice.value().equals(open.mark()));
    }
    Register register = state.register(notice.property());
    OpenRequest open = state.open();
    OwnWrite write = register.write();
    Stamp seen = register.seen();
    return notice.value().equals(register.value())
        || (open != null && notice.value().equals(open.values().get(notice.property())))
        || (write != null && notice.at().isBefore(write.span().from()))
        || (register.asOf() != null && notice.at().isBefore(register.asOf()))
        || (seen != null && notice.at().isBefore(seen.at()));
  }

  private @Nullable Link deleted(ChangeNotice.Deleted notice) {
    Link link = departures.deleted(notice.record(), notice.at(), notice.forever());
    if (link != null && notice.forever()) {
      erased.add(link.id());
    }
    return link;
  }

  private @Nullable Link purchased(ChangeNotice.Purchased notice) {
    Purchase known =
        book.workspace().get(DocumentKey.ofPurchase(notice.purchase()), Purchase.class);
    if (known != null) {
      marks.requeue(known);
      return known.link() == null ? null : book.link(known.link());
    }
    Purchase purchase =
        new Purchase(
            notice.purchase(),
            notice.amount(),
            notice.currency(),
            notice.guest() ? null : notice.record().id(),
            notice.email() == null ? null : EmailHash.of(book.tenant(), notice.email()),
            notice.at(),
            null,
            Purchase.State.WAITING,
            null);
    Link link = notice.guest() ? ofAddress(purchase.emailHash()) : ofCustomer(notice);
    if (link == null) {
      book.workspace().put(purchase);
      return null;
    }
    book.workspace().put(purchase.now(Purchase.State.WAITING, link.id(), null));
    TreeSet<String> waiting = new TreeSet<>(link.purchases());
    waiting.add(purchase.id());
    Link listed = link.withPurchases(waiting);
    book.put(listed);
    book.tell(
        listed,
        "purchase",
        Map.of("id", purchase.id(), "amount", purchase.amount() + " " + purchase.currency()));
    return listed;
  }

  private @Nullable Link ofCustomer(ChangeNotice.Purchased notice) {
    RecordClaim claim = book.claim(notice.record());
    if (claim != null && claim.erased()) {
      return null;
    }
    Link owned = book.owner(notice.record());
    if (owned == null) {
      return book.open(notice.record(), null);
    }
    boolean waits = owned.waitsFor() != null && owned.record(Side.HUBSPOT) == null;
    Link holder = waits ? ofAddress(owned.waitsFor()) : null;
    return holder == null ? owned : holder;
  }

  private @Nullable Link ofAddress(@Nullable String hash) {
    if (hash == null) {
      return null;
    }
    EmailClaim claim = book.workspace().get(DocumentKey.ofEmail(hash), EmailClaim.class);
    return claim == null || claim.holder() == null ? null : book.link(claim.holder());
  }

  private static boolean isGone(RecordClaim claim, Instant at) {
    Instant life = claim.lifeAt();
    return claim.erased() || (claim.deleted() && (life == null || !at.isAfter(life)));
  }

  private Link store(
      Link before, Link after, ChangeNotice notice, String what, Map<String, String> values) {
    if (after.equals(before)) {
      return before;
    }
    book.put(after);
    Map<String, String> details = new HashMap<>(values);
    details.put("what", notice.record().side().label() + " record " + what);
    details.put("at", notice.at().toString());
    book.tell(after, "notice", details);
    return after;
  }
}
