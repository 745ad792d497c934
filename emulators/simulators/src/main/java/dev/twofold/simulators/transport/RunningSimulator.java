package dev.twofold.simulators.transport;

import dev.twofold.simulators.hubspot.engine.Author;
import dev.twofold.simulators.hubspot.engine.HubSpotEngine;
import dev.twofold.simulators.stripe.engine.StripeEngine;
import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.ApiResponse;
import dev.twofold.simulators.webhook.WebhookSchedule;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An engine behind HTTP with its webhooks being sent. {@link #in} gives other threads their turn
 * with the engine. Closing stops both; what was not delivered stays undelivered.
 */
public final class RunningSimulator implements AutoCloseable {
  private final EngineLock lock;
  private final WebhookSender sender;
  private final SimulatorServer server;

  private RunningSimulator(EngineLock lock, WebhookSender sender, SimulatorServer server) {
    this.lock = lock;
    this.sender = sender;
    this.server = server;
  }

  public static RunningSimulator hubSpot(
      HubSpotEngine engine, InetSocketAddress address, InstantSource clock) {
    EngineLock lock = new EngineLock();
    BulkImport imports =
        new BulkImport(
            (person, changeSource, silent) -> {
              if (silent) {
                engine.person().createSilently(person.contactProperties());
              } else {
                engine.person().create(person.contactProperties(), Author.of(changeSource));
              }
            },
            lock);
    SharedControl shared =
        new SharedControl(
            new SharedControl.Engine(
                engine.calls(),
                engine.faults(),
                engine.webhooks(),
                engine::limit,
                engine::changeLimit,
                engine::reset,
                () -> engine.state().contactCount()),
            imports,
            clock);
    HubSpotControl control = new HubSpotControl(engine, shared);
    return start(
        new Parts(engine.webhooks(), engine::handle, control::handle), lock, address, clock);
  }

  public static RunningSimulator stripe(
      StripeEngine engine, InetSocketAddress address, InstantSource clock) {
    EngineLock lock = new EngineLock();
    BulkImport imports =
        new BulkImport(
            (person, _, silent) -> {
              if (silent) {
                engine.person().createSilently(person.customerParameters());
              } else {
                engine.person().create(person.customerParameters());
              }
            },
            lock);
    SharedControl shared =
        new SharedControl(
            new SharedControl.Engine(
                engine.calls(),
                engine.faults(),
                engine.webhooks(),
                engine::limit,
                engine::changeLimit,
                engine::reset,
                () -> engine.state().customerCount()),
            imports,
            clock);
    StripeControl control = new StripeControl(engine, shared);
    return start(
        new Parts(engine.webhooks(), engine::handle, control::handle), lock, address, clock);
  }

  private record Parts(
      WebhookSchedule webhooks,
      BiFunction<ApiRequest, Instant, ApiResponse> api,
      Function<ApiRequest, ApiResponse> own) {}

  private static RunningSimulator start(
      Parts parts, EngineLock lock, InetSocketAddress address, InstantSource clock) {
    SimulatorServer server =
        SimulatorServer.start(
            address,
            clock,
            (request, arrivedAt) -> lock.in(() -> parts.api().apply(request, arrivedAt)),
            request -> lock.in(() -> parts.own().apply(request)));
    return new RunningSimulator(lock, new WebhookSender(parts.webhooks(), lock, clock), server);
  }

  public URI address() {
    return server.address();
  }

  /** Does something with the engine while nobody else is in it. */
  public <T> T in(Supplier<T> work) {
    return lock.in(work);
  }

  @Override
  public void close() {
    sender.close();
    server.close();
  }
}
