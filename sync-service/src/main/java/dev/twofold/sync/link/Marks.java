package dev.twofold.sync.link;

import dev.twofold.sync.merge.FieldDecision;
import dev.twofold.sync.record.FieldValue;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.watch.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Marks the work of a link, so that whatever happens next a task or the sweep will do it: the mark
 * and HubSpot's row are part of the commit, the task is created after it. One for each unit of
 * work.
 */
public final class Marks {

  /** How many waiting purchases of one link go to the outbox in one commit. */
  private static final int PURCHASES_MAX = 50;

  private static final int URGENCY_PEOPLE = 0;
  private static final int URGENCY_SINGLE = 1;
  private static final int URGENCY_READ = 2;
  private static final int URGENCY_MARK = 3;
  private static final int URGENCY_BACKFILL = 4;

  private final LinkBook book;
  private final Planner planner;
  private final boolean writes;
  private final Duration settle;
  private final @Nullable String trace;
  private final List<Waiting> waiting = new ArrayList<>();

  /**
   * For one unit of work.
   *
   * @param writes whether the tenant writes; otherwise work is only remembered as backlog
   * @param settle how long creates and bulk writes wait for the rest of their values
   * @param trace the {@code traceparent} of what the work is for; null for none
   */
  public Marks(
      LinkBook book, Planner planner, boolean writes, Duration settle, @Nullable String trace) {
    this.book = book;
    this.planner = planner;
    this.writes = writes;
    this.settle = settle;
    this.trace = trace;
  }

  /** The tasks to create once the commit has succeeded. */
  public List<Waiting> waiting() {
    return List.copyOf(waiting);
  }

  /**
   * Marks whatever the link needs.
   *
   * @param lane how urgent the occasion is
   * @param recreate whether tasks of work that waits already are created again, in case they were
   *     lost
   */
  public Link mark(Link link, Lane lane, boolean recreate) {
    return mark(link, lane, recreate, false);
  }

  /** Marks what was known and could not be written before; less urgent than anything else. */
  public Link markBacklog(Link link) {
    return mark(link, Lane.BULK, true, true);
  }

  private Link mark(Link link, Lane lane, boolean recreate, boolean backfill) {
    Plan plan = planner.plan(link);
    if (!writes) {
      return remember(link, plan);
    }
    Link marked = link.backlog() == null ? link : link.withBacklog(null);
    for (Side side : Side.values()) {
      Work work = plan.work(side);
      if (work != null) {
        marked = mark(marked, side, work, new Occasion(lane, recreate, backfill));
      }
    }
    marked = queuePurchases(marked);
    if (!marked.equals(link)) {
      book.put(marked);
      tellDecisions(marked, plan);
    }
    return marked;
  }

  /** Why something is marked now. */
  private record Occasion(Lane lane, boolean recreate, boolean backfill) {}

  private Link mark(Link link, Side side, Work work, Occasion occasion) {
    SideState state = link.side(side);
    TaskMark standing = state.task();
    Lane lane = work.isMarkOnly() ? Lane.BULK : occasion.lane();
    if (standing == null) {
      TaskMark fresh =
          new TaskMark(state.lastNumber() + 1, work.kind(), lane, dueAt(link, side, work, lane));
      return place(link, side, work, fresh, occasion);
    }
    boolean overtakes = lane == Lane.EXPRESS && standing.lane() == Lane.BULK && !work.isMarkOnly();
    if (overtakes) {
      leaveRow(link, side, standing);
      TaskMark raised =
          new TaskMark(state.lastNumber() + 1, work.kind(), lane, dueAt(link, side, work, lane));
      return place(link, side, work, raised, occasion);
    }
    if (occasion.recreate()) {
      waiting.add(
          new Waiting(
              link.id(),
              side,
              Long.toString(standing.number()),
              standing.lane() == Lane.EXPRESS,
              standing.dueAt(),
              trace));
    }
    return link;
  }

  /**
   * Gives the work of that side a fresh number, because its task has ended or its name is used up,
   * and marks whatever the other side needs: changed mappings may want a read there first.
   *
   * @return the link as stored
   */
  public Link renew(Link link, Side side, Lane lane, Instant notBefore) {
    SideState state = link.side(side);
    TaskMark standing = state.task();
    if (standing != null) {
      leaveRow(link, side, standing);
    }
    Work work = writes ? planner.plan(link).work(side) : null;
    Link renewed = link.with(side, state.withTask(null));
    if (work != null) {
      Lane next = work.isMarkOnly() ? Lane.BULK : lane;
      TaskMark raised = new TaskMark(state.lastNumber() + 1, work.kind(), next, notBefore);
      renewed = place(renewed, side, work, raised, new Occasion(next, false, false));
    }
    book.put(renewed);
    return mark(renewed, lane, false);
  }

  private Link place(Link link, Side side, Work work, TaskMark mark, Occasion occasion) {
    boolean urgent = mark.lane() == Lane.EXPRESS;
    String number = Long.toString(mark.number());
    waiting.add(new Waiting(link.id(), side, number, urgent, mark.dueAt(), trace));
    if (side == Side.HUBSPOT) {
      // The number is the link's next one, and the link is committed with the row.
      book.workspace().assumeAbsent(DocumentKey.ofRow(link.id(), Long.toString(mark.number())));
      book.workspace()
          .put(
              new OutboxRow(
                  link.id(),
                  number,
                  work.kind(),
                  urgency(work, mark.lane(), occasion.backfill()),
                  mark.dueAt(),
                  0,
                  "",
                  null,
                  book.now(),
                  sampled(trace)));
    }
    return link.with(side, link.side(side).withTask(mark));
  }

