package dev.twofold.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.Connections;
import dev.twofold.sync.tenant.settings.FakeSecretManager;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service as it starts in Cloud Run, but for Secret Manager, which is in memory. */
class CloudStartIT {

  private static final List<String> CLOUD =
      List.of(
          "--spring.profiles.active=cloud",
          "--server.port=0",
          "--BIND_ADDRESS=127.0.0.1",
          "--LOG_FORMAT=",
          "--OTLP_ENABLED=false",
          "--GOOGLE_CLOUD_PROJECT=acme-prod",
          "--WRITES_BASE_URL=https://writes.example.com",
          "--HUBSPOT_APP_ID=77001");

  @AutoClose
  private final FakeSecretManager secrets =
      new FakeSecretManager(
          Map.of(
              "projects/acme-prod/secrets/twofold-main-hubspot-access-token/versions/latest",
              "pat-1",
              "projects/acme-prod/secrets/twofold-main-stripe-api-key/versions/latest",
              "sk-1"));

  @Test
  void startsAsTheWritingServiceWithItsCredentials() throws Exception {
    try (ConfigurableApplicationContext service =
        start("--ROLES=writes", "--K_SERVICE=twofold-writes")) {
      Connections connections = service.getBean(Connections.class);

      assertThat(status(service, "/actuator/health/readiness")).isEqualTo(200);
      assertThat(status(service, "/tenants")).isEqualTo(200);
      assertThat(status(service, "/actuator/prometheus")).isEqualTo(404);
      assertThat(connections.missing(new TenantId("main"))).isEmpty();
      assertThat(connections.token(new TenantId("main"), Side.STRIPE)).isPresent();
    }
  }

  @Test
  void startsAsTheServiceOfNoticesWithoutAskingForACredential() throws Exception {
    try (ConfigurableApplicationContext service =
        start("--ROLES=notices", "--K_SERVICE=twofold-notices")) {
      assertThat(status(service, "/actuator/health/liveness")).isEqualTo(200);
      assertThat(status(service, "/tenants")).isEqualTo(404);
      assertThat(status(service, "/links")).isEqualTo(404);
      assertThat(secrets.asked()).isEmpty();
    }
  }

  @Test
  void doesNotStartOpenToAllOutsideOfCloudRun() {
    assertThatThrownBy(() -> start("--K_SERVICE=").close())
        .hasRootCauseMessage(
            "twofold.access.guard is cloud-run, but this process does not run in Cloud Run, so"
                + " nobody would check the callers; set ACCESS_GUARD to loopback or token");
  }

  private ConfigurableApplicationContext start(String... options) {
    SpringApplication application = new SpringApplication(SyncApplication.class);
    return application.run(
        Stream.of(CLOUD.stream(), Stream.of(secrets.setting()), Stream.of(options))
            .flatMap(each -> each)
            .toArray(String[]::new));
  }

  private static int status(ConfigurableApplicationContext service, String path)
      throws IOException, InterruptedException {
    String port = service.getEnvironment().getRequiredProperty("local.server.port");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    }
  }
}
