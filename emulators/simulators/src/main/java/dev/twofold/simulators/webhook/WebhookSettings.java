package dev.twofold.simulators.webhook;

import java.time.Duration;

/**
 * How notifications leave. {@code url} is where they go, {@code signedUrl} the address that
 * signatures cover (the receiver's public one). What disturbs is off unless asked for.
 *
 * @param url where deliveries are posted; empty: nothing is sent, notices are dropped
 * @param signedUrl the public address, as the vendor was told it
 * @param maxPerDelivery notices in one delivery, at most
 * @param groupingDelay how long a notice waits for company
 * @param concurrency deliveries in flight, at most
 * @param compression by how much retry and disorder times are divided
 * @param repeatRate share of delivered deliveries that come once more
 * @param disorderRate share of notices that are held back
 * @param disorderMax how long a held-back notice waits, at most, before compression
 */
public record WebhookSettings(
    String url,
    String signedUrl,
    int maxPerDelivery,
    Duration groupingDelay,
    int concurrency,
    double compression,
    double repeatRate,
    double disorderRate,
    Duration disorderMax) {

  public WebhookSettings {
    if (maxPerDelivery < 1 || concurrency < 1 || compression < 1) {
      throw new IllegalArgumentException(
          "deliveries need at least one notice, one connection and a compression of 1, not "
              + maxPerDelivery
              + ", "
              + concurrency
              + ", "
              + compression);
    }
    if (repeatRate < 0 || repeatRate > 1 || disorderRate < 0 || disorderRate > 1) {
      throw new IllegalArgumentException(
          "rates are from 0 to 1, not " + repeatRate + " and " + disorderRate);
    }
  }

  /** HubSpot's own habits: up to 100 notices, ten deliveries in flight. */
  public static WebhookSettings hubSpot(String url) {
    return new WebhookSettings(
        url, url, 100, Duration.ofMillis(20), 10, 1, 0, 0, Duration.ofSeconds(5));
  }

  /** Stripe's own habits: one event per delivery. */
  public static WebhookSettings stripe(String url) {
    return new WebhookSettings(url, url, 1, Duration.ZERO, 50, 1, 0, 0, Duration.ofSeconds(5));
  }

  public WebhookSettings signedAs(String publicUrl) {
    return new WebhookSettings(
        url,
        publicUrl,
        maxPerDelivery,
        groupingDelay,
        concurrency,
        compression,
        repeatRate,
        disorderRate,
        disorderMax);
  }

  public WebhookSettings grouped(int most, Duration delay) {
    return new WebhookSettings(
        url,
        signedUrl,
        most,
        delay,
        concurrency,
        compression,
        repeatRate,
        disorderRate,
        disorderMax);
  }

  public WebhookSettings compressed(double factor) {
    return new WebhookSettings(
        url,
        signedUrl,
        maxPerDelivery,
        groupingDelay,
        concurrency,
        factor,
        repeatRate,
        disorderRate,
        disorderMax);
  }

  public WebhookSettings withConcurrency(int most) {
    return new WebhookSettings(
        url,
        signedUrl,
        maxPerDelivery,
        groupingDelay,
        most,
        compression,
        repeatRate,
        disorderRate,
        disorderMax);
  }

  public WebhookSettings disturbed(double repeats, double disorder, Duration longest) {
    return new WebhookSettings(
        url,
        signedUrl,
        maxPerDelivery,
        groupingDelay,
        concurrency,
        compression,
        repeats,
        disorder,
        longest);
  }
}