  private void leaveRow(Link link, Side side, TaskMark mark) {
    if (side == Side.HUBSPOT) {
      book.workspace().remove(DocumentKey.ofRow(link.id(), Long.toString(mark.number())));
    }
  }

  private static int urgency(Work work, Lane lane, boolean backfill) {
    if (work.isMarkOnly()) {
      return URGENCY_MARK;
    }
    if (lane == Lane.EXPRESS) {
      return URGENCY_PEOPLE;
    }
    if (work.kind() == WorkKind.READ) {
      return URGENCY_READ;
    }
    return backfill ? URGENCY_BACKFILL : URGENCY_SINGLE;
  }

  private Instant dueAt(Link link, Side side, Work work, Lane lane) {
    boolean settles = work.kind() == WorkKind.CREATE || isReadBeforeCreate(link, side, work);
    boolean waits = settles ? !isComplete(link, side) : lane == Lane.BULK;
    return waits ? book.now().plus(settle) : book.now();
  }

  private static boolean isReadBeforeCreate(Link link, Side side, Work work) {
    return work.kind() == WorkKind.READ && link.record(side.other()) == null;
  }

  /** Whether every mapped property of the record to copy has been told. */
  private boolean isComplete(Link link, Side target) {
    Side source = target.other();
    return link.record(source) != null
        && book.mappings().properties(source).stream()
            .allMatch(property -> link.side(source).register(property).value() != null);
  }

  private Link remember(Link link, Plan plan) {
    Backlog backlog = backlog(plan, link);
    if (backlog == link.backlog()) {
      return link;
    }
    Link remembered = link.withBacklog(backlog);
    book.put(remembered);
    return remembered;
  }

  private static @Nullable Backlog backlog(Plan plan, Link link) {
    Work hubspot = plan.hubspot();
    Work stripe = plan.stripe();
    if (hubspot != null && hubspot.kind() == WorkKind.CREATE) {
      return Backlog.MISSING_HUBSPOT;
    }
    if (stripe != null && stripe.kind() == WorkKind.CREATE) {
      return Backlog.MISSING_STRIPE;
    }
    boolean purchasesWait = link.record(Side.HUBSPOT) != null && !link.purchases().isEmpty();
    return plan.isQuiet() && !purchasesWait ? null : Backlog.DIFFERS;
  }

  private Link queuePurchases(Link link) {
    if (link.record(Side.HUBSPOT) == null || link.purchases().isEmpty()) {
      return link;
    }
    TreeSet<String> left = new TreeSet<>(link.purchases());
    for (String id : link.purchases().stream().limit(PURCHASES_MAX).toList()) {
      Purchase purchase = book.workspace().get(DocumentKey.ofPurchase(id), Purchase.class);
      if (purchase != null && purchase.state() == Purchase.State.WAITING) {
        queue(link, purchase);
      }
      left.remove(id);
    }
    return link.withPurchases(left);
  }

  /** Puts a purchase of the link into the outbox. */
  public void queue(Link link, Purchase purchase) {
    book.workspace().put(purchase.now(Purchase.State.QUEUED, link.id(), null));
    book.workspace()
        .put(
            new OutboxRow(
                link.id(),
                purchase.id(),
                WorkKind.EVENT,
                URGENCY_PEOPLE,
                book.now(),
                0,
                "",
                null,
                book.now(),
                sampled(trace)));
    waiting.add(new Waiting(link.id(), Side.HUBSPOT, purchase.id(), true, book.now(), trace));
  }

  /** Creates the task of a purchase that is in the outbox again, in case it was lost. */
  public void requeue(Purchase purchase) {
    LinkId link = purchase.link();
    if (link != null && purchase.state() == Purchase.State.QUEUED) {
      waiting.add(new Waiting(link, Side.HUBSPOT, purchase.id(), true, book.now(), trace));
    }
  }

  /** Sees to it that a row that failed is drained again when it is due. */
  public void drainAt(OutboxRow row, Instant dueAt) {
    waiting.add(
        new Waiting(
            row.link(), Side.HUBSPOT, row.task() + "-" + row.attempts(), true, dueAt, row.trace()));
  }

  /** A trace that nobody looks at need not be stored. */
  private static @Nullable String sampled(@Nullable String trace) {
    return Traces.isSampled(trace) ? trace : null;
  }

  private void tellDecisions(Link link, Plan plan) {
    Map<String, String> details = new TreeMap<>();
    for (FieldDecision decision : plan.decisions()) {
      FieldValue winner = decision.winner();
      if (decision.behind().isEmpty() && decision.conflict() == null && decision.held() == null) {
        continue;
      }
      details.put(
          decision.field().value(),
          decision.rule().words()
              + (winner == null ? "" : ": " + winner.text())
              + (decision.held() == null ? "" : "; held: " + decision.held())
              + conflict(decision));
    }
    if (!details.isEmpty()) {
      book.tell(link, "decision", details);
    }
  }

  private static String conflict(FieldDecision decision) {
    if (decision.conflict() == null) {
      return "";
    }
    return "; HubSpot had %s (%s), Stripe had %s (%s)"
        .formatted(
            decision.conflict().hubspot().text(),
            decision.conflict().hubspotAt(),
            decision.conflict().stripe().text(),
            decision.conflict().stripeAt());
  }
}
