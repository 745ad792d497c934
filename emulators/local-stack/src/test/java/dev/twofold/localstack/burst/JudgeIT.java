package dev.twofold.localstack.burst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.twofold.localstack.stack.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Figures from records that are written down here. */
class JudgeIT {
  private static final Map<String, String> RECORDS =
      Map.of(
          "/hubspot/deliveries",
          """
          {"deliveries": [
            {"sentAt": 1000, "tookMicros": 20000, "answer": "202", "attempt": 0,
             "about": ["1 contact.creation 990", "1 email 990", "2 email 991"]},
            {"sentAt": 1500, "tookMicros": 5000, "answer": "503", "attempt": 0,
             "about": ["3 lastname 1490"]},
            {"sentAt": 2500, "tookMicros": 5000, "answer": "202", "attempt": 1,
             "about": ["3 lastname 1490"]}]}
          """,
          "/hubspot/changes",
          """
          {"changes": [
            {"at": 990, "contact": "1", "property": "email", "value": "a", "source": "IMPORT"},
            {"at": 991, "contact": "2", "property": "email", "value": "b", "source": "IMPORT"},
            {"at": 1490, "contact": "3", "property": "lastname", "value": "Edith0",
             "source": "CRM_UI"},
            {"at": 4000, "contact": "9", "property": "stripe_customer_id", "value": "cus_9",
             "source": "INTEGRATION"}],
           "events": [{"at": 5000, "uuid": "pi_1", "contact": "9"}]}
          """,
          "/stripe/deliveries",
          """
          {"deliveries": [
            {"sentAt": 3000, "tookMicros": 1000, "answer": "202", "attempt": 0,
             "about": ["evt_9"]},
            {"sentAt": 4600, "tookMicros": 1000, "answer": "202", "attempt": 0,
             "about": ["evt_p"]}]}
          """,
          "/stripe/changes",
          """
          {"changes": [
            {"at": 1200, "event": {"id": "evt_1", "type": "customer.created",
              "data": {"object": {"id": "cus_1", "metadata": {"hubspot_contact_id": "1"}}},
              "request": {"idempotency_key": "twofold-x-1"}}},
            {"at": 2100, "event": {"id": "evt_2", "type": "customer.created",
              "data": {"object": {"id": "cus_2", "metadata": {"hubspot_contact_id": "2"}}},
              "request": {"idempotency_key": "twofold-y-1"}}},
            {"at": 2990, "event": {"id": "evt_9", "type": "customer.created",
              "data": {"object": {"id": "cus_9", "metadata": {}}},
              "request": {"idempotency_key": null}}},
            {"at": 2700, "event": {"id": "evt_3", "type": "customer.updated",
              "data": {"object": {"id": "cus_3", "name": "Pat Edith0", "metadata": {}}},
              "request": {"idempotency_key": "twofold-z-2"}}},
            {"at": 4590, "event": {"id": "evt_p", "type": "payment_intent.succeeded",
              "data": {"object": {"id": "pi_1"}}, "request": {"idempotency_key": null}}}]}
          """);

  @Test
  void measuresFromTheFirstSendingToTheEffect() throws Exception {
    List<BurstReport.Latency> rows = judge(deeds()).latencies(100);

    assertThat(rows)
        .extracting(
            BurstReport.Latency::change, BurstReport.Latency::seen, BurstReport.Latency::max)
        .containsExactly(
            tuple("imported contacts", 2, 1_100.0),
            tuple("customers entered", 1, 1_000.0),
            tuple("purchases", 1, 400.0),
            tuple("edits in HubSpot", 1, 1_200.0));
  }

  @Test
  void countsWebhooksByTheirAnswers() throws Exception {
    BurstReport.Deliveries deliveries = judge(deeds()).deliveries(Part.HUBSPOT);

    assertThat(deliveries.accepted()).isEqualTo(2);
    assertThat(deliveries.refused()).isEqualTo(1);
    assertThat(deliveries.notices()).isEqualTo(4);
    assertThat(deliveries.p50()).isEqualTo(5);
    assertThat(deliveries.max()).isEqualTo(20);
  }

  @Test
  void timesTheImportFromItsFirstNoticeToItsLastCustomer() throws Exception {
    assertThat(judge(deeds()).importSeconds()).contains(1.1);
  }

  @Test
  void countsCallsOnlyWhileABacklogWaits() throws Exception {
    BurstReport.Calls to = afterABacklogUntil(14_000);

    assertThat(to.total()).isEqualTo(120);
    assertThat(to.backlogSeconds()).isEqualTo(12);
    assertThat(to.limitUse()).isEqualTo(1.0);
    assertThat(to.changedRecords()).isEqualTo(3);
    assertThat(to.perEndpoint()).containsEntry("POST /v1/customers", 120L);
  }

  @Test
  void callsNoLimitUsedOrUnusedByABacklogOfSeconds() throws Exception {
    BurstReport.Calls to = afterABacklogUntil(11_000);

    assertThat(to.backlogSeconds()).isEqualTo(9);
    assertThat(to.limitUse()).isNull();
  }

  /** Ten calls a second while tasks wait, none before and after. */
  private static BurstReport.Calls afterABacklogUntil(int end) throws Exception {
    List<String> calls = new ArrayList<>();
    for (int at = 2_000; at < end; at += 100) {
      calls.addFirst("{\"at\": \"%s\"}".formatted(Instant.ofEpochMilli(at)));
    }
    List<Meter.Look> looks = new ArrayList<>();
    for (int at = 1_000; at <= end + 2_000; at += 250) {
      looks.add(new Meter.Look(at, 0, at >= 2_000 && at <= end ? 5 : 0));
    }
    return judge(
            deeds(),
            Map.of("/stripe/calls", "{\"calls\": [%s]}".formatted(String.join(",", calls))))
        .calls(Part.STRIPE, stats(0, 0), stats(calls.size(), 10), looks);
  }

  private static JsonNode stats(int calls, int highest) {
    return JsonMapper.shared()
        .readTree(
            """
            {"calls": %d, "limit": 10, "highestPerSecond": %d, "tooMany": 0,
             "endpoints": {"POST /v1/customers": %d}}
            """
                .formatted(calls, highest, calls));
  }

  private static Deeds deeds() {
    Deeds deeds = new Deeds();
    deeds.created("cus_9");
    deeds.bought("pi_1");
    deeds.editedInHubSpot("3", "Edith0");
    return deeds;
  }

  private static Judge judge(Deeds deeds) throws Exception {
    return judge(deeds, Map.of());
  }

  private static Judge judge(Deeds deeds, Map<String, String> more) throws Exception {
    Map<String, String> answers = new HashMap<>(RECORDS);
    answers.putAll(more);
    try (Simulated simulated = new Simulated(answers)) {
      return new Judge(
          Evidence.since(0, simulated.sides()),
          deeds,
          BurstPlan.of(Scenario.MIXED, BurstSize.full()));
    }
  }
}
