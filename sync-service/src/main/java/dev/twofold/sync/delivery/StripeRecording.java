package dev.twofold.sync.delivery;

import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.OpenRequest;
import dev.twofold.sync.link.SideState;
import dev.twofold.sync.link.TaskMark;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.tenant.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records what came of a Stripe call, and what the link needs next. */
final class StripeRecording {

  private final TaskCommits commits;

  StripeRecording(TaskCommits commits) {
    this.commits = commits;
  }

  void record(Tenant tenant, StripeTask task, StripeWriteHandler.Call call, CallResult result) {
    List<DocumentKey> needs = new ArrayList<>(List.of(DocumentKey.of(task.link())));
    if (result instanceof CallResult.Shown shown) {
      needs.add(DocumentKey.of(shown.snapshot().id()));
    }
    commits.settle(
        tenant,
        task,
        new TaskCommits.Needs(needs, true),
        session -> record(session, task, call, result));
  }

  private void record(
      Desk.Session session, StripeTask task, StripeWriteHandler.Call call, CallResult result) {
    Link link = session.book().link(task.link());
    if (link == null) {
      return;
    }
    OpenRequest request = call.request();
    OpenRequest open = link.stripe().open();
    boolean recorded = request != null && (open == null || !open.key().equals(request.key()));
    if (recorded) {
      // Another process has recorded the same call.
      return;
    }
    Answers answers = new Answers(session);
    boolean create = request != null && request.kind() == OpenRequest.Kind.CREATE;
    Link after =
        switch (result) {
          case CallResult.Shown shown ->
              request == null
                  ? answers.read(link, call.link(), shown)
                  : !request.find()
                      ? answers.wrote(link, request, shown)
                      : create
                          ? answers.foundCreated(link, request, shown)
                          : answers.found(link, request, shown);
          case CallResult.Gone gone ->
              request != null && create
                  ? notFound(session, answers, link, request)
                  : answers.gone(link, gone(link, call), Side.STRIPE);
          case CallResult.Refused refused ->
              answers.refused(link, Side.STRIPE, call.work(), refused);
          case CallResult.FailedBefore failed -> answers.toFind(link, Side.STRIPE);
          default ->
              throw new IllegalStateException(
                  "a Stripe call ends in no " + result.getClass().getSimpleName() + " here");
        };
    TaskMark mark = after.stripe().task();
    boolean ours = mark != null && mark.number() == task.number() && after.id().equals(task.link());
    answers.conclude(after, ours ? Side.STRIPE : null, create, nextDueAt(session, call, after));
  }

  /** A look-up by address is followed by one among the newest customers. */
  private static Link notFound(
      Desk.Session session, Answers answers, Link link, OpenRequest request) {
    String address =
        session
            .mappings()
            .email()
            .map(field -> field.properties(Side.STRIPE).getFirst())
            .filter(request.values()::containsKey)
            .orElse(null);
    return address == null
        ? answers.notFound(link, Side.STRIPE)
        : answers.notFoundByAddress(link, request, address);
  }

  private static @Nullable RecordId gone(Link link, StripeWriteHandler.Call call) {
    RecordId asked = call.record();
    return asked == null ? link.record(Side.STRIPE) : asked;
  }

  /** A read that could not tell is repeated when the second it fell into has passed. */
  private static Instant nextDueAt(Desk.Session session, StripeWriteHandler.Call call, Link after) {
    SideState state = after.stripe();
    boolean stillDoubtful =
        call.request() == null
            && state.properties().values().stream().anyMatch(register -> register.doubtful());
    return stillDoubtful ? session.book().now().plusSeconds(2) : session.book().now();
  }
}
