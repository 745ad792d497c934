package dev.twofold.sync.delivery;

import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkEdits;
import dev.twofold.sync.link.OpenRequest;
import dev.twofold.sync.link.Parked;
import dev.twofold.sync.link.ParkedItem;
import dev.twofold.sync.link.SideState;
import dev.twofold.sync.link.TaskMark;
import dev.twofold.sync.link.Work;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.Snapshot;
import dev.twofold.sync.side.CallResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an answer makes of a link, for either side; the last step marks whatever comes next. */
final class Answers {

  /** How long a read that told nothing yet waits before it is made again. */
  private static final Duration READ_AGAIN = Duration.ofSeconds(5);

  private final Desk.Session session;

  Answers(Desk.Session session) {
    this.session = session;
  }

  /**
   * A read of that record showed it, or the one it was merged into.
   *
   * @param before the link as it was when the read was decided
   */
  Link read(Link link, Link before, CallResult.Shown shown) {
    Snapshot snapshot = shown.snapshot();
    Side side = snapshot.id().side();
    RecordId asked = before.record(side);
    if (asked == null || !asked.equals(link.record(side)) || isOvertaken(link, before, side)) {
      // While it was read, the link came to hold another record, or another process or a link that
      // was joined wrote to this one: what was read tells nothing of what is there now.
      return link;
    }
    if (!asked.equals(snapshot.id())) {
      session.departures().merged(snapshot.id(), List.of(asked), session.book().now());
      Link loser = session.book().link(link.id());
      if (loser != null) {
        // Its leaving may have waited for the very request that is closed now.
        session.departures().finish(loser);
      }
      Link survivor = session.book().owner(snapshot.id());
      return survivor == null ? link : survivor;
    }
    Link read = LinkEdits.read(link, snapshot, shown.span(), session.mappings());
    return stored(read, "read", snapshot.properties());
  }

  private static boolean isOvertaken(Link link, Link before, Side side) {
    SideState now = link.side(side);
    return now.open() != null
        || now.properties().entrySet().stream()
            .anyMatch(each ->
                !Objects.equals(
                    each.getValue().write(), before.side(side).register(each.getKey()).write()));
  }

  /** A stored request was answered: what it wrote is there. */
  Link wrote(Link link, OpenRequest request, CallResult.Shown shown) {
    Snapshot snapshot = shown.snapshot();
    Side side = snapshot.id().side();
    Link target = link;
    if (request.kind() == OpenRequest.Kind.CREATE) {
      Link closed = link.with(side, link.side(side).withOpen(null));
      session.book().put(closed);
      target = attach(closed, snapshot.id(), snapshot.createdAt());
      if (!snapshot.id().equals(target.record(side))) {
        return lookedForAgain(madeForAnother(target, snapshot.id()), link.side(side).open(), side);
      }
    } else if (!snapshot.id().equals(link.record(side))) {
      // Written to what the record was merged into: a read will tell the rest.
      Link closed = link.with(side, link.side(side).withOpen(null));
      session.book().put(closed);
      return read(closed, closed, shown);
    }
    Link wrote = LinkEdits.wrote(target, request, snapshot, shown.span(), session.mappings());
    return stored(
        wrote, request.kind() == OpenRequest.Kind.CREATE ? "created" : "written", request.values());
  }

  /** A lost update was looked up: what shows its value is ours, the rest is a read. */
  Link found(Link link, OpenRequest request, CallResult.Shown shown) {
    Side side = shown.snapshot().id().side();
    if (!shown.snapshot().id().equals(link.record(side))) {
      Link closed = link.with(side, link.side(side).withOpen(null));
      session.book().put(closed);
      return read(closed, closed, shown);
    }
    Map<String, String> effective = new HashMap<>();
    request
        .values()
        .forEach((property, value) -> {
          if (value.equals(shown.snapshot().properties().getOrDefault(property, ""))) {
            effective.put(property, value);
          }
        });
    OpenRequest part =
        new OpenRequest(
            // Of a create, too, only what it shows is known: the rest may have been filled since.
            OpenRequest.Kind.UPDATE,
            request.key(),
            effective,
            shown.snapshot().mark(),
            request.firstAttemptAt(),
            request.basedOn(),
            request.repeated(),
            true);
    Link wrote = LinkEdits.wrote(link, part, shown.snapshot(), shown.span(), session.mappings());
    return stored(wrote, "found", shown.snapshot().properties());
  }

  /** No record has the address of the lost create; somebody may have changed that since. */
  Link notFoundByAddress(Link link, OpenRequest request, String property) {
    SideState state = link.side(Side.STRIPE);
    return stored(
        link.with(Side.STRIPE, state.withOpen(request.without(property))), "not found", Map.of());
  }

  /** A lost create was looked up and had no effect: it is made anew, under another key. */
  Link notFound(Link link, Side side) {
    return stored(link.with(side, link.side(side).withOpen(null)), "not found", Map.of());
  }

  /** What the outcome was can only be read. */
  Link toFind(Link link, Side side) {
    OpenRequest open = link.side(side).open();
    return open == null
        ? link
        : stored(link.with(side, link.side(side).withOpen(open.toFind())), "lost", Map.of());
  }

  /** The record is not there any more. */
  Link gone(Link link, @Nullable RecordId record, Side side) {
    Link closed = link.with(side, link.side(side).withOpen(null).reading(false));
    session.book().put(closed);
    if (record == null) {
      return closed;
    }
    Link left = session.departures().gone(record);
    return left == null ? closed : left;
  }

