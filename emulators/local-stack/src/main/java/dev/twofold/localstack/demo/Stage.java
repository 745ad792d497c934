package dev.twofold.localstack.demo;

import dev.twofold.localstack.stack.Addresses;
import dev.twofold.localstack.stack.LoopbackHttp;
import dev.twofold.localstack.stack.Part;
import dev.twofold.localstack.stack.StackSettings;

/** The running stack as the demo uses it: both accounts by hand, sync-service by its API. */
public record Stage(SimulatedHubSpot hubSpot, SimulatedStripe stripe, SyncApi sync, Quiet quiet) {
  /** The stack at those addresses; both sides must be simulators. */
  public static Stage at(Addresses addresses, LoopbackHttp http, StackSettings settings) {
    SimulatedHubSpot hubSpot = new SimulatedHubSpot(http, addresses.of(Part.HUBSPOT));
    SimulatedStripe stripe = new SimulatedStripe(http, addresses.of(Part.STRIPE));
    return new Stage(
        hubSpot,
        stripe,
        new SyncApi(http, addresses.of(Part.SYNC), StackSettings.TENANT),
        new Quiet(http, addresses, settings));
  }
}
