package dev.twofold.sync.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A link as an operator sees it; the JSON body, and what the page is made from.
 *
 * @param mappingVersion the mappings it was last merged with; the fields are decided by those in
 *     force
 * @param backlog work that is known and not marked, because the tenant does not write yet
 * @param history newest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LinkView(
    String tenant,
    String link,
    Instant createdAt,
    int mappingVersion,
    int mappingVersionInForce,
    List<SideView> sides,
    List<FieldView> fields,
    @Nullable String unlinked,
    @Nullable Neighbour emailHeldBy,
    List<Neighbour> emailAwaitedBy,
    @Nullable String frozen,
    List<SwingView> swings,
    @Nullable String backlog,
    List<PurchaseView> purchases,
    int purchasesNotShown,
    List<HistoryView> history) {

  /**
   * One side of the link.
   *
   * @param knowledge absent, partial or complete: what it means where nothing is known of a field
   * @param withheld why nothing is written or made there, although the sides are not equal
   * @param stopped why this side takes no record by itself any more
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SideView(
      String side,
      @Nullable String record,
      @Nullable Instant createdAt,
      String knowledge,
      boolean mustRead,
      @Nullable String mark,
      @Nullable TaskView waiting,
      @Nullable RequestView open,
      @Nullable ParkedView parked,
      @Nullable String withheld,
      @Nullable String stopped) {}

  /**
   * A waiting task.
   *
   * @param attempts how often it was tried, where that is counted: HubSpot's rows only
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TaskView(
      long number,
      String kind,
      String lane,
      Instant dueAt,
      @Nullable Integer attempts,
      @Nullable String lastError) {}

  /** A write whose outcome is not known yet. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RequestView(
      String kind,
      String key,
      Map<String, String> values,
      @Nullable String mark,
      Instant firstAttemptAt) {}

  /** A write that a provider refused. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ParkedView(String reason, @Nullable String field, Instant at) {}

  /** A field, what either side holds, and what is decided. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record FieldView(
      String field,
      String kind,
      String direction,
      String policy,
      List<PropertyView> hubspot,
      List<PropertyView> stripe,
      @Nullable AgreedView agreed,
      DecisionView decision) {}

  /**
   * What is known of one property.
   *
   * @param value null while nobody has told us
   * @param changedAt when somebody else last changed it, on that side's clock
   * @param approximate whether that time is only when we first saw it
   * @param unsettled whether that change still waits to be settled with the other side
   * @param doubtful whether only a read can tell what the side holds
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PropertyView(
      String property,
      boolean known,
      @Nullable String value,
      @Nullable Instant changedAt,
      boolean approximate,
      boolean unsettled,
      boolean doubtful,
      @Nullable Instant readAt,
      @Nullable WrittenView written) {}

  /** Our last write to a property: what, and when it took effect at the earliest and latest. */
  record WrittenView(String value, Instant from, Instant to) {}

  /** The last value both sides were known to share. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record AgreedView(String value, String side, @Nullable Instant at) {}

  /**
   * What is decided for a field, and why.
   *
   * @param forAPerson whether it can be decided with {@code POST
   *     /links/{link}/fields/{field}/resolve}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DecisionView(
      String rule,
      String words,
      @Nullable String winner,
      @Nullable String origin,
      @Nullable Instant changedAt,
      List<String> behind,
      List<String> uncertain,
      @Nullable String held,
      @Nullable ConflictView conflict,
      boolean forAPerson) {}

  /** The two values of a conflict and when each was made, where known. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ConflictView(
      String hubspot, @Nullable Instant hubspotAt, String stripe, @Nullable Instant stripeAt) {}

  /** A purchase that waits in the link. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PurchaseView(
      String id,
      @Nullable Long amount,
      @Nullable String currency,
      @Nullable Instant occurredAt,
      String state,
      @Nullable String reason) {}

  /** When a foreign change undid a write of ours. */
  record SwingView(String field, Instant at) {}

  /** Another link that has to do with this one. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Neighbour(String link, @Nullable String hubspot, @Nullable String stripe) {}

  /** Something that happened to the link. */
  record HistoryView(Instant at, String what, Map<String, String> details) {}
}
