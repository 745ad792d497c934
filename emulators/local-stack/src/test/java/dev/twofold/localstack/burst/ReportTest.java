package dev.twofold.localstack.burst;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final BurstReport.Machine MACHINE =
      new BurstReport.Machine("Linux", "two cores", 2, 24_000);

  @Test
  void isGoodWhileNothingIsLostAndNoLimitIsPassed() {
    assertThat(report(0, 100, 0).isGood()).isTrue();
    assertThat(report(1, 100, 0).isGood()).isFalse();
    assertThat(report(0, 101, 0).isGood()).isFalse();
    assertThat(report(0, 100, 1).isGood()).isFalse();
  }

  @Test
  void isOnTargetOnlyWithEveryTargetMet() {
    assertThat(report(0, 100, 0).isOnTarget()).isFalse();
  }

  @Test
  void showsEveryFigure() {
    assertThat(report(0, 100, 0).table())
        .contains("from HubSpot", "to Stripe", "97.5%", "edits in HubSpot", "sync-service")
        .contains("MISSED quick", "expected 5, lost 0, doubled 0, wrong 0");
  }

  @Test
  void hasTheJsonThatTheSchemaDescribes() throws IOException {
    JsonNode schema =
        JSON.readTree(
            Files.readString(Path.of("").toAbsolutePath().resolveSibling("burst.schema.json")));

    assertThat(differences(schema, "report", JSON.readTree(report(0, 100, 0).json()))).isEmpty();
    assertThat(differences(schema, "intake", JSON.readTree(intake().json()))).isEmpty();
  }

  /** Names that the schema's definition has and the object lacks, or the other way round. */
  private static List<String> differences(JsonNode schema, String definition, JsonNode object) {
    JsonNode described = schema.path("$defs").path(definition);
    List<String> differences = new ArrayList<>();
    for (JsonNode name : described.path("required")) {
      if (!object.has(name.asString())) {
        differences.add(definition + " lacks " + name.asString());
      }
    }
    object.forEachEntry((name, value) -> {
      JsonNode property = described.path("properties").path(name);
      if (property.isMissingNode()) {
        differences.add(definition + " has an undescribed " + name);
      }
      JsonNode items = property.has("items") ? property.path("items") : property;
      String reference = items.path("$ref").asString("");
      JsonNode inner = value.isArray() ? value.path(0) : value;
      if (!reference.isEmpty()) {
        differences.addAll(
            differences(schema, reference.substring(reference.lastIndexOf('/') + 1), inner));
      }
    });
    return differences;
  }

  private static BurstReport report(int lost, int highest, long tooMany) {
    return new BurstReport(
        "mixed",
        "2026-11-21T12:00:00Z",
        12.5,
        Map.of("contacts", 5),
        MACHINE,
        List.of(new BurstReport.Deliveries("HubSpot", 5, 0, 25, 10, 20, 30, 40)),
        List.of(
            new BurstReport.Calls(
                "Stripe",
                100,
                5,
                Map.of("POST /v1/customers", 5L),
                5,
                1.0,
                4,
                0.975,
                highest,
                tooMany)),
        List.of(
            new BurstReport.Latency(
                "edits in HubSpot", "HubSpot to Stripe", "express", 5, 1, 2, 3, 4, 0)),
        new BurstReport.Outcome(5, lost, 0, 0, true, List.of()),
        List.of(new BurstReport.ProcessUse("sync-service", 1.5, 300)),
        List.of(new BurstReport.Target("quick", "slow", false)));
  }

  private static IntakeReport intake() {
    return new IntakeReport(
        "2026-11-21T12:00:00Z",
        10,
        MACHINE,
        List.of(new IntakeReport.Level(1, 10, 0, 1, 2, 3, 4)),
        List.of(new BurstReport.ProcessUse("ingest-service", 1.5, 300)));
  }
}
