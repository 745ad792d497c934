package dev.twofold.ingest.intake;

import static dev.twofold.ingest.intake.Deliveries.stripeSignature;
import static dev.twofold.ingest.intake.Deliveries.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.ingest.IngestApplication;
import dev.twofold.ingest.intake.web.IngestProcess;
import io.grpc.Status;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The start on Google Cloud: secrets from Secret Manager, and none of them a must. */
class CloudProfileIT {

  private static final String VERSION = "/versions/latest";
  private static final String STRIPE =
      "projects/acme-prod/secrets/twofold-main-stripe-webhook-secret";
  private static final String HUBSPOT =
      "projects/acme-prod/secrets/twofold-main-hubspot-client-secret";

  @Test
  void takesSecretsFromSecretManagerAndStartsWithoutThoseThatAreMissing() throws Exception {
    byte[] body = utf8("signed, but not JSON");
    try (FakeSecretManager secrets =
            new FakeSecretManager(Map.of(STRIPE + VERSION, "whsec_old,whsec_new\n"));
        IngestProcess ingest = start(secrets)) {
      HttpResponse<String> stripe =
          ingest.post(
              "/webhooks/stripe/main",
              body,
              "Stripe-Signature",
              stripeSignature("whsec_new", body, Instant.now()));
      HttpResponse<String> hubspot = ingest.post("/webhooks/hubspot/main", body);

      assertThat(stripe.statusCode()).as("authentic, and only then malformed").isEqualTo(400);
      assertThat(hubspot.statusCode()).isEqualTo(503);
      assertThat(hubspot.body()).contains("the setting HUBSPOT_CLIENT_SECRET has no value");
      assertThat(secrets.asked()).contains(STRIPE + VERSION, HUBSPOT + VERSION);
    }
  }

  @Test
  void provesADeliveryWithASecretThatIsAloneInSecretManager() throws Exception {
    byte[] body = utf8("signed, but not JSON");
    try (FakeSecretManager secrets =
            new FakeSecretManager(Map.of(STRIPE + VERSION, "whsec_${only}:one"));
        IngestProcess ingest = start(secrets)) {
      HttpResponse<String> stripe =
          ingest.post(
              "/webhooks/stripe/main",
              body,
              "Stripe-Signature",
              stripeSignature("whsec_${only}:one", body, Instant.now()));

      assertThat(stripe.statusCode()).as("authentic, and only then malformed").isEqualTo(400);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_FOUND", "FAILED_PRECONDITION", "PERMISSION_DENIED"})
  void runsWithATenantUnconnectedWhereASecretCannotBeRead(Status.Code refusal) throws Exception {
    try (FakeSecretManager secrets = new FakeSecretManager(Map.of()).refusing(refusal);
        IngestProcess ingest = start(secrets)) {
      HttpResponse<String> stripe = ingest.post("/webhooks/stripe/main", utf8("{}"));

      assertThat(stripe.statusCode()).isEqualTo(503);
      assertThat(stripe.body()).contains("the setting STRIPE_WEBHOOK_SECRET has no value");
      assertThat(get(ingest, "/actuator/health/readiness")).isEqualTo(200);
    }
  }

  @Test
  void doesNotStartWhereSecretManagerCannotAnswer() throws Exception {
    try (FakeSecretManager secrets =
        new FakeSecretManager(Map.of()).refusing(Status.Code.INTERNAL)) {
      assertThatThrownBy(() -> start(secrets).close())
          .hasStackTraceContaining("expected Secret Manager to answer for sm@twofold-main-")
          .hasStackTraceContaining("it said INTERNAL");
    }
  }

  @Test
  void showsTheInternetItsHealthOnly() throws Exception {
    try (FakeSecretManager secrets = new FakeSecretManager(Map.of());
        IngestProcess ingest = start(secrets)) {
      assertThat(get(ingest, "/actuator/health/liveness")).isEqualTo(200);
      assertThat(get(ingest, "/actuator/prometheus")).isEqualTo(404);
      assertThat(get(ingest, "/actuator/env")).isEqualTo(404);
    }
  }

  private static int get(IngestProcess ingest, String path) throws Exception {
    return ingest.send(ingest.request(path).GET().build()).statusCode();
  }

  /** No emulator here: that the service starts shows that a start needs none of Google. */
  private static IngestProcess start(FakeSecretManager secrets) {
    return IngestProcess.start(
        new SpringApplicationBuilder(IngestApplication.class).profiles("cloud"),
        "",
        secrets.setting(),
        "GOOGLE_CLOUD_PROJECT=acme-prod",
        "OTLP_ENABLED=false");
  }
}
