package dev.twofold.localstack.stack;

import java.util.Locale;

/** A part of the stack, in the order in which the parts start. */
public enum Part {
  PUBSUB("Pub/Sub emulator", "pubsub", 8085),
  FIRESTORE("Firestore emulator", "firestore", 8086),
  CLOUD_TASKS("Cloud Tasks emulator", "cloud-tasks", 8087),
  HUBSPOT("HubSpot simulator", "hubspot", 8091),
  STRIPE("Stripe simulator", "stripe", 8092),
  INGEST("ingest-service", "ingest", 8080),
  SYNC("sync-service", "sync", 8081);

  private final String title;
  private final String key;
  private final int usualPort;

  Part(String title, String key, int usualPort) {
    this.title = title;
    this.key = key;
    this.usualPort = usualPort;
  }

  /** What people call it. */
  public String title() {
    return title;
  }

  /** Its name in options, files and the state file. */
  public String key() {
    return key;
  }

  /** The port it has unless another is chosen. */
  public int usualPort() {
    return usualPort;
  }

  /** The command-line option that changes its port. */
  public String portOption() {
    return "--" + key + "-port";
  }

  /** The environment variable that changes its port. */
  public String portVariable() {
    return "TWOFOLD_" + key.toUpperCase(Locale.ROOT).replace('-', '_') + "_PORT";
  }
}
