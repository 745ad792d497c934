package dev.twofold.sync.pacing;

import dev.twofold.sync.record.Lane;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Decides which of the waiting calls may leave, and when. Time is handed in as nanoseconds and must
 * not run backwards. Not safe for threads.
 *
 * <p>The law: at most <em>limit</em> calls are on their way out, or have been sent less than one
 * second and half a margin ago, so no sliding second holds more than the limit of them, however
 * long a thread takes from its slot to the socket. A slot is a whole margin after the one it
 * follows: a call that is sent late by less than half a margin costs nothing, as the next slots
 * stay where they were. One that takes longer holds up one slot of the limit, and no other call.
 *
 * <p>Express calls take the next slot. Bulk calls are spread evenly over the second, so that a
 * backlog of theirs leaves a slot soon at any time; while both wait, bulk gets five slots a second
 * or a little more, and never more than every other one.
 */
public final class PaceSchedule {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long NEVER = Long.MIN_VALUE / 4;

  /**
   * How far the even spread may fall behind and still be caught up with: what is longer is lost, as
   * after a stop of the whole process, and what is caught up with leaves people no slot between two
   * bulk calls. Where slots are far apart they feel that first, so it is less there.
   */
  private static final long LAG_MIN = Duration.ofMillis(100).toNanos();

  /** The lag where slots are close, and three times the time between two of them, together. */
  private static final long LAG_AND_SPACINGS = Duration.ofMillis(250).toNanos();

  /** A little above the five that are promised, so that rounding to whole slots keeps them. */
  private static final double BULK_SHARE_PER_SECOND = 5.5;

  /** A call that waits to leave. */
  public static final class Ticket {
    private final Lane lane;
    private final long offeredAt;
    private long slot = NEVER;

    private Ticket(Lane lane, long offeredAt) {
      this.lane = lane;
      this.offeredAt = offeredAt;
    }

    /** Its lane. */
    public Lane lane() {
      return lane;
    }
  }

  private final long margin;
  private final long lateFree;
  private final ArrayDeque<Ticket> express = new ArrayDeque<>();
  private final ArrayDeque<Ticket> bulk = new ArrayDeque<>();

  /** Calls that may leave, and of which nobody has said yet that they were sent. */
  private final List<Ticket> leaving = new ArrayList<>();

  /** When the last calls count as sent, in order; the first {@code sentCount} are in use. */
  private final long[] sent = new long[PaceSettings.LIMIT_MAX];

  private int sentCount;
  private int limit;
  private long window;
  private long spread = NEVER;
  private long heldUntil = NEVER;
  private double bulkCredit;

  public PaceSchedule(int limit, Duration margin) {
    this.margin = margin.toNanos();
    this.lateFree = this.margin / 2;
    PaceSettings.refuseLimit(limit);
    this.limit = limit;
    this.window = SECOND;
  }

  /**
   * From now on that many calls in any span of that many seconds; more than one second only where a
   * process's share is less than one call a second.
   */
  public void limitTo(int changed, int seconds, long now) {
    PaceSettings.refuseLimit(changed);
    limit = changed;
    window = seconds * SECOND;
    // The spread of the old limit may reach up to a second ahead.
    spread = Math.min(spread, now);
  }

  /** No call leaves before then; an earlier time than one told before changes nothing. */
  public void holdUntil(long at) {
    heldUntil = Math.max(heldUntil, at);
  }

  /** A call begins to wait. */
  public Ticket offer(Lane lane, long now) {
    Ticket ticket = new Ticket(lane, now);
    waiting(lane).addLast(ticket);
    return ticket;
  }

  /** A call waits no longer. */
  public void withdraw(Ticket ticket) {
    waiting(ticket.lane).remove(ticket);
  }

  /** How many calls wait. */
  public int size() {
    return express.size() + bulk.size();
  }

  /** How many calls of that lane wait. */
  public int size(Lane lane) {
    return waiting(lane).size();
  }

  /**
   * When that call may leave if nothing else comes. Later arrivals and late leaves can only make it
   * later; only a withdrawal or a raised limit can make it earlier.
   */
  public long dueAt(Ticket ticket, long now) {
    Walk walk = new Walk(now);
    Ticket next;
    do {
      next = walk.step();
    } while (next != ticket);
    return walk.slot;
  }

