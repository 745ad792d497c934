package dev.twofold.sync.link;

import dev.twofold.sync.merge.Agreed;
import dev.twofold.sync.merge.OwnWrite;
import dev.twofold.sync.merge.Register;
import dev.twofold.sync.merge.Resolution;
import dev.twofold.sync.merge.Stamp;
import dev.twofold.sync.record.CallSpan;
import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.FieldValue;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Documents to store: plain ones, and ones in which every component holds something awkward. */
public final class LinkSamples {

  /** A time with every digit down to the nanosecond. */
  public static final Instant NOW = Instant.parse("2026-11-21T09:00:00.123456789Z");

  private static final String AWKWARD = "  Zoë \u202e\u0000 \ud83d\ude80 \"a.b/c`d\\e\" \n ";

  private LinkSamples() {}

  /** The link of that number. */
  public static LinkId id(int number) {
    return new LinkId("%020x".formatted(number));
  }

  /** A link without records that waits for work on its Stripe side. */
  public static Link due(int number, @Nullable Instant at) {
    TaskMark task = at == null ? null : new TaskMark(1, WorkKind.UPDATE, Lane.BULK, at);
    return plain(number).with(Side.STRIPE, SideState.EMPTY.withTask(task));
  }

  /** A link of nobody. */
  public static Link plain(int number) {
    return Link.create(id(number), NOW, 1);
  }

  /** A row of that urgency. */
  public static OutboxRow row(int link, int urgency, Instant dueAt) {
    return new OutboxRow(
        id(link), "1", WorkKind.UPDATE, urgency, dueAt, 0, "", null, dueAt.minusSeconds(1), null);
  }

  /** A guest's purchase in that state. */
  public static Purchase purchase(
      String id, Instant at, Purchase.State state, @Nullable LinkId link) {
    return new Purchase(id, 1_999, "eur", null, "abcd1234", at, link, state, null);
  }

  /** Something parked. */
  public static ParkedItem parked(String id, Instant at) {
    return new ParkedItem(id, "write", LinkSamples.id(1), "refused", "email", at);
  }

  /** One document of every kind in which no component is empty, and one in which all are. */
  public static List<Document> awkward() {
    return List.of(
        fullLink(),
        plain(2),
        plain(3).joinedInto(id(4)),
        new RecordClaim(RecordId.contact("101"), id(1), true, NOW, RecordId.contact("102"), true),
        new RecordClaim(RecordId.customer("cus_Z"), null, false, null, null, false),
        new EmailClaim("f".repeat(64), id(1), List.of(id(2), id(3))),
        EmailClaim.free("0".repeat(64)),
        new OutboxRow(
            id(1),
            "pi_7",
            WorkKind.EVENT,
            4,
            NOW,
            7,
            "half-2",
            AWKWARD,
            NOW.minusNanos(1),
            "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01"),
        row(2, 0, NOW),
        new Purchase(
            "pi_1",
            Long.MAX_VALUE,
            "jpy",
            "cus_1",
            "abcd",
            NOW,
            id(1),
            Purchase.State.PARKED,
            AWKWARD),
        purchase("ch_2", NOW, Purchase.State.WAITING, null),
        new ParkedItem("a/b..%2F", "notice", id(1), AWKWARD, "metadata.x", NOW),
        new ParkedItem("__id__", "notice", null, "", null, NOW));
  }

  private static Link fullLink() {
    return new Link(
        id(1),
        NOW,
        17,
        fullContact(),
        fullCustomer(),
        Map.of(
            new FieldName("email"),
            new Agreed(FieldValue.of(AWKWARD), Side.STRIPE, NOW),
            new FieldName("name"),
            new Agreed(FieldValue.name("", " "), Side.HUBSPOT, null),
            new FieldName("phone"),
            Agreed.APART),
        Map.of(
            new FieldName("phone"),
            new Resolution(FieldValue.of(AWKWARD), FieldValue.of(""), Side.STRIPE, NOW)),
        null,
        new TreeSet<>(List.of("b".repeat(64), "a".repeat(64))),
        "c".repeat(64),
        new TreeSet<>(List.of("pi_2", "pi_1")),
        Backlog.MISSING_STRIPE,
        new Swings(
            Map.of(new FieldName("email"), List.of(new Swings.Swing(NOW, NOW.plusNanos(1)))),
            "email: fought"),
        "unlinked: same e-mail",
        new LatestPurchase("pi_9", Long.MIN_VALUE, "jpy", NOW, "pi_8"));
  }

  private static SideState fullContact() {
    return new SideState(
        RecordId.contact("42"),
        Instant.EPOCH,
        true,
        true,
        "cus_42",
        Map.of("email", full(), "firstname", Register.UNKNOWN, "lastname", known("")),
        new TaskMark(Long.MAX_VALUE, WorkKind.READ, Lane.EXPRESS, NOW),
        Long.MAX_VALUE,
        null,
        new Parked("print", AWKWARD, "email", NOW),
        "deleted");
  }

  private static SideState fullCustomer() {
    return new SideState(
        RecordId.customer("cus_42"),
        NOW,
        false,
        false,
        "",
        Map.of("metadata.hubspot_owner", full(), "metadata.__x__.`ü` y", known("0")),
        new TaskMark(3, WorkKind.SETTLE, Lane.BULK, NOW.plusSeconds(9)),
        3,
        new OpenRequest(
            OpenRequest.Kind.CREATE,
            "twofold-1-3",
            Map.of("metadata.hubspot_owner", "", "email", AWKWARD),
            "42",
            NOW,
            Map.of("metadata.hubspot_owner", NOW),
            true,
            true),
        null,
        null);
  }

  private static Register full() {
    return new Register(
        AWKWARD,
        NOW,
        new Stamp("", NOW.plusNanos(1), true),
        true,
        true,
        new OwnWrite(" ", new CallSpan(NOW.minusNanos(2), NOW.plusNanos(3))));
  }

  private static Register known(String value) {
    return new Register(value, null, null, false, false, null);
  }
}
