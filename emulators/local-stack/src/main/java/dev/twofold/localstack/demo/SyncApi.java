package dev.twofold.localstack.demo;

import dev.twofold.localstack.stack.LoopbackHttp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** What sync-service answers about a tenant and its links. */
public final class SyncApi {
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
    http.send("POST", url, "").json("POST " + url);
  }

  /** The tenant's state. */
  public TenantView tenant() throws InterruptedException {
    String url = "%s/tenants/%s".formatted(base, tenant);
    JsonNode answer = http.get(url).json("GET " + url);
    return new TenantView(
        answer.path("state").asString(""), answer.path("backlog").asLong(-1), answer.toString());
  }

  /** The page that tells all about an address's link. */
  public String page(String email) {
    return base + "/links?email=" + URLEncoder.encode(email, StandardCharsets.UTF_8);
  }
}
