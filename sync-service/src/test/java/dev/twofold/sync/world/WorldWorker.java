package dev.twofold.sync.world;

import ch.qos.logback.classic.Logger;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/** A process that runs worlds one after the other and prints a line for each. */
final class WorldWorker {

  private WorldWorker() {}

  /** The first seed, the bound of all seeds, and the step from one to the next. */
  public static void main(String[] arguments) {
    quiet();
    PrintStream lines = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    long bound = Long.parseLong(arguments[1]);
    long step = Long.parseLong(arguments[2]);
    for (long seed = Long.parseLong(arguments[0]); seed < bound; seed += step) {
      lines.println(new RandomWorld(seed).result().line());
      if (lines.checkError()) {
        // Nobody listens any more.
        return;
      }
    }
  }

  /** What libraries have to say would stand between the lines. */
  static void quiet() {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAndStopAllAppenders();
  }
}
