package dev.twofold.localstack.burst;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerIT {
  private static final String ADA =
      """
      {"id": "1", "properties": {"email": "ada@example.com", "firstname": "Ada",
        "lastname": "Adler", "stripe_customer_id": "cus_1"}}
      """;
  private static final String CUSTOMER_ADA =
      """
      {"id": "cus_1", "email": "Ada@example.com", "name": "Ada Adler",
       "metadata": {"hubspot_contact_id": "1"}}
      """;

  @Test
  void findsNothingWhereAllIsWell() throws Exception {
    Deeds deeds = new Deeds();
    deeds.bought("pi_1");
    deeds.editedInHubSpot("1", "Adler");

    BurstReport.Outcome outcome = check(ADA, CUSTOMER_ADA, "{\"uuid\": \"pi_1\"}", deeds);

    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.expected()).isEqualTo(3);
    assertThat(outcome.lost() + outcome.doubled() + outcome.wrong()).isZero();
  }

  @Test
  void countsWhatIsOnOneSideOnlyAndEventsThatNeverCame() throws Exception {
    Deeds deeds = new Deeds();
    deeds.bought("pi_1");

    BurstReport.Outcome outcome =
        check(ADA, CUSTOMER_ADA.replace("Ada@", "bela@"), "{\"uuid\": \"pi_2\"}", deeds);

    assertThat(outcome.lost()).isEqualTo(3);
    assertThat(outcome.findings())
        .containsExactlyInAnyOrder(
            "ada@example.com: a contact without a customer",
            "bela@example.com: a customer without a contact",
            "purchase pi_1 has no event");
  }

  @Test
  void countsDoubles() throws Exception {
    Deeds deeds = new Deeds();
    deeds.bought("pi_1");

    BurstReport.Outcome outcome =
        check(
            ADA,
            CUSTOMER_ADA + "," + CUSTOMER_ADA.replace("cus_1", "cus_2"),
            "{\"uuid\": \"pi_1\"}, {\"uuid\": \"pi_1\"}",
            deeds);

    assertThat(outcome.doubled()).isEqualTo(2);
  }

  @Test
  void countsDifferencesAndEditsThatAreGone() throws Exception {
    Deeds deeds = new Deeds();
    deeds.editedInHubSpot("1", "Edith7");

    BurstReport.Outcome outcome =
        check(ADA, CUSTOMER_ADA.replace("Ada Adler", "Ada Baker"), "", deeds);

    assertThat(outcome.wrong()).isEqualTo(1);
    assertThat(outcome.lost()).isEqualTo(1);
    assertThat(outcome.findings()).anyMatch(finding -> finding.contains("'Edith7' is gone"));
  }

  private static BurstReport.Outcome check(
      String contacts, String customers, String events, Deeds deeds) throws Exception {
    Map<String, String> answers =
        Map.of(
            "/hubspot/state",
            "{\"contacts\": [%s], \"events\": [%s]}".formatted(contacts, events),
            "/stripe/state",
            "{\"customers\": [%s]}".formatted(customers));
    try (Simulated simulated = new Simulated(answers)) {
      return Ledger.check(simulated.sides(), deeds, true);
    }
  }
}
