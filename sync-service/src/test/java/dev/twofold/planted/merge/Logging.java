package dev.twofold.planted.merge;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Is to be pure, and logs. */
final class Logging {

  private static final Logger LOG = LoggerFactory.getLogger(Logging.class);

  void decide() {
    LOG.info("decided");
  }
}
