package dev.twofold.localstack.demo;

import dev.twofold.localstack.stack.LoopbackHttp;
import dev.twofold.localstack.stack.StackProblem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * What sync-service answers about a tenant and its links. Whoever gets no answer asks again every
 * half second, sixty times at most, as an operator would: the service may be restarting.
 */
public final class SyncApi {
  private static final int ASKED_MAX = 60;
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final LoopbackHttp http;
  private final String base;
  private final String tenant;

  /**
   * A tenant as it is.
   *
   * @param state {@code unconnected}, {@code indexing}, {@code live}, {@code paused}, {@code
   *     broken}
   * @param backlog how much is still to be done, below zero where it is not told
   * @param details all that was answered
   */
  public record TenantView(String state, long backlog, String details) {}

  SyncApi(LoopbackHttp http, String base, String tenant) {
    this.http = http;
    this.base = base;
    this.tenant = tenant;
  }

  /** Starts connecting, {@code match-only} or {@code create-missing}. */
  public void connect(String mode) throws InterruptedException {
    String url = "%s/tenants/%s/connect?mode=%s".formatted(base, tenant, mode);
    answered(() -> http.send("POST", url, "")).json("POST " + url);
  }

  /** The tenant's state. */
  public TenantView tenant() throws InterruptedException {
    String url = "%s/tenants/%s".formatted(base, tenant);
    JsonNode answer = answered(() -> http.get(url)).json("GET " + url);
    return new TenantView(
        answer.path("state").asString(""), answer.path("backlog").asLong(-1), answer.toString());
  }

  /** The page that tells all about an address's link. */
  public String page(String email) {
    return base + "/links?email=" + URLEncoder.encode(email, StandardCharsets.UTF_8);
  }

  private interface Question {
    LoopbackHttp.Answer ask() throws InterruptedException;
  }

  private static LoopbackHttp.Answer answered(Question question) throws InterruptedException {
    for (int asked = 1; ; asked++) {
      try {
        return question.ask();
      } catch (StackProblem nobody) {
        if (asked == ASKED_MAX) {
          throw nobody;
        }
        Thread.sleep(PAUSE);
      }
    }
  }
}
