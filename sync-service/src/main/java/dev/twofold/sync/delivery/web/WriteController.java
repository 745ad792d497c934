package dev.twofold.sync.delivery.web;

import dev.twofold.sync.delivery.HubSpotDrain;
import dev.twofold.sync.delivery.Indexer;
import dev.twofold.sync.delivery.StripeTask;
import dev.twofold.sync.delivery.StripeWriteHandler;
import dev.twofold.sync.delivery.Sweep;
import dev.twofold.sync.failure.Redelivery;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.problem.AnswersProblems;
import dev.twofold.sync.problem.Problem;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.role.InRole;
import dev.twofold.sync.role.Role;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Carries out tasks.
 *
 * @see <a href="https://docs.cloud.google.com/tasks/docs/creating-http-target-tasks">HTTP tasks</a>
 */
@RestController
@AnswersProblems
@InRole(Role.WRITES)
final class WriteController {

  private static final Logger LOG = LoggerFactory.getLogger(WriteController.class);
  private static final String EXPRESS = "-express";

  private final StripeWriteHandler stripe;
  private final HubSpotDrain hubspot;
  private final Indexer indexer;
  private final Sweep sweep;

  WriteController(StripeWriteHandler stripe, HubSpotDrain hubspot, Indexer indexer, Sweep sweep) {
    this.stripe = stripe;
    this.hubspot = hubspot;
    this.indexer = indexer;
    this.sweep = sweep;
  }

  @PostMapping("/writes/stripe/{tenant}/{link}/{number}")
  ResponseEntity<Void> stripe(
      @PathVariable("tenant") String tenant,
      @PathVariable("link") String link,
      @PathVariable("number") long number,
      @RequestHeader(name = "X-CloudTasks-QueueName", required = false) @Nullable String queue) {
    Lane lane = queue != null && queue.endsWith(EXPRESS) ? Lane.EXPRESS : Lane.BULK;
    StripeTask task =
        understood(() -> new StripeTask(new TenantId(tenant), new LinkId(link), number, lane));
    return answer(() -> stripe.handle(task));
  }

  @PostMapping("/writes/hubspot/{tenant}/drain")
  ResponseEntity<Void> drain(
      @PathVariable("tenant") String tenant,
      @RequestParam(name = "successor", required = false) @Nullable String successor,
      @RequestParam(name = "row", required = false) @Nullable String row) {
    TenantId id = understood(() -> new TenantId(tenant));
    if (successor != null) {
      return answer(() -> hubspot.drainNext(id, successor));
    }
    return answer(() -> row == null ? hubspot.drain(id) : hubspot.drainRow(id, row));
  }

  @PostMapping("/writes/index/{tenant}/{side}/{run}/{page}")
  ResponseEntity<Void> index(
      @PathVariable("tenant") String tenant,
      @PathVariable("side") String side,
      @PathVariable("run") int run,
      @PathVariable("page") int page) {
    TenantId id = understood(() -> new TenantId(tenant));
    Side listed = understood(() -> Side.ofLabel(side));
    return answer(() -> indexer.index(id, listed, run, page));
  }

  @PostMapping("/writes/sweep/{tenant}")
  ResponseEntity<Void> sweep(@PathVariable("tenant") String tenant) {
    TenantId id = understood(() -> new TenantId(tenant));
    return answer(() -> sweep.sweep(id));
  }

  private static <T> T understood(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException bad) {
      throw Problem.badRequest("no-such-task", String.valueOf(bad.getMessage())).thrown();
    }
  }

  /** A task that throws has failed alone, unless the store or the queues cannot be reached. */
  private static ResponseEntity<Void> answer(Supplier<Redelivery> task) {
    Redelivery redelivery;
    try {
      redelivery = task.get();
    } catch (RetryableFailure failure) {
      LOG.warn("a task is to come again: {} ({})", failure.getMessage(), failure.stage());
      redelivery = Redelivery.of(failure);
    } catch (RuntimeException failure) {
      LOG.error("a task failed in a way nobody foresaw", failure);
      redelivery = Redelivery.of(failure);
    }
    return ResponseEntity.status(redelivery.status()).build();
  }
}
