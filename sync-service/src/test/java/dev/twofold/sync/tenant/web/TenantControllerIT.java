package dev.twofold.sync.tenant.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.failure.Stage;
import dev.twofold.sync.problem.ProblemSlice;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.ConnectMode;
import dev.twofold.sync.tenant.InMemoryTenantStore;
import dev.twofold.sync.tenant.Indexing;
import dev.twofold.sync.tenant.StaticConnections;
import dev.twofold.sync.tenant.Tenant;
import dev.twofold.sync.tenant.TenantCommands;
import dev.twofold.sync.tenant.TenantState;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class TenantControllerIT {

  private static final TenantId MAIN = new TenantId("main");
  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

  private final InMemoryTenantStore store = new InMemoryTenantStore();
  private final StaticConnections connections = StaticConnections.of("main");
  private final StoreCommands commands = new StoreCommands();
  private final MockMvcTester web =
      ProblemSlice.of(new TenantController(store, connections, commands));

  @Test
  void showsATenantWithItsProgressAndBacklog() {
    store.update(
        MAIN,
        tenant ->
            tenant
                .connecting(ConnectMode.CREATE_MISSING, NOW)
                .indexed(Side.STRIPE, new Indexing(null, 3, 250, true)));
    commands.backlog = 42;

    MvcTestResult answer = web.get().uri("/tenants/main").exchange();

    assertThat(answer)
        .hasStatusOk()
        .hasHeader("Cache-Control", "no-store")
        .bodyJson()
        .isStrictlyEqualTo(
            """
            {"tenant": "main", "state": "indexing", "mode": "create-missing", "missing": [],
             "progress": {
               "hubspot": {"page": 0, "records": 0, "complete": false},
               "stripe": {"page": 3, "records": 250, "complete": true}},
             "limits": {}, "backlog": 42, "mappingVersion": 1,
             "connectedAt": "2026-11-21T09:00:00Z"}
            """);
  }

  @Test
  void saysWhichSideBrokeAndWhy() {
    store.update(
        MAIN, tenant -> tenant.in(TenantState.BROKEN, "HubSpot answers 401", Side.HUBSPOT));

    MvcTestResult answer = web.get().uri("/tenants/main").exchange();

    assertThat(answer)
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"state": "broken", "brokenSide": "hubspot", "reason": "HubSpot answers 401"}
            """);
  }

  @Test
  void namesWhatIsMissingOfATenantNobodyHasConnected() {
    connections.missing("main", "STRIPE_API_KEY");

    MvcTestResult answer = web.get().uri("/tenants/main").exchange();

    assertThat(answer)
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"state": "unconnected", "missing": ["STRIPE_API_KEY"],
             "reason": "not set: STRIPE_API_KEY"}
            """);
  }

  @Test
  void connectsInTheModeThatIsAskedFor() {
    MvcTestResult answer = web.post().uri("/tenants/main/connect?mode=create-missing").exchange();

    assertThat(answer)
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo("{\"state\": \"indexing\", \"mode\": \"create-missing\"}");
    assertThat(store.load(MAIN).orElseThrow().mode()).isEqualTo(ConnectMode.CREATE_MISSING);
  }

  @Test
  void refusesToConnectWithoutAMode() {
    for (String query : new String[] {"", "?mode=", "?mode=CREATE_MISSING", "?mode=all"}) {
      MvcTestResult answer = web.post().uri("/tenants/main/connect" + query).exchange();

      assertProblem(answer, HttpStatus.BAD_REQUEST, "unknown-mode");
    }
    assertThat(store.load(MAIN)).isEmpty();
  }

  @Test
  void refusesToConnectWhileSomethingIsMissing() {
    connections.missing("main", "HUBSPOT_ACCESS_TOKEN", "STRIPE_API_KEY");

    MvcTestResult answer = web.post().uri("/tenants/main/connect?mode=match-only").exchange();

    assertProblem(answer, HttpStatus.CONFLICT, "not-connected");
    assertThat(answer)
        .bodyJson()
        .isLenientlyEqualTo("{\"missing\": [\"HUBSPOT_ACCESS_TOKEN\", \"STRIPE_API_KEY\"]}");
    assertThat(store.load(MAIN)).isEmpty();
  }

  @Test
  void pausesAndResumes() {
    store.update(MAIN, tenant -> tenant.in(TenantState.LIVE, null, null));

    assertThat(web.post().uri("/tenants/main/pause").exchange())
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo("{\"state\": \"paused\"}");
    assertThat(web.post().uri("/tenants/main/resume").exchange())
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo("{\"state\": \"live\"}");
  }

  @Test
  void refusesWhatTheStateDoesNotAllow() {
    MvcTestResult paused = web.post().uri("/tenants/main/pause").exchange();
    MvcTestResult resumed = web.post().uri("/tenants/main/resume").exchange();

    assertProblem(paused, HttpStatus.CONFLICT, "not-possible-now");
    assertProblem(resumed, HttpStatus.CONFLICT, "not-possible-now");
    assertThat(resumed).bodyJson().isLenientlyEqualTo("{\"state\": \"unconnected\"}");
  }

  @Test
  void knowsNoOtherTenants() {
    for (String tenant : new String[] {"other", "Not_An_Id", "x"}) {
      assertProblem(
          web.get().uri("/tenants/" + tenant).exchange(), HttpStatus.NOT_FOUND, "unknown-tenant");
      assertProblem(
          web.post().uri("/tenants/" + tenant + "/pause").exchange(),
          HttpStatus.NOT_FOUND,
          "unknown-tenant");
    }
  }

  @Test
  void listsTheTenants() {
    assertThat(web.get().uri("/tenants").exchange())
        .hasStatusOk()
        .bodyJson()
        .isStrictlyEqualTo("{\"tenants\": [\"main\"]}");
  }

  @Test
  void asksToTryAgainWhileTheStoreIsAway() {
    commands.unreachable = true;

    MvcTestResult answer = web.get().uri("/tenants/main").exchange();

    assertProblem(answer, HttpStatus.SERVICE_UNAVAILABLE, "unavailable");
  }

  private static void assertProblem(MvcTestResult answer, HttpStatus status, String name) {
    assertThat(answer)
        .hasStatus(status)
        .hasContentType("application/problem+json")
        .bodyJson()
        .extractingPath("$.type")
        .isEqualTo("urn:twofold:problem:" + name);
  }

  /** Does what the commands promise, on the store alone. */
  private final class StoreCommands implements TenantCommands {

    private long backlog;
    private boolean unreachable;

    @Override
    public Tenant connect(TenantId tenant, ConnectMode mode) {
      return store.update(tenant, stored -> stored.connecting(mode, NOW));
    }

    @Override
    public Tenant pause(TenantId tenant) {
      return store.update(
          tenant,
          stored ->
              stored.state() == TenantState.LIVE
                  ? stored.in(TenantState.PAUSED, "by a person", null)
                  : stored);
    }

    @Override
    public Tenant resume(TenantId tenant) {
      return store.update(
          tenant,
          stored ->
              stored.state() == TenantState.PAUSED
                  ? stored.in(TenantState.LIVE, null, null)
                  : stored);
    }

    @Override
    public long backlog(TenantId tenant) {
      if (unreachable) {
        throw new RetryableFailure(Stage.LOADING, "the store cannot be reached", null);
      }
      return backlog;
    }
  }
}
