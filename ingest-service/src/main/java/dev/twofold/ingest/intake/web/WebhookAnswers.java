package dev.twofold.ingest.intake.web;

import dev.twofold.ingest.intake.IntakeOutcome;
import dev.twofold.ingest.intake.IntakeOutcome.Accepted;
import dev.twofold.ingest.intake.IntakeOutcome.Refused;
import dev.twofold.ingest.intake.Provider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** The one place where an outcome becomes an HTTP answer. */
final class WebhookAnswers {

  private WebhookAnswers() {}

  static ResponseEntity<byte[]> of(Provider provider, IntakeOutcome outcome) {
    return switch (outcome) {
      case Accepted _ -> ResponseEntity.noContent().build();
      case Refused refused -> refuse(provider, refused);
    };
  }

  private static ResponseEntity<byte[]> refuse(Provider provider, Refused refused) {
    Problem problem = problem(refused);
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(problem.status())
            .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
    switch (refused.refusal()) {
      // Nothing changes before an operator acts; asking more often helps nobody.
      case NOT_CONNECTED -> answer.header(HttpHeaders.RETRY_AFTER, "60");
      case BUSY -> answer.header(HttpHeaders.RETRY_AFTER, "1");
      case NOT_ACKNOWLEDGED -> answer.header(HttpHeaders.RETRY_AFTER, "5");
      case NOT_AUTHENTIC -> answer.header(HttpHeaders.WWW_AUTHENTICATE, scheme(provider));
      case INCOMPLETE -> answer.header(HttpHeaders.CONNECTION, "close");
      case UNKNOWN_TENANT, TOO_LARGE, MALFORMED -> {
        // The body says it all.
      }
    }
    return answer.body(problem.json());
  }

  private static Problem problem(Refused refused) {
    String name = refused.refusal().label();
    String detail = refused.detail();
    return switch (refused.refusal()) {
      case UNKNOWN_TENANT -> Problem.named(name, "Unknown tenant", 404, detail);
      case NOT_CONNECTED -> Problem.named(name, "Tenant not connected", 503, detail);
      case BUSY -> Problem.named(name, "Busy", 503, detail);
      case TOO_LARGE -> Problem.named(name, "Too large", 413, detail);
      case INCOMPLETE -> Problem.named(name, "Incomplete body", 408, detail);
      case NOT_AUTHENTIC -> Problem.named(name, "Not authentic", 401, detail);
      case MALFORMED -> Problem.named(name, "Malformed delivery", 400, detail);
      case NOT_ACKNOWLEDGED -> Problem.named(name, "Not stored", 503, detail);
    };
  }

  private static String scheme(Provider provider) {
    return switch (provider) {
      case HUBSPOT -> "X-HubSpot-Signature-v3";
      case STRIPE -> "Stripe-Signature";
    };
  }
}
