package dev.twofold.sync.setup;

import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.Connections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes in HubSpot what the sync needs, where it is not there yet. A tenant that fails does not
 * keep the others from being set up.
 */
public final class Setup {

  private static final Logger LOG = LoggerFactory.getLogger(Setup.class);

  private final Connections connections;
  private final Function<TenantId, List<String>> side;

  /**
   * A setup.
   *
   * @param side makes what one tenant needs, and says what it found or made
   */
  public Setup(Connections connections, Function<TenantId, List<String>> side) {
    this.connections = connections;
    this.side = side;
  }

  /**
   * Sets every tenant of the settings up.
   *
   * @param report is told, line by line, what was found, made or refused
   * @return whether everything is there now, for every tenant
   */
  public boolean run(Consumer<String> report) {
    boolean complete = true;
    for (TenantId tenant : connections.tenants()) {
      complete &= setUp(tenant, line -> report.accept(tenant + ": " + line));
    }
    return complete;
  }

  private boolean setUp(TenantId tenant, Consumer<String> report) {
    List<String> missing = connections.missing(tenant);
    if (!missing.isEmpty()) {
      report.accept("not set up; set " + String.join(", ", missing) + " first");
      return false;
    }
    try {
      side.apply(tenant).forEach(report);
      return true;
    } catch (RuntimeException failure) {
      // Reported to the person at the terminal, and by the exit status; the cause for those who
      // turn the logging on.
      report.accept("failed: " + failure.getMessage());
      LOG.debug("sync.setup.failed", failure);
      return false;
    }
  }
}
