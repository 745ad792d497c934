package dev.twofold.simulators.stripe.engine;

import dev.twofold.simulators.web.RateLimit;
import dev.twofold.simulators.webhook.WebhookSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One Stripe account (a sandbox) with one webhook endpoint.
 *
 * @param webhookSecrets the endpoint's active secrets; while one is rolled there are two
 * @param enabledEvents types that the endpoint hears of; {@code *} for all
 * @param globalLimit calls of the account
 * @param endpointLimit calls of one endpoint
 * @param searchLimit calls of search
 * @param searchLag how long search does not see a change
 * @param keyLifetime how long an idempotency key is remembered
 * @param lockTimeout how long a write waits for another write of the same customer
 */
public record StripeSettings(
    List<String> apiKeys,
    List<String> webhookSecrets,
    String accountId,
    String apiVersion,
    Set<String> enabledEvents,
    RateLimit globalLimit,
    RateLimit endpointLimit,
    RateLimit searchLimit,
    Duration searchLag,
    Duration keyLifetime,
    Duration lockTimeout,
    WebhookSettings webhooks) {

  public StripeSettings {
    if (webhookSecrets.isEmpty()) {
      throw new IllegalArgumentException("a webhook endpoint has at least one secret");
    }
  }

  /** What a sync of customers and purchases subscribes to. */
  public static final Set<String> USUAL_EVENTS =
      Set.of(
          "customer.created",
          "customer.updated",
          "customer.deleted",
          "payment_intent.succeeded",
          "charge.succeeded");

  /** The local stack's account; webhooks go to {@code webhookUrl}, nowhere if that is empty. */
  public static StripeSettings local(String webhookUrl) {
    return new StripeSettings(
        List.of("sk_test_twofold_local"),
        List.of("whsec_twofold_local"),
        "acct_1TwofoldLocal",
        "2026-07-29.dahlia",
        USUAL_EVENTS,
        RateLimit.perSecond(100),
        RateLimit.perSecond(100),
        RateLimit.perSecond(20),
        Duration.ofSeconds(5),
        Duration.ofHours(24),
        Duration.ofSeconds(2),
        WebhookSettings.stripe(webhookUrl));
  }

  public StripeSettings withKeys(List<String> keys, List<String> secrets) {
    return new StripeSettings(
        keys,
        secrets,
        accountId,
        apiVersion,
        enabledEvents,
        globalLimit,
        endpointLimit,
        searchLimit,
        searchLag,
        keyLifetime,
        lockTimeout,
        webhooks);
  }

  public StripeSettings withLimits(RateLimit global, RateLimit perEndpoint) {
    return new StripeSettings(
        apiKeys,
        webhookSecrets,
        accountId,
        apiVersion,
        enabledEvents,
        global,
        perEndpoint,
        searchLimit,
        searchLag,
        keyLifetime,
        lockTimeout,
        webhooks);
  }

  public StripeSettings withWebhooks(WebhookSettings changed) {
    return new StripeSettings(
        apiKeys,
        webhookSecrets,
        accountId,
        apiVersion,
        enabledEvents,
        globalLimit,
        endpointLimit,
        searchLimit,
        searchLag,
        keyLifetime,
        lockTimeout,
        changed);
  }

  public StripeSettings hearing(Set<String> types) {
    return new StripeSettings(
        apiKeys,
        webhookSecrets,
        accountId,
        apiVersion,
        types,
        globalLimit,
        endpointLimit,
        searchLimit,
        searchLag,
        keyLifetime,
        lockTimeout,
        webhooks);
  }

  public StripeSettings withLockTimeout(Duration timeout) {
    return new StripeSettings(
        apiKeys,
        webhookSecrets,
        accountId,
        apiVersion,
        enabledEvents,
        globalLimit,
        endpointLimit,
        searchLimit,
        searchLag,
        keyLifetime,
        timeout,
        webhooks);
  }
}
