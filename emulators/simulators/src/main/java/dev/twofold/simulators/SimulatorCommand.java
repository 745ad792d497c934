package dev.twofold.simulators;

import dev.twofold.simulators.hubspot.engine.HubSpotSettings;
import dev.twofold.simulators.stripe.engine.StripeSettings;
import dev.twofold.simulators.web.RateLimit;
import dev.twofold.simulators.webhook.WebhookSettings;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Starts one simulator from the command line. Prints {@code ready} and its address when it serves,
 * ends by itself only when it cannot start, and stops cleanly on SIGTERM.
 */
@Command(
    name = "simulators",
    description = "Simulates HubSpot or Stripe on a port.",
    mixinStandardHelpOptions = true,
    subcommands = {SimulatorCommand.HubSpot.class, SimulatorCommand.Stripe.class})
public final class SimulatorCommand {
  /** Vendors wait minutes to hours between retries; a local stack does not. */
  private static final String USUAL_COMPRESSION = "60";

  private SimulatorCommand() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SimulatorCommand()).execute(arguments));
  }

  /** Where to listen and where webhooks go. */
  static final class Common {
    @Option(names = "--host", defaultValue = "127.0.0.1", description = "${DEFAULT-VALUE}")
    String host = "127.0.0.1";

    @Option(
        names = "--webhook-url",
        defaultValue = "",
        description = "where webhooks are posted; nowhere if not given")
    String webhookUrl = "";

    @Option(
        names = "--compress",
        defaultValue = USUAL_COMPRESSION,
        description = "divides the vendor's pauses before webhook retries, ${DEFAULT-VALUE}")
    double compression = 60;

    InetSocketAddress listen(int port) {
      return new InetSocketAddress(host, port);
    }
  }

  @Command(name = "hubspot", mixinStandardHelpOptions = true, description = "Simulates HubSpot.")
  static final class HubSpot implements Callable<Integer> {
    @Mixin Common common = new Common();

    @Option(names = "--port", defaultValue = "8091", description = "${DEFAULT-VALUE}")
    int port;

    @Option(names = "--access-token", defaultValue = "pat-local-twofold")
    String accessToken = "";

    @Option(names = "--client-secret", defaultValue = "11111111-2222-3333-4444-555555555555")
    String clientSecret = "";

    @Option(names = "--app-id", defaultValue = "77001")
    long appId;

    @Option(names = "--portal-id", defaultValue = "900100")
    long portalId;

    @Option(
        names = "--signed-url",
        description = "the receiver's public URL, which signatures cover; else --webhook-url")
    @Nullable String signedUrl;

    @Option(
        names = "--limit",
        defaultValue = "15",
        description = "calls in any sliding second, ${DEFAULT-VALUE}")
    int limit;

    @Option(
        names = "--limit-window-seconds",
        defaultValue = "1",
        description = "the window of --limit; HubSpot's own is 190 in 10 seconds")
    int windowSeconds;

    @Option(
        names = "--subscribe",
        split = ",",
        description = "properties whose changes are notified, * for all")
    @Nullable Set<String> subscribe;

    @Option(
        names = "--max-notices",
        defaultValue = "100",
        description = "notices in one delivery, at most; ${DEFAULT-VALUE}")
    int maxNotices;

    @Option(names = "--no-custom-events", description = "an account below the Enterprise tier")
    boolean noCustomEvents;

    @Override
    public Integer call() throws InterruptedException {
      String publicUrl = signedUrl == null ? common.webhookUrl : signedUrl;
      WebhookSettings webhooks =
          WebhookSettings.hubSpot(common.webhookUrl)
              .signedAs(publicUrl)
              .grouped(maxNotices, Duration.ofMillis(20))
              .compressed(common.compression);
      HubSpotSettings settings =
          HubSpotSettings.local("")
              .withApp(List.of(accessToken), clientSecret, appId, portalId)
              .withLimit(new RateLimit(limit, Duration.ofSeconds(windowSeconds)))
              .withCustomEvents(!noCustomEvents)
              .withWebhooks(webhooks);
      HubSpotSettings subscribed =
          subscribe == null ? settings : settings.subscribedTo(Set.copyOf(subscribe));
      return serve(() -> {
        HubSpotSimulator simulator =
            HubSpotSimulator.builder().settings(subscribed).listen(common.listen(port)).start();
        return new Serving(simulator.address(), simulator);
      });
    }
  }

  @Command(name = "stripe", mixinStandardHelpOptions = true, description = "Simulates Stripe.")
  static final class Stripe implements Callable<Integer> {
    @Mixin Common common = new Common();

    @Option(names = "--port", defaultValue = "8092", description = "${DEFAULT-VALUE}")
    int port;

    @Option(names = "--api-key", split = ",", defaultValue = "sk_test_twofold_local")
    List<String> apiKeys = List.of();

    @Option(names = "--webhook-secret", split = ",", defaultValue = "whsec_twofold_local")
    List<String> webhookSecrets = List.of();

    @Option(
        names = "--limit",
        defaultValue = "100",
        description = "calls in any sliding second, ${DEFAULT-VALUE}")
    int limit;

    @Option(
        names = "--endpoint-limit",
        description = "calls of one endpoint in any sliding second; Stripe's own is 25")
    @Nullable Integer endpointLimit;

    @Option(names = "--events", split = ",", description = "event types that are sent, * for all")
    @Nullable Set<String> events;

    @Override
    public Integer call() throws InterruptedException {
      WebhookSettings webhooks =
          WebhookSettings.stripe(common.webhookUrl).compressed(common.compression);
      StripeSettings settings =
          StripeSettings.local("")
              .withKeys(apiKeys, webhookSecrets)
              .withLimits(
                  RateLimit.perSecond(limit),
                  RateLimit.perSecond(endpointLimit == null ? limit : endpointLimit))
              .withWebhooks(webhooks);
      StripeSettings hearing = events == null ? settings : settings.hearing(Set.copyOf(events));
      return serve(() -> {
        StripeSimulator simulator =
            StripeSimulator.builder().settings(hearing).listen(common.listen(port)).start();
        return new Serving(simulator.address(), simulator);
      });
    }
  }

  private record Serving(URI address, AutoCloseable simulator) {}

  private static int serve(Supplier<Serving> start) throws InterruptedException {
    Serving serving;
    try {
      serving = start.get();
    } catch (UncheckedIOException | IllegalArgumentException failed) {
      System.err.println(failed.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(serving.simulator(), stopped)));
    System.out.println("ready " + serving.address());
    stopped.await();
    return CommandLine.ExitCode.OK;
  }

  private static void stop(AutoCloseable simulator, CountDownLatch stopped) {
    try {
      simulator.close();
    } catch (Exception failed) {
      System.err.println("did not stop cleanly: " + failed.getMessage());
    } finally {
      stopped.countDown();
    }
  }
}
