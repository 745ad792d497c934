package dev.twofold.sync.delivery;

import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.LatestPurchase;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.OpenRequest;
import dev.twofold.sync.link.OutboxRow;
import dev.twofold.sync.link.ParkedItem;
import dev.twofold.sync.link.Purchase;
import dev.twofold.sync.link.TaskMark;
import dev.twofold.sync.link.WorkKind;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.tenant.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records what came of each row of a batch, and what its link needs next. */
final class DrainRecording {

  private static final Duration BACKOFF_MIN = Duration.ofSeconds(1);
  private static final Duration BACKOFF_MAX = Duration.ofMinutes(5);
  private static final Duration TRIED_MAX = Duration.ofHours(24);

  private final Desk desk;

  DrainRecording(Desk desk) {
    this.desk = desk;
  }

  /** A row with its result. */
  private record Answered(DrainBatches.Item item, CallResult result) {}

  void record(Tenant tenant, List<DrainBatches.Item> items, List<CallResult> results) {
    if (items.size() != results.size()) {
      throw new IllegalStateException(
          "expected " + items.size() + " results, came " + results.size());
    }
    List<Answered> answered = new ArrayList<>();
    for (int row = 0; row < items.size(); row++) {
      answered.add(new Answered(items.get(row), results.get(row)));
    }
    desk.settle(
        tenant,
        answered,
        DrainRecording::needs,
        (session, each) -> {
          session.follow(each.item().row().trace());
          if (each.item().kind() == WorkKind.EVENT) {
            event(session, each);
          } else {
            row(session, each);
          }
        });
  }

  private static List<DocumentKey> needs(Answered answered) {
    List<DocumentKey> needs = new ArrayList<>(DrainBatches.needs(answered.item().row()));
    if (answered.result() instanceof CallResult.Shown shown) {
      needs.add(DocumentKey.of(shown.snapshot().id()));
    }
    return needs;
  }

  /** Divides rows that were refused together, so that the bad one will stand alone. */
  void halve(Tenant tenant, List<DrainBatches.Item> items, CallResult result) {
    String group = items.getFirst().row().group();
    int half = items.size() / 2;
    List<OutboxRow> rows = new ArrayList<>();
    Instant now = desk.parts().clock().instant();
    String fresh = Long.toHexString(desk.parts().random().nextLong());
    for (int row = 0; row < items.size(); row++) {
      String name = group.isEmpty() ? fresh : group;
      String part = name + (row < half ? "a" : "b");
      rows.add(items.get(row).row().inGroup(part, words(result), now));
    }
    desk.settle(
        tenant,
        rows,
        (session, row) -> {
          if (session.workspace().get(row.key(), OutboxRow.class) != null) {
            session.workspace().put(row);
          }
        });
  }

  private void row(Desk.Session session, Answered answered) {
    OutboxRow row = answered.item().row();
    Link link = session.book().link(row.link());
    OpenRequest request = answered.item().request();
    if (link == null) {
      session.workspace().remove(row.key());
      return;
    }
    OpenRequest open = link.hubspot().open();
    if (request != null && (open == null || !open.key().equals(request.key()))) {
      // Another process has recorded the same call, knowing that it was sent more than once.
      if (isCreate(answered) && answered.result() instanceof CallResult.Shown shown) {
        new Answers(session).madeAgain(shown);
      }
      return;
    }
    TaskMark mark = link.hubspot().task();
    boolean ours = mark != null && Long.toString(mark.number()).equals(row.task());
    boolean comesAgain = isTransient(answered.result()) && !isPassedOver(answered);
    if (comesAgain || isHeldUp(session, link, answered)) {
      failed(session, link, answered);
      return;
    }
    Answers answers = new Answers(session);
    Link after = after(session, answers, link, answered);
    boolean create = isCreate(answered);
    Instant next = nextDueAt(session, answered, after);
    answers.conclude(after, ours ? Side.HUBSPOT : null, create, next);
    if (!ours) {
      session.workspace().remove(row.key());
    }
  }

  /**
   * The call was answered and said nothing of this write, as HubSpot does for a contact that was
   * merged away: it would never say more, so a look-up must tell.
   */
  private static boolean isPassedOver(Answered answered) {
    return answered.result() instanceof CallResult.Unknown
        && answered.item().request() != null
        && !answered.item().finds();
  }

