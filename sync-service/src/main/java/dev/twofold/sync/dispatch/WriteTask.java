package dev.twofold.sync.dispatch;

import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A task: at most one call to a provider.
 *
 * @param name unique in its queue for at least a day; letters, digits and hyphens
 * @param path what the queue posts to below the writes service's address
 * @param dueAt when it may first be dispatched
 * @param trace the {@code traceparent} its dispatch goes on with; null for none
 */
public record WriteTask(
    TenantId tenant, Queue queue, String name, String path, Instant dueAt, @Nullable String trace) {

  private static final int SLOT_SECONDS = 2;

  private WriteTask(TenantId tenant, Queue queue, String name, String path, Instant dueAt) {
    this(tenant, queue, name, path, dueAt, null);
  }

  /** The same task in that trace. */
  public WriteTask traced(@Nullable String traceparent) {
    return new WriteTask(tenant, queue, name, path, dueAt, traceparent);
  }

  /** The task that carries out a Stripe mark. */
  public static WriteTask stripe(
      TenantId tenant, String link, long number, Lane lane, Instant dueAt) {
    return new WriteTask(
        tenant,
        Queue.stripe(lane),
        spread(link + "-s-" + number),
        "/writes/stripe/%s/%s/%d".formatted(tenant, link, number),
        dueAt);
  }

  /**
   * The drain that an urgent row gets for itself, told which it is; one that comes again after a
   * failure, whose task has a suffix, takes whatever is most urgent.
   */
  public static WriteTask urgentDrain(TenantId tenant, String link, String task, Instant dueAt) {
    String row = task.contains("-") ? "" : "?row=%s-%s".formatted(link, task);
    return drain(tenant, link + "-h-" + task, row, dueAt);
  }

  /** The drain that all bulk rows of a slot of two seconds share; due after the slot's end. */
  public static WriteTask slotDrain(TenantId tenant, Instant dueAt) {
    long slot = Math.floorDiv(dueAt.getEpochSecond(), SLOT_SECONDS);
    Instant end = Instant.ofEpochSecond((slot + 1) * SLOT_SECONDS);
    return drain(tenant, "slot-" + slot, "", end);
  }

  /** The successor a drain arms when it leaves rows. */
  public static WriteTask nextDrain(TenantId tenant, String freshName, Instant dueAt) {
    return drain(tenant, "next-" + freshName, "?successor=" + freshName, dueAt);
  }

  /** The listing of one page of a side. */
  public static WriteTask index(TenantId tenant, Side side, int run, int page, Instant dueAt) {
    return new WriteTask(
        tenant,
        side == Side.HUBSPOT ? Queue.HUBSPOT : Queue.STRIPE_BULK,
        spread("index-%s-%d-%d".formatted(side.label(), run, page)),
        "/writes/index/%s/%s/%d/%d".formatted(tenant, side.label(), run, page),
        dueAt);
  }

  /** A sweep out of turn; a name is used once. */
  public static WriteTask sweep(TenantId tenant, String freshName, Instant dueAt) {
    return new WriteTask(
        tenant,
        Queue.HUBSPOT,
        spread("sweep-" + freshName),
        "/writes/sweep/%s".formatted(tenant),
        dueAt);
  }

  private static WriteTask drain(TenantId tenant, String name, String query, Instant dueAt) {
    String path = "/writes/hubspot/%s/drain%s".formatted(tenant, query);
    return new WriteTask(tenant, Queue.HUBSPOT, spread(name), path, dueAt);
  }

  /** Four hash digits first: rising names make creation slow. */
  private static String spread(String name) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return "%04x-%s".formatted(crc.getValue() & 0xffff, name);
  }
}
