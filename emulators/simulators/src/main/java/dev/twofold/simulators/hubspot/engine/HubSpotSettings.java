package dev.twofold.simulators.hubspot.engine;

import dev.twofold.simulators.web.RateLimit;
import dev.twofold.simulators.webhook.WebhookSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One HubSpot account with one app installed.
 *
 * @param accessTokens bearer tokens that never expire, as private apps have them
 * @param clientSecret signs webhooks and proves the app at the token endpoint
 * @param subscribedProperties whose changes are notified; {@code *} for all that can be written
 * @param limit calls of the app
 * @param searchLimit calls of search, a limit of its own
 * @param dailyLimit calls in a day
 * @param searchLag how long search does not see a change
 * @param customEvents whether the account has the Enterprise tier, which custom events need
 * @param namesExistingId whether a conflict names the id that is there (both are seen)
 * @param mergesIntoNew whether two contacts that are merged become a third (both are seen)
 */
public record HubSpotSettings(
    List<String> accessTokens,
    String clientSecret,
    long appId,
    long portalId,
    Set<String> subscribedProperties,
    RateLimit limit,
    RateLimit searchLimit,
    int dailyLimit,
    Duration searchLag,
    boolean customEvents,
    boolean namesExistingId,
    boolean mergesIntoNew,
    WebhookSettings webhooks) {

  /** What an app that syncs people subscribes to: four notices when an import sets them. */
  public static final Set<String> USUAL_SUBSCRIPTIONS =
      Set.of(
          "email",
          "firstname",
          "lastname",
          "phone",
          "company",
          "hubspot_owner_id",
          "hs_additional_emails");

  /** The local stack's account; webhooks go to {@code webhookUrl}, nowhere if that is empty. */
  public static HubSpotSettings local(String webhookUrl) {
    return new HubSpotSettings(
        List.of("pat-local-twofold"),
        "11111111-2222-3333-4444-555555555555",
        77001,
        900100,
        USUAL_SUBSCRIPTIONS,
        RateLimit.perSecond(15),
        RateLimit.perSecond(5),
        1_000_000,
        Duration.ofSeconds(3),
        true,
        true,
        false,
        WebhookSettings.hubSpot(webhookUrl));
  }

  public HubSpotSettings withWebhooks(WebhookSettings changed) {
    return new HubSpotSettings(
        accessTokens,
        clientSecret,
        appId,
        portalId,
        subscribedProperties,
        limit,
        searchLimit,
        dailyLimit,
        searchLag,
        customEvents,
        namesExistingId,
        mergesIntoNew,
        changed);
  }

  public HubSpotSettings withLimit(RateLimit changed) {
    return new HubSpotSettings(
        accessTokens,
        clientSecret,
        appId,
        portalId,
        subscribedProperties,
        changed,
        searchLimit,
        dailyLimit,
        searchLag,
        customEvents,
        namesExistingId,
        mergesIntoNew,
        webhooks);
  }

  public HubSpotSettings withDailyLimit(int calls) {
    return new HubSpotSettings(
        accessTokens,
        clientSecret,
        appId,
        portalId,
        subscribedProperties,
        limit,
        searchLimit,
        calls,
        searchLag,
        customEvents,
        namesExistingId,
        mergesIntoNew,
        webhooks);
  }

  public HubSpotSettings withApp(List<String> tokens, String secret, long app, long portal) {
    return new HubSpotSettings(
        tokens,
        secret,
        app,
        portal,
        subscribedProperties,
        limit,
        searchLimit,
        dailyLimit,
        searchLag,
        customEvents,
        namesExistingId,
        mergesIntoNew,
        webhooks);
  }

  public HubSpotSettings subscribedTo(Set<String> properties) {
    return new HubSpotSettings(
        accessTokens,
        clientSecret,
        appId,
        portalId,
        properties,
        limit,
        searchLimit,
        dailyLimit,
        searchLag,
        customEvents,
        namesExistingId,
        mergesIntoNew,
        webhooks);
  }

  public HubSpotSettings withCustomEvents(boolean has) {
    return new HubSpotSettings(
        accessTokens,
        clientSecret,
        appId,
        portalId,
        subscribedProperties,
        limit,
        searchLimit,
        dailyLimit,
        searchLag,
        has,
        namesExistingId,
        mergesIntoNew,
        webhooks);
  }

  public HubSpotSettings namingExistingIds(boolean names) {
    return new HubSpotSettings(
        accessTokens,
        clientSecret,
        appId,
        portalId,
        subscribedProperties,
        limit,
        searchLimit,
        dailyLimit,
        searchLag,
        customEvents,
        names,
        mergesIntoNew,
        webhooks);
  }

  public HubSpotSettings mergingIntoNew(boolean news) {
    return new HubSpotSettings(
        accessTokens,
        clientSecret,
        appId,
        portalId,
        subscribedProperties,
        limit,
        searchLimit,
        dailyLimit,
        searchLag,
        customEvents,
        namesExistingId,
        news,
        webhooks);
  }

  public HubSpotSettings withSearchLag(Duration lag) {
    return new HubSpotSettings(
        accessTokens,
        clientSecret,
        appId,
        portalId,
        subscribedProperties,
        limit,
        searchLimit,
        dailyLimit,
        lag,
        customEvents,
        namesExistingId,
        mergesIntoNew,
        webhooks);
  }
}