  private Link after(Desk.Session session, Answers answers, Link link, Answered answered) {
    DrainBatches.Item item = answered.item();
    OpenRequest request = item.request();
    boolean create = isCreate(answered);
    return switch (answered.result()) {
      case CallResult.Shown shown ->
          request == null
              ? answers.read(link, item.link() == null ? link : item.link(), shown)
              : !item.finds()
                  ? answers.wrote(link, request, shown)
                  : create
                      ? answers.foundCreated(link, request, shown)
                      : answers.found(link, request, shown);
      case CallResult.Gone gone ->
          create
              ? answers.notFound(link, Side.HUBSPOT)
              : answers.gone(link, item.contact(), Side.HUBSPOT);
      case CallResult.Refused refused -> refused(answers, link, item, refused);
      case CallResult.Exists exists -> exists(session, answers, link, answered, exists);
      case CallResult.FailedBefore failed -> answers.toFind(link, Side.HUBSPOT);
      case CallResult.Unknown passedOver -> answers.toFind(link, Side.HUBSPOT);
      default ->
          throw new IllegalStateException(
              "a HubSpot row ends in no " + answered.result().getClass().getSimpleName());
    };
  }

  /** An earlier attempt may have taken effect before this one was refused: that is found out. */
  private static Link refused(
      Answers answers, Link link, DrainBatches.Item item, CallResult.Refused refused) {
    return isRepeated(link) && !item.finds()
        ? answers.toFind(link, Side.HUBSPOT)
        : answers.refused(link, Side.HUBSPOT, item.work(), refused);
  }

  private static boolean isRepeated(Link link) {
    OpenRequest open = link.hubspot().open();
    return open != null && open.repeated();
  }

  private Link exists(
      Desk.Session session,
      Answers answers,
      Link link,
      Answered answered,
      CallResult.Exists exists) {
    RecordId existing = exists.existing();
    OpenRequest request = answered.item().request();
    if (request == null || request.kind() != OpenRequest.Kind.CREATE) {
      return refused(
          answers, link, answered.item(), new CallResult.Refused("email", exists.words()));
    }
    if (existing == null || isRepeated(link)) {
      // An earlier attempt may have made a contact whose address has changed since.
      return answers.toFind(link, Side.HUBSPOT);
    }
    Link owner = otherOwner(session, link, existing);
    boolean taken = owner != null && owner.record(Side.STRIPE) != null;
    return taken
        ? answers.refused(
            link,
            Side.HUBSPOT,
            answered.item().work(),
            new CallResult.Refused("email", "unlinked: same e-mail as a contact of another pair"))
        : answers.attachExisting(link, existing);
  }

  private static @Nullable Link otherOwner(Desk.Session session, Link link, RecordId existing) {
    Link owner = session.book().owner(existing);
    boolean other =
        owner != null
            && !owner.id().equals(link.id())
            && existing.equals(owner.record(Side.HUBSPOT));
    return other ? owner : null;
  }

  /** The contact that is there is alone, and a customer is being made for it: that is to end. */
  private static boolean isHeldUp(Desk.Session session, Link link, Answered answered) {
    RecordId there =
        switch (answered.result()) {
          case CallResult.Exists exists -> isRepeated(link) ? null : exists.existing();
          // People may have merged what an earlier attempt has made into a contact of their own.
          case CallResult.Shown shown -> isCreate(answered) ? shown.snapshot().id() : null;
          default -> null;
        };
    Link owner = there == null ? null : otherOwner(session, link, there);
    return owner != null && owner.record(Side.STRIPE) == null && owner.isCreating(Side.STRIPE);
  }

  private static boolean isCreate(Answered answered) {
    OpenRequest request = answered.item().request();
    return request != null && request.kind() == OpenRequest.Kind.CREATE;
  }

  private static boolean isTransient(CallResult result) {
    return switch (result) {
      case CallResult.Unknown unknown -> true;
      case CallResult.Locked locked -> true;
      case CallResult.Limited limited -> true;
      case CallResult.Down down -> true;
      case CallResult.Denied denied -> true;
      case CallResult.Unavailable unavailable -> false;
      case CallResult.Shown shown -> false;
      case CallResult.Accepted accepted -> false;
      case CallResult.Gone gone -> false;
      case CallResult.Refused refused -> false;
      case CallResult.Exists exists -> false;
      case CallResult.FailedBefore failed -> false;
    };
  }

