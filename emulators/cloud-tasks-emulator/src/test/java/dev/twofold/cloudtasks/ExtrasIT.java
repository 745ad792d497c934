package dev.twofold.cloudtasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.json.webtoken.JsonWebSignature;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.auth.oauth2.TokenVerifier;
import com.google.cloud.tasks.v2.OAuthToken;
import com.google.cloud.tasks.v2.OidcToken;
import com.google.cloud.tasks.v2.Queue;
import com.google.cloud.tasks.v2.Task;
import com.google.cloud.tasks.v2beta3.CloudTasksClient;
import com.google.cloud.tasks.v2beta3.CloudTasksSettings;
import com.google.cloud.tasks.v2beta3.GetQueueRequest;
import com.google.cloud.tasks.v2beta3.HttpTarget;
import com.google.cloud.tasks.v2beta3.UpdateQueueRequest;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tokens, v2beta3 and the emulator's own pages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtrasIT {

  private static final String ACCOUNT = "sa@demo.iam.gserviceaccount.com";

  private final HttpClient http = HttpClient.newHttpClient();
  private ClientWorld world;
  private CloudTasksClient beta;

  @BeforeAll
  void start() throws IOException {
    world = ClientWorld.overGrpc();
    beta =
        CloudTasksClient.create(
            CloudTasksSettings.newBuilder()
                .setTransportChannelProvider(world.channel())
                .setCredentialsProvider(NoCredentialsProvider.create())
                .build());
  }

  @AfterAll
  void stop() {
    http.close();
    beta.close();
    world.close();
  }

  @Test
  void signsIdentityTokensThatGooglesLibraryVerifies() throws Exception {
    Queue queue = world.queue("oidc");
    Task.Builder task = world.task(queue, "t", "/oidc");
    task.getHttpRequestBuilder()
        .putHeaders("Authorization", "Basic replaced")
        .setOidcToken(
            OidcToken.newBuilder().setServiceAccountEmail(ACCOUNT).setAudience("http://app"));
    world.client.createTask(queue.getName(), task.build());
    world.pass(Duration.ZERO);

    JsonWebSignature token = verifier("http://app").verify(bearer("/oidc"));

    assertThat(token.getPayload())
        .containsEntry("email", ACCOUNT)
        .containsEntry("email_verified", true);
    assertThatThrownBy(() -> verifier("http://other").verify(bearer("/oidc")))
        .isInstanceOf(TokenVerifier.VerificationException.class);
    assertThat(get("/.well-known/openid-configuration"))
        .contains("\"jwks_uri\":\"" + world.emulator.url() + "/oauth2/v3/certs\"");
  }

  @Test
  void namesTheTargetsUrlWhereNoAudienceIsGivenAndTheScopeForOAuth() throws Exception {
    Queue queue = world.queue("tokens");
    Task.Builder identity = world.task(queue, "a", "/identity");
    identity
        .getHttpRequestBuilder()
        .setOidcToken(OidcToken.newBuilder().setServiceAccountEmail(ACCOUNT));
    Task.Builder access = world.task(queue, "b", "/access");
    access
        .getHttpRequestBuilder()
        .setOauthToken(OAuthToken.newBuilder().setServiceAccountEmail(ACCOUNT));
    world.client.createTask(queue.getName(), identity.build());
    world.client.createTask(queue.getName(), access.build());
    world.pass(Duration.ZERO);

    assertThat(verifier(world.target.url("/identity")).verify(bearer("/identity")).getPayload())
        .containsEntry("email", ACCOUNT);
    assertThat(verifier(null).verify(bearer("/access")).getPayload())
        .containsEntry("scope", "https://www.googleapis.com/auth/cloud-platform");
  }

  @Test
  void showsStatisticsOnlyWhereTheMaskNamesThem() throws InterruptedException {
    Queue queue = world.queue("beta");
    world.target.answer = call -> call.path().equals("/beta") ? 500 : 200;
    world.client.createTask(queue.getName(), world.task(queue, "t", "/beta").build());
    world.pass(Duration.ofMillis(50));

    var masked =
        beta.getQueue(
            GetQueueRequest.newBuilder()
                .setName(queue.getName())
                .setReadMask(FieldMask.newBuilder().addPaths("stats").addPaths("name"))
                .build());

    assertThat(masked.getStats().getTasksCount()).isEqualTo(1);
    assertThat(masked.getStats().getExecutedLastMinuteCount()).isEqualTo(1);
    assertThat(masked.getStats().getEffectiveExecutionRate()).isEqualTo(500);
    assertThat(masked.getStats().hasOldestEstimatedArrivalTime()).isTrue();
    assertThat(masked.hasRateLimits()).isFalse();
    assertThat(beta.getQueue(queue.getName()).hasStats()).isFalse();
    assertThat(beta.getTask(queue.getName() + "/tasks/t").getDispatchCount()).isEqualTo(1);
  }

  @Test
  void keepsAQueuesOwnTombstoneWindow() throws InterruptedException {
    Queue queue = world.queue("window");
    FieldMask mask = FieldMask.newBuilder().addPaths("tombstone_ttl").build();
    beta.updateQueue(
        UpdateQueueRequest.newBuilder()
            .setQueue(
                com.google.cloud.tasks.v2beta3.Queue.newBuilder()
                    .setName(queue.getName())
                    .setTombstoneTtl(Durations.fromHours(5)))
            .setUpdateMask(mask)
            .build());
    Task task = world.task(queue, "once", "/window").build();
    world.client.createTask(queue.getName(), task);

    world.pass(Duration.ofHours(4));
    assertThatThrownBy(() -> world.client.createTask(queue.getName(), task))
        .hasMessageContaining("Requested entity already exists");
    world.pass(Duration.ofHours(1));

    assertThat(world.client.createTask(queue.getName(), task).getName()).endsWith("/once");
    assertThat(beta.getQueue(queue.getName()).getTombstoneTtl()).isEqualTo(Durations.fromHours(5));
  }

  @Test
  void refusesQueueLevelTargetsRatherThanDropThem() {
    assertThatThrownBy(() ->
            beta.createQueue(
                ClientWorld.LOCATION.toString(),
                com.google.cloud.tasks.v2beta3.Queue.newBuilder()
                    .setName(ClientWorld.queueName("target").toString())
                    .setHttpTarget(HttpTarget.getDefaultInstance())
                    .build()))
        .hasMessageContaining("queue-level HTTP targets are not supported");
  }

  @Test
  void servesItsPageItsStateAndMetrics() throws Exception {
    Queue queue = world.queue("shown");
    world.client.createTask(queue.getName(), world.task(queue, "t", "/shown").build());
    world.pass(Duration.ZERO);

    assertThat(get("/")).contains("<title>Cloud Tasks emulator</title>");
    assertThat(get("/emulator/state"))
        .contains("\"name\":\"" + queue.getName() + "\"")
        .contains("\"lastResponse\":\"200\"");
    assertThat(get("/metrics"))
        .contains("# TYPE cloud_tasks_depth gauge")
        .contains(
            "cloud_tasks_attempts_succeeded_total"
                + "{location=\"europe-west1\",project_id=\"demo\",queue_id=\"shown\"} 1.0");
    assertThat(get("/v2/projects/demo/locations")).contains("\"locationId\":\"europe-west1\"");
  }

  @Test
  void answersUnknownPathsAndFieldsInGooglesShape() throws Exception {
    assertThat(get("/v2/nothing")).contains("\"error\":{\"code\":404").contains("NOT_FOUND");
    assertThat(post("/v2/" + ClientWorld.LOCATION + "/queues", "{\"nmae\":\"x\"}"))
        .contains("\"code\":400", "INVALID_ARGUMENT", "nmae");
  }

  private TokenVerifier verifier(@Nullable String audience) {
    return TokenVerifier.newBuilder()
        .setCertificatesLocation(world.emulator.url() + "/oauth2/v3/certs")
        .setIssuer(world.emulator.url())
        .setAudience(audience)
        .setClock(() -> world.clock.instant().toEpochMilli())
        .build();
  }

  private String bearer(String path) {
    return world
        .target
        .at(path)
        .getFirst()
        .headers()
        .getOrDefault("authorization", "")
        .replaceFirst("^Bearer ", "");
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(world.emulator.url() + path)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private String post(String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(world.emulator.url() + path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
