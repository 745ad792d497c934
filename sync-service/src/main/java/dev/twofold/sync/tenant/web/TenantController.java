package dev.twofold.sync.tenant.web;

import dev.twofold.sync.problem.AnswersProblems;
import dev.twofold.sync.problem.Problem;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.role.InRole;
import dev.twofold.sync.role.Role;
import dev.twofold.sync.tenant.ConnectMode;
import dev.twofold.sync.tenant.Connections;
import dev.twofold.sync.tenant.Tenant;
import dev.twofold.sync.tenant.TenantCommands;
import dev.twofold.sync.tenant.TenantState;
import dev.twofold.sync.tenant.TenantStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How a tenant stands, and what an operator may have done with it. */
@RestController
@AnswersProblems
@InRole(Role.WRITES)
final class TenantController {

  private static final String NOT_NOW = "not-possible-now";

  private final TenantStore tenants;
  private final Connections connections;
  private final TenantCommands commands;

  TenantController(TenantStore tenants, Connections connections, TenantCommands commands) {
    this.tenants = tenants;
    this.connections = connections;
    this.commands = commands;
  }

  @GetMapping("/tenants/{tenant}")
  ResponseEntity<TenantView> show(@PathVariable("tenant") String tenant) {
    return view(stored(known(tenant)));
  }

  @PostMapping("/tenants/{tenant}/connect")
  ResponseEntity<TenantView> connect(
      @PathVariable("tenant") String tenant,
      @RequestParam(name = "mode", required = false) @Nullable String mode) {
    TenantId id = known(tenant);
    ConnectMode chosen = mode == null ? null : TenantView.mode(mode);
    if (chosen == null) {
      throw Problem.badRequest(
              "unknown-mode",
              "Choose mode=match-only, to leave records alone that are on one side only, or"
                  + " mode=create-missing, to create them on the other side.")
          .thrown();
    }
    refuseUnlessComplete(id);
    Tenant connected = commands.connect(id, chosen);
    if (connected.state() == TenantState.INDEXING || connected.state() == TenantState.LIVE) {
      return view(connected);
    }
    throw notNow(connected, "connected");
  }

  @PostMapping("/tenants/{tenant}/pause")
  ResponseEntity<TenantView> pause(@PathVariable("tenant") String tenant) {
    Tenant paused = commands.pause(known(tenant));
    if (paused.state() == TenantState.PAUSED) {
      return view(paused);
    }
    throw notNow(paused, "paused");
  }

  @PostMapping("/tenants/{tenant}/resume")
  ResponseEntity<TenantView> resume(@PathVariable("tenant") String tenant) {
    TenantId id = known(tenant);
    refuseUnlessComplete(id);
    Tenant resumed = commands.resume(id);
    if (resumed.state() == TenantState.LIVE || resumed.state() == TenantState.INDEXING) {
      return view(resumed);
    }
    throw notNow(resumed, "resumed");
  }

  private TenantId known(String name) {
    TenantId tenant;
    try {
      tenant = new TenantId(name);
    } catch (IllegalArgumentException notAnId) {
      throw unknown();
    }
    if (connections.tenants().contains(tenant) || tenants.load(tenant).isPresent()) {
      return tenant;
    }
    throw unknown();
  }

  private Tenant stored(TenantId id) {
    List<String> missing = connections.missing(id);
    return tenants
        .load(id)
        .orElseGet(() ->
            Tenant.unconnected(
                id,
                missing.isEmpty()
                    ? "nobody has connected it yet"
                    : "not set: " + String.join(", ", missing)));
  }

  private void refuseUnlessComplete(TenantId id) {
    List<String> missing = connections.missing(id);
    if (!missing.isEmpty()) {
      throw Problem.conflict(
              "not-connected",
              "Tenant %s cannot be connected before this is set: %s. Set it and start the service"
                      .formatted(id, String.join(", ", missing))
                  + " again.",
              Map.of("missing", missing))
          .thrown();
    }
  }

  private ResponseEntity<TenantView> view(Tenant tenant) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(
            TenantView.of(tenant, connections.missing(tenant.id()), commands.backlog(tenant.id())));
  }

  private static RuntimeException notNow(Tenant tenant, String what) {
    String reason = tenant.reason() == null ? "" : " (" + tenant.reason() + ")";
    String state = TenantView.word(tenant.state());
    return Problem.conflict(
            NOT_NOW,
            "Tenant %s cannot be %s now, it is %s%s.".formatted(tenant.id(), what, state, reason),
            Map.of("state", state))
        .thrown();
  }

  private static RuntimeException unknown() {
    return Problem.notFound(
            "unknown-tenant", "There is no such tenant; GET /tenants lists those there are.")
        .thrown();
  }

  @GetMapping("/tenants")
  Map<String, List<String>> list() {
    return Map.of("tenants", connections.tenants().stream().map(TenantId::value).toList());
  }
}
