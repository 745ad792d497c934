package dev.twofold.localstack.stack;

import dev.twofold.cloudtasks.CloudTasksEmulator;
import dev.twofold.cloudtasks.engine.LocationName;
import dev.twofold.cloudtasks.transport.Declarations;
import dev.twofold.simulators.HubSpotSimulator;
import dev.twofold.simulators.StripeSimulator;
import dev.twofold.simulators.hubspot.engine.HubSpotSettings;
import dev.twofold.simulators.stripe.engine.StripeSettings;
import dev.twofold.simulators.web.RateLimit;
import dev.twofold.simulators.webhook.WebhookSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Starts the parts that run inside the launcher: the Cloud Tasks emulator and both simulators. They
 * listen on their ports like the others, and share keys and secrets with the services.
 */
final class Embedded {
  /** HubSpot and Stripe wait minutes to hours before they repeat a webhook; here it is seconds. */
  private static final double RETRY_COMPRESSION = 60;

  private final StackPlan plan;
  private final StackSettings settings;
  private final Addresses addresses;
  private final Topology topology;

  Embedded(StackPlan plan, Addresses addresses, Topology topology) {
    this.plan = plan;
    this.settings = plan.settings();
    this.addresses = addresses;
    this.topology = topology;
  }

  AutoCloseable start(Part part) throws IOException {
    return switch (part) {
      case CLOUD_TASKS -> cloudTasks();
      case HUBSPOT -> hubSpot();
      case STRIPE -> stripe();
      case PUBSUB, FIRESTORE, INGEST, SYNC ->
          throw new IllegalArgumentException(part.title() + " is a process of its own");
    };
  }

  private CloudTasksEmulator cloudTasks() throws IOException {
    LocationName location = new LocationName(settings.project(), settings.location());
    return CloudTasksEmulator.builder()
        .host(Ports.HOST)
        .port(plan.ports().of(Part.CLOUD_TASKS))
        .queues(Declarations.read(topology.file(), location, StackSettings.TENANT + "-"))
        .start();
  }

  private HubSpotSimulator hubSpot() throws IOException {
    HubSpotSettings account =
        HubSpotSettings.local("")
            .withApp(
                List.of(settings.local("HUBSPOT_ACCESS_TOKEN")),
                settings.local("HUBSPOT_CLIENT_SECRET"),
                Long.parseLong(settings.local("HUBSPOT_APP_ID")),
                Long.parseLong(settings.local("HUBSPOT_PORTAL_ID")))
            .withLimit(RateLimit.perSecond(topology.limit("hubspot")))
            .withWebhooks(webhooks(WebhookSettings.hubSpot(receiver("hubspot")), "hubspot"));
    return HubSpotSimulator.builder().settings(account).listen(listen(Part.HUBSPOT)).start();
  }

  private StripeSimulator stripe() throws IOException {
    RateLimit limit = RateLimit.perSecond(topology.limit("stripe"));
    StripeSettings account =
        StripeSettings.local("")
            .withKeys(
                List.of(settings.local("STRIPE_API_KEY")),
                Arrays.stream(settings.local("STRIPE_WEBHOOK_SECRET").split(",", -1))
                    .map(String::strip)
                    .filter(secret -> !secret.isEmpty())
                    .toList())
            .withLimits(limit, limit)
            .withWebhooks(webhooks(WebhookSettings.stripe(receiver("stripe")), "stripe"));
    return StripeSimulator.builder().settings(account).listen(listen(Part.STRIPE)).start();
  }

  /** Posted to ingest-service directly, signed for the address that the provider believes in. */
  private WebhookSettings webhooks(WebhookSettings usual, String provider) {
    String publicBase =
        settings.given("PUBLIC_BASE_URL").orElse(addresses.of(Part.INGEST)).replaceAll("/+$", "");
    return usual.signedAs(publicBase + path(provider)).compressed(RETRY_COMPRESSION);
  }

  private String receiver(String provider) {
    return addresses.of(Part.INGEST) + path(provider);
  }

  private static String path(String provider) {
    return "/webhooks/" + provider + "/" + StackSettings.TENANT;
  }

  private InetSocketAddress listen(Part part) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(Ports.HOST, new byte[] {127, 0, 0, 1});
    return new InetSocketAddress(loopback, plan.ports().of(part));
  }
}
