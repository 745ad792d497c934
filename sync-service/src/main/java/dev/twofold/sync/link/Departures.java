package dev.twofold.sync.link;

import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records that leave: deleted, merged away, or to be forgotten. The record across is never deleted;
 * it stays alone and is not written any more. While a request is open the departure waits, because
 * its outcome belongs to the pair as it was.
 */
public final class Departures {

  private static final String ERASED = "erased";
  private static final int MERGES_MAX = 8;

  private final LinkBook book;

  public Departures(LinkBook book) {
    this.book = book;
  }

  /**
   * The record was deleted on its side.
   *
   * @return the link it left; null where it was in none
   */
  public @Nullable Link deleted(RecordId record, Instant at, boolean forever) {
    RecordClaim claim = book.claim(record);
    if (claim == null) {
      claim = new RecordClaim(record, null, false, null, null, false);
    }
    return leave(forever ? claim.erased(at) : claim.living(true, at), forever);
  }

  /**
   * A call found that the record is not there. When it left is told by its own notice only, on its
   * side's own clock: until then any restoration counts.
   *
   * @return the link it left; null where it was in none
   */
  public @Nullable Link gone(RecordId record) {
    RecordClaim claim = book.claim(record);
    return leave(
        claim == null
            ? new RecordClaim(record, null, true, null, null, false)
            : new RecordClaim(
                record, claim.link(), true, claim.lifeAt(), claim.mergedInto(), claim.erased()),
        false);
  }

  private @Nullable Link leave(RecordClaim gone, boolean forever) {
    RecordId record = gone.record();
    book.workspace().put(gone);
    Link link = book.owner(record);
    if (link == null || !gone.deleted()) {
      return link;
    }
    RecordId held = link.record(record.side());
    if (!record.equals(held)) {
      // Whoever has taken its place since is somebody else, who is not to be forgotten.
      return forever && held == null ? forget(link) : link;
    }
    String why = (gone.erased() ? ERASED + " on " : "deleted on ") + record.side().label();
    Link leaving = link.with(record.side(), link.side(record.side()).leaving(why));
    book.put(leaving);
    return finish(leaving);
  }

  /** The deleted record is there again: it goes back to its link, if its place is still free. */
  public @Nullable Link restored(RecordId record, Instant at) {
    RecordClaim claim = book.claim(record);
    if (claim == null) {
      Link opened = book.open(record, null);
      // The notice of the deletion before may still be on its way.
      book.workspace().put(RecordClaim.of(record, opened.id()).living(false, at));
      return opened;
    }
    RecordClaim living = claim.living(false, at);
    if (claim.erased() || living.deleted()) {
      return claim.link() == null ? null : book.link(claim.link());
    }
    book.workspace().put(living);
    Link link = claim.link() == null ? null : book.link(claim.link());
    RecordId held = link == null ? null : link.record(record.side());
    if (link == null || (held != null && !held.equals(record))) {
      return book.open(record, null);
    }
    Link back = book.attach(link, record, null);
    SideState state = back.side(record.side());
    Link read = back.with(record.side(), state.reading(true));
    book.put(read);
    return read;
  }

  /**
   * Records were merged into one that survives; it keeps its link, or takes over a loser's.
   *
   * @param losers of whom the first comes first: where a new record survives, it takes that one's
   *     place, even if that one leaves its link later than the others
   */
  public List<Link> merged(RecordId survivor, List<RecordId> losers, Instant at) {
    Link kept = book.owner(survivor);
    if (kept == null) {
      kept = book.open(survivor, null);
    }
    kept = kept.with(survivor.side(), kept.side(survivor.side()).reading(true));
    book.put(kept);
    List<Link> touched = new ArrayList<>();
    for (RecordId loser : losers) {
      RecordId heir = loser.equals(losers.getFirst()) ? survivor : losers.getFirst();
      Link link = book.owner(loser);
      RecordClaim claim = book.claim(loser);
      RecordClaim merged =
          (claim == null ? new RecordClaim(loser, null, false, null, null, false) : claim)
              .mergedInto(heir, at);
      book.workspace().put(merged);
      if (link == null || !loser.equals(link.record(loser.side()))) {
        continue;
      }
      Link leaving =
          link.with(
              loser.side(),
              link.side(loser.side())
                  .leaving("merged into " + survivor.type() + " " + survivor.id()));
      book.put(leaving);
      touched.add(finish(leaving));
    }
    Link survives = book.link(kept.id());
    touched.addFirst(survives == null ? kept : survives);
    return touched;
  }

  /** Completes departures that waited for an open request, now that none is open. */
  public Link finish(Link link) {
    if (link.hubspot().open() != null || link.stripe().open() != null) {
      return link;
    }
    Link left = link;
    for (Side side : Side.values()) {
      RecordId record = left.record(side);
      String why = left.side(side).stopped();
      if (record != null && why != null) {
        left = leave(left, side, record, why);
      }
    }
    return left;
  }

  /** Whether nothing of the person is to be kept, be it only until a request has its outcome. */
  static boolean isToBeForgotten(Link link) {
    return Stream.of(link.hubspot().stopped(), link.stripe().stopped(), link.unlinked())
        .anyMatch(why -> why != null && why.startsWith(ERASED));
  }

  private Link leave(Link link, Side side, RecordId record, String why) {
    Link vacated = book.vacate(link, side, why);
    RecordClaim claim = book.claim(record);
    if (claim == null) {
      return vacated;
    }
    if (claim.erased()) {
      return forget(vacated);
    }
    RecordId survivor = claim.mergedInto();
    if (survivor == null) {
      return vacated;
    }
    Link kept = standing(survivor);
    boolean takesOver =
        kept != null
            && !kept.id().equals(vacated.id())
            && kept.record(side.other()) == null
            && vacated.record(side.other()) != null
            && !kept.isCreating()
            && kept.side(side.other()).open() == null;
    return takesOver && kept != null ? book.join(kept, vacated) : vacated;
  }

  /** The link of that record, or of the one it was merged into since. */
  private @Nullable Link standing(RecordId survivor) {
    RecordId next = survivor;
    for (int merge = 0; merge < MERGES_MAX; merge++) {
      Link link = book.owner(next);
      if (link != null && next.equals(link.record(next.side()))) {
        return link;
      }
      RecordClaim claim = book.claim(next);
      if (claim == null || claim.mergedInto() == null) {
        return link;
      }
      next = claim.mergedInto();
    }
    // So long a chain is nobody's to take over: what was paired with it stays alone.
    return null;
  }

  /**
   * Forgets everything about the person: values, what was agreed, and the record across, of which
   * nothing is learnt again. The ids stay, so that nobody is made anew.
   */
  private Link forget(Link link) {
    Link forgotten = link;
    for (Side side : Side.values()) {
      RecordId record = forgotten.record(side);
      if (record != null) {
        RecordClaim claim = book.claim(record);
        if (claim != null) {
          book.workspace()
              .put(
                  new RecordClaim(
                      record, claim.link(), claim.deleted(), claim.lifeAt(), null, true));
        }
      }
      forgotten = LinkEdits.vacated(forgotten, side, ERASED);
    }
    forgotten = forgotten.withPurchases(new TreeSet<>()).showing(null).withBacklog(null);
    book.put(forgotten);
    book.tell(forgotten, ERASED, Map.of());
    return forgotten;
  }
}
