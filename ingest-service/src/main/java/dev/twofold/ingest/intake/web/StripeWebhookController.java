package dev.twofold.ingest.intake.web;

import dev.twofold.ingest.intake.Delivery;
import dev.twofold.ingest.intake.IntakeSettings;
import dev.twofold.ingest.intake.Provider;
import dev.twofold.ingest.intake.WebhookIntake;
import dev.twofold.ingest.signature.Proof;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Stripe's webhooks. */
@RestController
final class StripeWebhookController {

  private final WebhookIntake intake;
  private final IntakeSettings settings;

  StripeWebhookController(WebhookIntake intake, IntakeSettings settings) {
    this.intake = intake;
    this.settings = settings;
  }

  @PostMapping(path = "/webhooks/stripe/{tenant}", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> take(@PathVariable String tenant, HttpServletRequest request) {
    Proof proof = new Proof.FromStripe(Collections.list(request.getHeaders("Stripe-Signature")));
    return WebhookAnswers.of(
        Provider.STRIPE,
        intake.take(new Delivery(tenant, proof, new CappedBody(request, settings.bodyWithin()))));
  }
}