  /**
   * That call leaves now, if it may; {@link #sent} is to follow. It may although a call before it
   * has not left yet, when there is a slot for either: a stalled thread holds up nobody but itself.
   */
  public boolean take(Ticket ticket, long now) {
    if (dueAt(ticket, now) > now) {
      return false;
    }
    Walk own = new Walk(now);
    own.stepTo(ticket);
    spread = Math.max(own.spread, now - lagMax());
    bulkCredit = own.credit;
    ticket.slot = own.slot;
    leaving.add(ticket);
    withdraw(ticket);
    return true;
  }

  /**
   * That call, which was let go, has been sent by now. Until this is told it counts as sent later
   * than anything else; telling it again changes nothing.
   */
  public void sent(Ticket ticket, long now) {
    if (!leaving.remove(ticket)) {
      return;
    }
    forget(now);
    long at = countedAt(ticket, now);
    int place = sentCount++;
    while (place > 0 && sent[place - 1] > at) {
      sent[place] = sent[place - 1];
      place--;
    }
    sent[place] = at;
  }

  /** Makes room. The last ones are kept for as long as a longer window may ask for them. */
  private void forget(long now) {
    int gone = sentCount == sent.length ? 1 : 0;
    while (gone < sentCount - limit && sent[gone] + window + margin <= now) {
      gone++;
    }
    sentCount -= gone;
    System.arraycopy(sent, gone, sent, 0, sentCount);
  }

  private long countedAt(Ticket ticket, long now) {
    return Math.max(ticket.slot, now - lateFree);
  }

  /** The call that leaves next if nothing else comes; empty when none waits. */
  public Optional<Ticket> next(long now) {
    return size() == 0 ? Optional.empty() : Optional.of(new Walk(now).step());
  }

  private long spacing() {
    return (window + margin) / limit;
  }

  private long lagMax() {
    return Math.max(LAG_MIN, LAG_AND_SPACINGS - 3 * spacing());
  }

  private ArrayDeque<Ticket> waiting(Lane lane) {
    return lane == Lane.EXPRESS ? express : bulk;
  }

  /** Goes through the coming leaves in their order, as if each left at its slot or now. */
  private final class Walk {
    private final long now;

    /** What counts against the limit, in order: what was sent, then what leaves before. */
    private final long[] counted;

    private int known;
    private final Iterator<Ticket> nextExpress = express.iterator();
    private final Iterator<Ticket> nextBulk = bulk.iterator();
    private final double creditPerLeave =
        Math.min(0.5, BULK_SHARE_PER_SECOND * (window + margin) / SECOND / limit);
    private int expressLeft = express.size();
    private int bulkLeft = bulk.size();
    private double credit = bulkCredit;
    private long spread = PaceSchedule.this.spread;
    private long slot = NEVER;

    private Walk(long now) {
      this.now = now;
      known = sentCount + leaving.size();
      counted = Arrays.copyOf(sent, known + size());
      for (int i = 0; i < leaving.size(); i++) {
        counted[sentCount + i] = countedAt(leaving.get(i), now);
      }
      Arrays.sort(counted, 0, known);
    }

    /** The call that leaves next of those not yet gone through. */
    private Ticket step() {
      Ticket next = (isBulksTurn() ? nextBulk : nextExpress).next();
      stepTo(next);
      return next;
    }

    private boolean isBulksTurn() {
      return expressLeft == 0 || (bulkLeft > 0 && credit + creditPerLeave >= 1);
    }

    private void stepTo(Ticket ticket) {
      // Credit is earned only while both wait, and spent only by a turn it has bought.
      if (expressLeft == 0 || bulkLeft == 0) {
        credit = 0;
      } else {
        credit += creditPerLeave;
        if (ticket.lane == Lane.BULK && credit >= 1) {
          credit -= 1;
        }
        credit = Math.min(1, credit);
      }
      long next = spread + spacing();
      long earliest = Math.max(Math.max(windowOpensAt(), slot), heldUntil);
      slot =
          Math.max(Math.max(earliest, ticket.offeredAt), ticket.lane == Lane.BULK ? next : NEVER);
      // An express call takes one place of the spread, not those that bulk threads are late for.
      long behind = ticket.lane == Lane.BULK ? 0 : lagMax();
      spread = Math.max(next, ticket.offeredAt - behind);
      counted[known++] = Math.max(slot, now - lateFree);
      if (ticket.lane == Lane.EXPRESS) {
        expressLeft--;
      } else {
        bulkLeft--;
      }
    }

    private long windowOpensAt() {
      int before = known - limit;
      long freed = before < 0 ? NEVER : counted[before];
      return freed + window + margin;
    }
  }
}