  /** One row's own trouble: later again, and parked after a day of it. */
  private void failed(Desk.Session session, Link link, Answered answered) {
    OutboxRow row = session.workspace().get(answered.item().row().key(), OutboxRow.class);
    if (row == null) {
      return;
    }
    Instant now = session.book().now();
    if (row.createdAt().plus(TRIED_MAX).isBefore(now)) {
      Answers answers = new Answers(session);
      Link parked =
          answers.refused(
              link,
              Side.HUBSPOT,
              answered.item().work(),
              new CallResult.Refused(null, "failed for 24 hours: " + words(answered.result())));
      answers.conclude(parked, Side.HUBSPOT, answered.item().kind() == WorkKind.CREATE, now);
      return;
    }
    Instant due = now.plus(backoff(row.attempts()));
    session.workspace().put(row.failed(words(answered.result()), due));
    session.marks().drainAt(row, due);
  }

  private static Duration backoff(int attempts) {
    Duration wait = BACKOFF_MIN.multipliedBy(1L << Math.min(attempts, 10));
    return wait.compareTo(BACKOFF_MAX) > 0 ? BACKOFF_MAX : wait;
  }

  private void event(Desk.Session session, Answered answered) {
    OutboxRow row = answered.item().row();
    Purchase purchase = session.workspace().get(DocumentKey.ofPurchase(row.task()), Purchase.class);
    OutboxRow stored = session.workspace().get(row.key(), OutboxRow.class);
    if (purchase == null || stored == null || purchase.state() != Purchase.State.QUEUED) {
      return;
    }
    if (isTransient(answered.result())) {
      Instant due = session.book().now().plus(backoff(stored.attempts()));
      session.workspace().put(stored.failed(words(answered.result()), due));
      session.marks().drainAt(stored, due);
      return;
    }
    session.workspace().remove(row.key());
    if (answered.result() instanceof CallResult.Accepted) {
      session.workspace().put(purchase.now(Purchase.State.SENT, purchase.link(), null));
      return;
    }
    String reason = words(answered.result());
    if (answered.result() instanceof CallResult.Unavailable) {
      session.workspace().put(purchase.now(Purchase.State.SHOWN, purchase.link(), reason));
      show(session, row, purchase);
      return;
    }
    session.workspace().put(purchase.now(Purchase.State.PARKED, purchase.link(), reason));
    session.park(
        new ParkedItem(
            "purchase-" + purchase.id(),
            "purchase",
            purchase.link(),
            reason,
            null,
            session.book().now()),
        Side.HUBSPOT);
  }

  /** From now on the contact shows it, unless it shows a later one: written like any field. */
  private static void show(Desk.Session session, OutboxRow row, Purchase purchase) {
    Link link = session.book().link(row.link());
    if (link == null) {
      return;
    }
    Link showing =
        link.showing(LatestPurchase.later(link.latestPurchase(), LatestPurchase.of(purchase)));
    session.book().put(showing);
    session.marks().mark(showing, Lane.EXPRESS, false);
  }

  private static Instant nextDueAt(Desk.Session session, Answered answered, Link after) {
    boolean stillDoubtful =
        answered.item().kind() == WorkKind.READ
            && after.hubspot().properties().values().stream()
                .anyMatch(register -> register.doubtful());
    return stillDoubtful ? session.book().now().plusSeconds(2) : session.book().now();
  }

  private static String words(@Nullable CallResult result) {
    return switch (result) {
      case null -> "";
      case CallResult.Unknown unknown -> unknown.words();
      case CallResult.Locked locked -> locked.words();
      case CallResult.Limited limited -> limited.scope();
      case CallResult.Down down -> down.words();
      case CallResult.Denied denied -> denied.words();
      case CallResult.Unavailable unavailable -> unavailable.words();
      case CallResult.Refused refused -> refused.words();
      case CallResult.Exists exists -> exists.words();
      case CallResult.Gone gone -> gone.words();
      case CallResult.FailedBefore failed -> failed.words();
      case CallResult.Shown shown -> "shown";
      case CallResult.Accepted accepted -> "accepted";
    };
  }
}
