package dev.twofold.sync.side.hubspot;

import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.side.FixedToken;
import dev.twofold.sync.side.HubSpotSide.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/** What the tests of the adapter share. */
final class HubSpotFixture {

  static final TenantId TENANT = new TenantId("main");
  static final List<String> SHOWN = List.of("email", "firstname", "lastname", "phone");

  private HubSpotFixture() {}

  static HubSpotApiSide side(String address, String version, FixedToken token) {
    return side(address, version, token, Duration.ofSeconds(10));
  }

  static HubSpotApiSide side(
      String address, String version, FixedToken token, Duration answerTimeout) {
    return new HubSpotApiSide(
        token,
        HubSpotConfiguration.api(
            new HubSpotSettings(address, version, Duration.ofSeconds(5), answerTimeout),
            RestClient.builder()),
        new HubSpotFailures(new JsonMapper()),
        InstantSource.fixed(Instant.EPOCH),
        System::nanoTime);
  }

  static Row made(String ref, Map<String, String> values, @Nullable String mark) {
    return new Row(ref, null, values, mark, Duration.ZERO);
  }

  static Row changed(String ref, String contact, Map<String, String> values) {
    return new Row(ref, RecordId.contact(contact), values, null, Duration.ZERO);
  }
}
