package dev.twofold.sync.pacing;

import dev.twofold.sync.record.Lane;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides which of the waiting calls may leave, and when. Time is handed in as nanoseconds and must
 * not run backwards. Not safe for threads.
 *
 * <p>The law: a call leaves at least one second and half a margin after the call <em>limit</em>
 * before it has really left, so no sliding second holds more than the limit. Its slot is a whole
 * margin after that call's slot: a call that leaves late by less than half a margin costs nothing,
 * as the next slots stay where they were.
 *
 * <p>Express calls take the next slot. Bulk calls are spread evenly over the second, so that a
 * backlog of theirs leaves a slot soon at any time; while both wait, bulk gets five slots a second
 * or a little more, and never more than every other one.
 */
public final class PaceSchedule {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long NEVER = Long.MIN_VALUE / 4;

  /** How far the even spread may fall behind and still be caught up with. */
  private static final long SPREAD_LAG_MAX = Duration.ofMillis(100).toNanos();

  /** A little above the five that are promised, so that rounding to whole slots keeps them. */
  private static final double BULK_SHARE_PER_SECOND = 5.5;

  /** A call that waits to leave. */
  public static final class Ticket {
    private final Lane lane;
    private final long offeredAt;

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

  /** When the last calls count as having left, by their number. */
  private final long[] counted = new long[PaceSettings.LIMIT_MAX];

  private long leaves;
  private int limit;
  private long window;
  private long spread = NEVER;
  private long heldUntil = NEVER;
  private double bulkCredit;

  public PaceSchedule(int limit, Duration margin) {
    this.margin = margin.toNanos();
    this.lateFree = this.margin / 2;
    Arrays.fill(counted, NEVER);
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
   * That call leaves now, if it may. It may although a call before it has not left yet, when there
   * is a slot for either: a stalled thread holds up nobody but itself.
   */
  public boolean take(Ticket ticket, long now) {
    if (dueAt(ticket, now) > now) {
      return false;
    }
    Walk own = new Walk(now);
    own.stepTo(ticket);
    spread = Math.max(own.spread, now - SPREAD_LAG_MAX);
    bulkCredit = own.credit;
    counted[(int) (leaves % counted.length)] = Math.max(own.slot, now - lateFree);
    leaves++;
    withdraw(ticket);
    return true;
  }

  /** When the next call may leave; empty when none waits. */
  public OptionalLong nextAt(long now) {
    if (size() == 0) {
      return OptionalLong.empty();
    }
    Walk walk = new Walk(now);
    walk.step();
    return OptionalLong.of(walk.slot);
  }

  /** The next call leaves now, if one waits and may. */
  public Optional<Ticket> takeNext(long now) {
    if (size() == 0) {
      return Optional.empty();
    }
    Ticket next = new Walk(now).step();
    return take(next, now) ? Optional.of(next) : Optional.empty();
  }

  private ArrayDeque<Ticket> waiting(Lane lane) {
    return lane == Lane.EXPRESS ? express : bulk;
  }

  /** Goes through the coming leaves in their order, as if each left at its slot or now. */
  private final class Walk {
    private final long now;
    private final long[] ahead = new long[size()];
    private final Iterator<Ticket> nextExpress = express.iterator();
    private final Iterator<Ticket> nextBulk = bulk.iterator();
    private final double creditPerLeave =
        Math.min(0.5, BULK_SHARE_PER_SECOND * (window + margin) / SECOND / limit);
    private int steps;
    private int expressLeft = express.size();
    private int bulkLeft = bulk.size();
    private double credit = bulkCredit;
    private long spread = PaceSchedule.this.spread;
    private long slot = NEVER;

    private Walk(long now) {
      this.now = now;
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
      long spreadSlot = Math.max(spread + (window + margin) / limit, ticket.offeredAt);
      long earliest = Math.max(Math.max(windowOpensAt(), slot), heldUntil);
      slot = Math.max(earliest, ticket.lane == Lane.BULK ? spreadSlot : ticket.offeredAt);
      spread = spreadSlot;
      ahead[steps++] = Math.max(slot, now - lateFree);
      if (ticket.lane == Lane.EXPRESS) {
        expressLeft--;
      } else {
        bulkLeft--;
      }
    }

    private long windowOpensAt() {
      long before = leaves + steps - limit;
      long left;
      if (before < 0) {
        left = NEVER;
      } else if (before < leaves) {
        left = counted[(int) (before % counted.length)];
      } else {
        left = ahead[(int) (before - leaves)];
      }
      return left + window + margin;
    }
  }
}
