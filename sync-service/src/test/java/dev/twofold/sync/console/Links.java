package dev.twofold.sync.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.link.Backlog;
import dev.twofold.sync.link.Change;
import dev.twofold.sync.link.Document;
import dev.twofold.sync.link.HistoryEntry;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.link.OpenRequest;
import dev.twofold.sync.link.OutboxRow;
import dev.twofold.sync.link.Parked;
import dev.twofold.sync.link.Purchase;
import dev.twofold.sync.link.RecordClaim;
import dev.twofold.sync.link.SideState;
import dev.twofold.sync.link.Swings;
import dev.twofold.sync.link.TaskMark;
import dev.twofold.sync.link.WorkKind;
import dev.twofold.sync.merge.Agreed;
import dev.twofold.sync.merge.Register;
import dev.twofold.sync.record.CallSpan;
import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.FieldValue;
import dev.twofold.sync.record.Lane;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Links of one contact and one customer, as a store holds them. */
final class Links {

  static final TenantId TENANT = new TenantId("main");
  static final LinkId ID = new LinkId("00000000000000000001");
  static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  private static final CallSpan BEFORE = new CallSpan(NOW.minusSeconds(60), NOW.minusSeconds(59));

  private final LinkStore store;

  Links(LinkStore store) {
    this.store = store;
  }

  /** Both agree but for the e-mail address, which HubSpot has changed. */
  static Link pair() {
    return named("Ada", "Lovelace");
  }

  static Link named(String first, String last) {
    SideState hubspot =
        SideState.EMPTY
            .holding(RecordId.contact("101"), NOW.minusSeconds(100))
            .completed()
            .marked("cus_1")
            .with("email", known("ada@old.example.com").noticed("ada@example.com", NOW))
            .with("firstname", known(first))
            .with("lastname", known(last))
            .with("phone", known("+49 0"));
    SideState stripe =
        SideState.EMPTY
            .holding(RecordId.customer("cus_1"), NOW.minusSeconds(90))
            .completed()
            .with("email", known("ada@old.example.com"))
            .with("name", known(first + " " + last))
            .with("phone", known("+49 0"));
    return Link.create(ID, NOW.minusSeconds(100), 1)
        .with(Side.HUBSPOT, hubspot)
        .with(Side.STRIPE, stripe)
        .agreeing(
            Map.of(
                new FieldName("email"),
                new Agreed(FieldValue.of("ada@old.example.com"), Side.HUBSPOT, null),
                new FieldName("name"),
                new Agreed(FieldValue.name(first, last), Side.HUBSPOT, null),
                new FieldName("phone"),
                new Agreed(FieldValue.of("+49 0"), Side.STRIPE, null)));
  }

  /** Both sides changed the phone number. */
  static Link conflict() {
    Link link = pair();
    return link.with(
            Side.HUBSPOT,
            link.hubspot().with("phone", link.hubspot().register("phone").noticed("+49 1", NOW)))
        .with(
            Side.STRIPE,
            link.stripe()
                .with(
                    "phone", link.stripe().register("phone").noticed("+49 2", NOW.plusSeconds(5))));
  }

  /** One with everything that can wait, and two entries of history. */
  void storeBusy() {
    Link link = pair();
    SideState hubspot =
        link.hubspot()
            .withTask(new TaskMark(7, WorkKind.UPDATE, Lane.EXPRESS, NOW))
            .withParked(new Parked("f", "PROPERTY_DOESNT_EXIST", "phone", NOW));
    SideState stripe = link.stripe().withOpen(request());
    store(
        link.with(Side.HUBSPOT, hubspot)
            .with(Side.STRIPE, stripe.leaving("deleted in Stripe"))
            .withPurchases(new TreeSet<>(List.of("pi_1", "pi_2")))
            .withBacklog(Backlog.DIFFERS)
            .swinging(
                new Swings(
                    Map.of(new FieldName("phone"), List.of(new Swings.Swing(NOW, NOW))),
                    "phone: HubSpot and an integration")));
    put(new OutboxRow(ID, "7", WorkKind.UPDATE, 1, NOW, 2, "", "HubSpot answered 503", NOW, null));
    put(new Purchase("pi_1", 1250, "eur", "cus_1", null, NOW, ID, Purchase.State.WAITING, null));
    history(new HistoryEntry(ID, NOW, "notice", Map.of("property", "phone")));
    history(new HistoryEntry(ID, NOW.plusSeconds(1), "write", Map.of("name", "Ada Lovelace")));
  }

  /** Stores the link and claims its records. */
  void store(Link link) {
    put(link);
    for (Side side : Side.values()) {
      RecordId record = link.record(side);
      if (record != null) {
        put(RecordClaim.of(record, link.id()));
      }
    }
  }

  void put(Document document) {
    assertThat(store.commit(TENANT, List.of(new Change(document.key(), document, null)), List.of()))
        .isTrue();
  }

  private void history(HistoryEntry entry) {
    assertThat(store.commit(TENANT, List.of(), List.of(entry))).isTrue();
  }

  private static OpenRequest request() {
    return new OpenRequest(
        OpenRequest.Kind.UPDATE,
        "twofold-1-4",
        Map.of("name", "Ada Lovelace"),
        null,
        NOW,
        Map.of(),
        false,
        false);
  }

  private static Register known(String value) {
    return Register.UNKNOWN.read(value, BEFORE);
  }
}
