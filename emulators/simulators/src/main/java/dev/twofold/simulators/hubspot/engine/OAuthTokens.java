package dev.twofold.simulators.hubspot.engine;

import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.Json;
import dev.twofold.simulators.web.RandomIds;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may call: the private app's fixed tokens, and OAuth tokens that live for half an hour. The
 * token endpoints take any authorization code; refresh tokens are those given out here.
 */
final class OAuthTokens {
  private static final Duration LIFETIME = Duration.ofMinutes(30);

  private final HubSpotSettings settings;
  private final RandomIds ids;
  private final Map<String, Instant> expiries = new HashMap<>();
  private final Map<String, String> refreshTokens = new HashMap<>();

  OAuthTokens(HubSpotSettings settings, RandomIds ids) {
    this.settings = settings;
    this.ids = ids;
  }

  /** Refuses a call without a live token. */
  void check(ApiRequest request, Instant now) {
    String header = request.header("authorization").orElse("");
    String token = header.startsWith("Bearer ") ? header.substring(7).strip() : "";
    if (settings.accessTokens().contains(token)) {
      return;
    }
    Instant expiry = expiries.get(token);
    if (expiry == null) {
      throw new HubSpotRefusal(
          401,
          "INVALID_AUTHENTICATION",
          "Authentication credentials not found. This API supports OAuth 2.0 authentication and"
              + " you can find more details at"
              + " https://developers.hubspot.com/docs/methods/auth/oauth-overview");
    }
    if (!now.isBefore(expiry)) {
      throw new HubSpotRefusal(
          401,
          "EXPIRED_AUTHENTICATION",
          "The OAuth token used to make this call expired "
              + Duration.between(expiry, now).toSeconds()
              + " second(s) ago.");
    }
  }

  boolean isPrivateApp(ApiRequest request) {
    String header = request.header("authorization").orElse("");
    return settings.accessTokens().stream().anyMatch(token -> header.equals("Bearer " + token));
  }

  /** {@code /oauth/v1/...}, and the dated paths that say more. */
  Reply route(Call call) {
    Map<String, List<String>> form = ApiRequest.parse(call.request().text());
    boolean dated = !call.request().path().startsWith("/oauth/v1/");
    String action = call.path().substring(call.path().lastIndexOf('/') + 1);
    return switch (action) {
      case "token" -> grant(form, call.now(), dated);
      case "introspect" -> introspect(value(form, "token"), call.now());
      case "revoke" -> {
        expiries.remove(value(form, "token"));
        refreshTokens.remove(value(form, "token"));
        yield Reply.noContent();
      }
      default -> throw HubSpotRefusal.notFound();
    };
  }

  private Reply grant(Map<String, List<String>> form, Instant now, boolean dated) {
    if (!value(form, "client_secret").equals(settings.clientSecret())) {
      throw new HubSpotRefusal(400, "VALIDATION_ERROR", "missing or invalid client secret");
    }
    String refreshToken =
        switch (value(form, "grant_type")) {
          case "authorization_code" -> {
            if (value(form, "code").isEmpty() || value(form, "redirect_uri").isEmpty()) {
              throw HubSpotRefusal.invalid("missing or unknown auth code");
            }
            String fresh = ids.uuid();
            refreshTokens.put(fresh, fresh);
            yield fresh;
          }
          case "refresh_token" -> {
            String known = refreshTokens.get(value(form, "refresh_token"));
            if (known == null) {
              throw HubSpotRefusal.invalid("missing or invalid refresh token");
            }
            yield known;
          }
          case "client_credentials" -> "";
          default -> throw HubSpotRefusal.invalid("missing or unknown grant type");
        };
    String access = ids.token("CL", 60);
    expiries.put(access, now.plus(LIFETIME));
    ObjectNode body = Json.object().put("token_type", "bearer").put("access_token", access);
    if (!refreshToken.isEmpty()) {
      body.put("refresh_token", refreshToken);
    }
    body.put("expires_in", LIFETIME.toSeconds());
    if (dated) {
      body.put("hub_id", settings.portalId()).put("user_id", 9001);
      body.putArray("scopes").add("crm.objects.contacts.read").add("crm.objects.contacts.write");
    }
    return Reply.ok(body);
  }

  private Reply introspect(String token, Instant now) {
    Instant expiry = expiries.get(token);
    boolean active = expiry != null && now.isBefore(expiry);
    ObjectNode body = Json.object().put("active", active);
    if (active && expiry != null) {
      body.put("token_type", "bearer").put("hub_id", settings.portalId());
      body.put("expires_in", Duration.between(now, expiry).toSeconds());
    }
    return Reply.ok(body);
  }

  private static String value(Map<String, List<String>> form, String name) {
    List<String> values = form.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }

  void clear() {
    expiries.clear();
    refreshTokens.clear();
  }
}
