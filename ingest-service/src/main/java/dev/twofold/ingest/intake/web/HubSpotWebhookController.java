package dev.twofold.ingest.intake.web;

import dev.twofold.ingest.intake.Delivery;
import dev.twofold.ingest.intake.IntakeSettings;
import dev.twofold.ingest.intake.Provider;
import dev.twofold.ingest.intake.WebhookIntake;
import dev.twofold.ingest.signature.Proof;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** HubSpot's webhooks. */
@RestController
final class HubSpotWebhookController {

  private final WebhookIntake intake;
  private final IntakeSettings settings;

  HubSpotWebhookController(WebhookIntake intake, IntakeSettings settings) {
    this.intake = intake;
    this.settings = settings;
  }

  @PostMapping(path = "/webhooks/hubspot/{tenant}", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> take(@PathVariable String tenant, HttpServletRequest request) {
    Proof proof =
        new Proof.FromHubSpot(
            request.getMethod(),
            calledUrl(request),
            headers(request, "X-HubSpot-Signature-v3"),
            headers(request, "X-HubSpot-Request-Timestamp"),
            headers(request, "X-HubSpot-Signature"),
            headers(request, "X-HubSpot-Signature-Version"));
    return WebhookAnswers.of(
        Provider.HUBSPOT,
        intake.take(new Delivery(tenant, proof, new CappedBody(request, settings.bodyWithin()))));
  }

  /**
   * The URL as HubSpot called it. Scheme and host come from the setting: behind a proxy the request
   * does not know them, and a caller chooses its Host header freely.
   */
  private String calledUrl(HttpServletRequest request) {
    String query = request.getQueryString();
    return settings.publicBaseUrl() + request.getRequestURI() + (query == null ? "" : "?" + query);
  }

  private static List<String> headers(HttpServletRequest request, String name) {
    return Collections.list(request.getHeaders(name));
  }
}
