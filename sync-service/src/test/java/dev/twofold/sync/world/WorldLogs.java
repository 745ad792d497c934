package dev.twofold.sync.world;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Hands every line that the product logs, at any level, to the world that runs. Nothing is printed:
 * printing takes a monitor of the test runner, and a virtual thread that waits for a monitor is
 * woken by the JVM and not by our scheduler, so that the run would no longer be decided by its seed
 * alone. This appender takes none.
 */
final class WorldLogs extends UnsynchronizedAppenderBase<ILoggingEvent> {

  private static final String PRODUCT = "dev.twofold";

  private final Consumer<String> reader;

  private WorldLogs(Consumer<String> reader) {
    this.reader = reader;
  }

  /** From now on that reader gets each line, and nobody else does. */
  static void readBy(Consumer<String> reader) {
    Logger logger = (Logger) LoggerFactory.getLogger(PRODUCT);
    logger.detachAndStopAllAppenders();
    logger.setLevel(Level.TRACE);
    logger.setAdditive(false);
    WorldLogs appender = new WorldLogs(reader);
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.addAppender(appender);
  }

  /** Everything that a structured or a plain encoder would print of it. */
  @Override
  protected void append(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(event.getFormattedMessage());
    if (event.getKeyValuePairs() != null) {
      event
          .getKeyValuePairs()
          .forEach(pair -> line.append(' ').append(pair.key).append('=').append(pair.value));
    }
    event.getMDCPropertyMap().forEach((name, value) -> line.append(' ').append(value));
    IThrowableProxy failure = event.getThrowableProxy();
    if (failure != null) {
      line.append('\n').append(ThrowableProxyUtil.asString(failure));
    }
    reader.accept(line.toString());
  }
}
