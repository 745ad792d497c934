package dev.twofold.sync.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.failure.PermanentFailure;
import dev.twofold.sync.failure.Stage;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.StaticConnections;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetupTest {

  private final List<String> lines = new ArrayList<>();

  @Test
  void reportsWhatWasFoundOrMadeForEveryTenant() {
    Setup setup =
        new Setup(
            StaticConnections.of("acme", "main"),
            tenant -> List.of("made property stripe_customer_id", "found event stripe_purchase"));

    boolean complete = setup.run(lines::add);

    assertThat(complete).isTrue();
    assertThat(lines)
        .containsExactly(
            "acme: made property stripe_customer_id",
            "acme: found event stripe_purchase",
            "main: made property stripe_customer_id",
            "main: found event stripe_purchase");
  }

  @Test
  void setsTheOthersUpWhenOneFailsAndSaysSo() {
    Setup setup = new Setup(StaticConnections.of("acme", "main"), SetupTest::refusingAcme);

    boolean complete = setup.run(lines::add);

    assertThat(complete).isFalse();
    assertThat(lines)
        .containsExactly(
            "acme: failed: HubSpot refuses the token; it needs the scope crm.schemas",
            "main: found everything");
  }

  @Test
  void asksForMissingSettingsInsteadOfCalling() {
    Setup setup =
        new Setup(
            StaticConnections.of("main").missing("main", "HUBSPOT_ACCESS_TOKEN"),
            SetupTest::neverCalled);

    boolean complete = setup.run(lines::add);

    assertThat(complete).isFalse();
    assertThat(lines).containsExactly("main: not set up; set HUBSPOT_ACCESS_TOKEN first");
  }

  private static List<String> refusingAcme(TenantId tenant) {
    if (tenant.value().equals("acme")) {
      throw new PermanentFailure(
          Stage.CALLING, "HubSpot refuses the token; it needs the scope crm.schemas", null);
    }
    return List.of("found everything");
  }

  private static List<String> neverCalled(TenantId tenant) {
    throw new AssertionError("a tenant without a token is not called for: " + tenant);
  }
}