  /** The side refuses the values: parked until they change or a person says otherwise. */
  Link refused(Link link, Side side, Work work, CallResult.Refused refused) {
    Parked parked =
        new Parked(work.fingerprint(), refused.words(), refused.field(), session.book().now());
    session.park(
        new ParkedItem(
            "write-" + link.id() + "-" + side.label(),
            "write",
            link.id(),
            refused.words(),
            refused.field(),
            session.book().now()),
        side);
    Link closed = link.with(side, link.side(side).withOpen(null).withParked(parked));
    return stored(closed, "parked", Map.of("reason", refused.words()));
  }

  /** Attaches a record that is there already, to be read before anything is written to it. */
  Link attachExisting(Link link, RecordId existing) {
    Side side = existing.side();
    Link closed = link.with(side, link.side(side).withOpen(null));
    session.book().put(closed);
    Link attached = attach(closed, existing, null);
    if (!existing.equals(attached.record(side))) {
      return attached;
    }
    Link read = attached.with(side, attached.side(side).reading(true));
    return stored(read, "attached", Map.of("record", existing.key()));
  }

  /** A lost create was looked up and had made this record: its values are ours. */
  Link foundCreated(Link link, OpenRequest request, CallResult.Shown shown) {
    Snapshot snapshot = shown.snapshot();
    Side side = snapshot.id().side();
    Link closed = link.with(side, link.side(side).withOpen(null));
    session.book().put(closed);
    Link attached = attach(closed, snapshot.id(), snapshot.createdAt());
    if (!snapshot.id().equals(attached.record(side))) {
      return madeForAnother(attached, snapshot.id());
    }
    Link found = found(attached, request, shown);
    SideState state = found.side(side).completed().reading(false);
    Link known = found.with(side, state);
    session.book().put(known);
    return known;
  }

  /**
   * A create that another process has sent and recorded too took effect once more, since what the
   * other had made was deleted by then: nobody else tells us of this record.
   */
  void madeAgain(CallResult.Shown shown) {
    RecordId made = shown.snapshot().id();
    if (session.book().claim(made) != null) {
      return;
    }
    Link opened = session.book().open(made, shown.snapshot().createdAt());
    Link unread = opened.with(made.side(), opened.side(made.side()).reading(true));
    conclude(
        stored(unread, "found", Map.of("record", made.key())), null, false, session.book().now());
  }

  /** What was made is gone by now; if the create was sent again, that may have made another. */
  private Link lookedForAgain(Link link, @Nullable OpenRequest sent, Side side) {
    SideState state = link.side(side);
    if (sent == null || !sent.repeated() || state.record() != null) {
      return link;
    }
    return stored(link.with(side, state.withOpen(sent.toFind())), "sent again", Map.of());
  }

  /** What was made for it has come to another meanwhile: it gets no second one. */
  private Link madeForAnother(Link link, RecordId made) {
    SideState state = link.side(made.side());
    if (state.record() != null || state.stopped() != null) {
      return link;
    }
    String why = "the record made for it, %s, belongs to another pair".formatted(made.id());
    return stored(link.with(made.side(), state.vacated(why)), "unlinked", Map.of("why", why));
  }

  private Link attach(Link link, RecordId record, @Nullable Instant createdAt) {
    return session.book().attach(link, record, createdAt);
  }

  private Link stored(Link link, String what, Map<String, String> details) {
    session.book().put(link);
    session.book().tell(link, what, new TreeMap<>(details));
    return link;
  }

  /**
   * Completes what waited for the answer, agrees on what both sides now hold, pairs, and marks what
   * comes next.
   *
   * @param renewed the side whose task has just run and needs a successor or an end; null when the
   *     task was overtaken
   * @param createEnded whether those who waited for a create are to look again
   * @param notBefore when the successor may run
   */
  void conclude(Link link, @Nullable Side renewed, boolean createEnded, Instant notBefore) {
    Lane lane = lane(link);
    Link left = session.departures().finish(link);
    left = session.settled(left);
    List<Link> touched = new ArrayList<>(session.addresses().arrange(left));
    if (createEnded) {
      touched.addAll(session.addresses().createEnded(left));
    }
    Link stands = session.book().link(left.id());
    if (stands != null && renewed != null) {
      TaskMark mark = stands.side(renewed).task();
      if (mark != null && stands.id().equals(link.id())) {
        boolean readInVain = !link.side(renewed).mustRead() && stands.side(renewed).mustRead();
        Instant due = readInVain ? session.book().now().plus(READ_AGAIN) : notBefore;
        stands = session.marks().renew(stands, renewed, mark.lane(), due);
      }
    }
    if (stands != null) {
      session.marks().mark(stands, lane, false);
    }
    for (Link other : touched) {
      Link fresh = session.book().link(other.id());
      if (fresh != null && (stands == null || !fresh.id().equals(stands.id()))) {
        session.marks().mark(fresh, Lane.BULK, true);
      }
    }
  }

  private static Lane lane(Link link) {
    for (Side side : Side.values()) {
      SideState state = link.side(side);
      if (state.task() != null && state.task().lane() == Lane.EXPRESS) {
        return Lane.EXPRESS;
      }
    }
    return Lane.BULK;
  }
}
