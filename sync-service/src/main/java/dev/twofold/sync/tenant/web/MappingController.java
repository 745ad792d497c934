package dev.twofold.sync.tenant.web;

import dev.twofold.sync.mapping.MappingRefused;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.problem.AnswersProblems;
import dev.twofold.sync.problem.Problem;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.role.InRole;
import dev.twofold.sync.role.Role;
import dev.twofold.sync.tenant.Connections;
import dev.twofold.sync.tenant.TenantMappings;
import dev.twofold.sync.tenant.TenantStore;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tenant's mappings. What {@code GET} shows can be changed and sent back with {@code PUT}; it is
 * taken whole or not at all, and links take it as they are next touched.
 */
@RestController
@AnswersProblems
@InRole(Role.WRITES)
final class MappingController {

  /** A misspelt name would otherwise be a setting left out. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final TenantMappings mappings;
  private final Connections connections;

  MappingController(TenantStore tenants, Connections connections) {
    this.mappings = new TenantMappings(tenants);
    this.connections = connections;
  }

  @GetMapping("/tenants/{tenant}/mappings")
  ResponseEntity<MappingsBody> show(@PathVariable("tenant") String tenant) {
    return body(mappings.inForce(known(tenant)));
  }

  @PutMapping("/tenants/{tenant}/mappings")
  ResponseEntity<MappingsBody> change(
      @PathVariable("tenant") String tenant, @RequestBody String sent) {
    TenantId id = known(tenant);
    MappingsBody body = read(sent);
    Integer basedOn = body.version();
    if (basedOn == null) {
      throw Problem.badRequest(
              "no-version", "Send the version that GET /tenants/" + id + "/mappings shows.")
          .thrown();
    }
    Mappings current = mappings.inForce(id);
    refuseOtherTypes(body, current);
    try {
      boolean match = Objects.requireNonNullElse(body.matchByEmail(), current.matchByEmail());
      return mappings
          .change(id, basedOn, match, body.mappings())
          .map(MappingController::body)
          .orElseThrow(() -> overtaken(id, basedOn));
    } catch (MappingRefused refused) {
      throw MappingsBody.refused(refused.field(), refused.reason());
    }
  }

  private static MappingsBody read(String sent) {
    try {
      return JSON.readValue(sent, MappingsBody.class);
    } catch (JacksonException bad) {
      throw Problem.badRequest(
              "mapping-not-understood", "The mappings cannot be read: " + bad.getOriginalMessage())
          .thrown();
    }
  }

  private static void refuseOtherTypes(MappingsBody body, Mappings current) {
    boolean same =
        (body.hubspotType() == null || body.hubspotType().equals(current.hubspotType()))
            && (body.stripeType() == null || body.stripeType().equals(current.stripeType()));
    if (!same) {
      throw Problem.badRequest(
              "other-types",
              "These mappings pair HubSpot's %s with Stripe's %s, which cannot be changed."
                  .formatted(current.hubspotType(), current.stripeType()))
          .thrown();
    }
  }

  private TenantId known(String name) {
    return connections.tenants().stream()
        .filter(tenant -> tenant.value().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Problem.notFound(
                    "unknown-tenant",
                    "There is no such tenant; GET /tenants lists those there are.")
                .thrown());
  }

  private static ResponseEntity<MappingsBody> body(Mappings shown) {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(MappingsBody.of(shown));
  }

  private RuntimeException overtaken(TenantId tenant, int basedOn) {
    int inForce = mappings.inForce(tenant).version();
    return Problem.conflict(
            "mappings-changed",
            "Version %d is in force by now, the change was made from %d. Nothing was changed."
                .formatted(inForce, basedOn),
            Map.of("version", inForce))
        .thrown();
  }
}
