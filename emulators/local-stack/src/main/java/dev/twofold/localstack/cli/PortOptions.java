package dev.twofold.localstack.cli;

import dev.twofold.localstack.stack.Part;
import dev.twofold.localstack.stack.Ports;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The seven ports as options, each with an environment variable in its place. */
final class PortOptions {
  private static final String PORT = "PORT";

  @Option(
      names = "--ingest-port",
      paramLabel = PORT,
      defaultValue = "${env:TWOFOLD_INGEST_PORT:-8080}",
      description = "ingest-service, which takes the webhooks (default: 8080)")
  private int ingest;

  @Option(
      names = "--sync-port",
      paramLabel = PORT,
      defaultValue = "${env:TWOFOLD_SYNC_PORT:-8081}",
      description = "sync-service (default: 8081)")
  private int sync;

  @Option(
      names = "--hubspot-port",
      paramLabel = PORT,
      defaultValue = "${env:TWOFOLD_HUBSPOT_PORT:-8091}",
      description = "HubSpot simulator (default: 8091)")
  private int hubspot;

  @Option(
      names = "--stripe-port",
      paramLabel = PORT,
      defaultValue = "${env:TWOFOLD_STRIPE_PORT:-8092}",
      description = "Stripe simulator (default: 8092)")
  private int stripe;

  @Option(
      names = "--pubsub-port",
      paramLabel = PORT,
      defaultValue = "${env:TWOFOLD_PUBSUB_PORT:-8085}",
      description = "Pub/Sub emulator (default: 8085)")
  private int pubsub;

  @Option(
      names = "--firestore-port",
      paramLabel = PORT,
      defaultValue = "${env:TWOFOLD_FIRESTORE_PORT:-8086}",
      description = "Firestore emulator (default: 8086)")
  private int firestore;

  @Option(
      names = "--cloud-tasks-port",
      paramLabel = PORT,
      defaultValue = "${env:TWOFOLD_CLOUD_TASKS_PORT:-8087}",
      description = "Cloud Tasks emulator (default: 8087)")
  private int cloudTasks;

  /** What was chosen; refuses two parts on one port. */
  Ports ports() {
    Map<Part, Integer> chosen = new EnumMap<>(Part.class);
    chosen.put(Part.INGEST, ingest);
    chosen.put(Part.SYNC, sync);
    chosen.put(Part.HUBSPOT, hubspot);
    chosen.put(Part.STRIPE, stripe);
    chosen.put(Part.PUBSUB, pubsub);
    chosen.put(Part.FIRESTORE, firestore);
    chosen.put(Part.CLOUD_TASKS, cloudTasks);
    return Ports.with(chosen);
  }
}
