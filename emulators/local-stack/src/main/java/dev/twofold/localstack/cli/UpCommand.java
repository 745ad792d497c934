package dev.twofold.localstack.cli;

import dev.twofold.localstack.stack.LocalStack;
import dev.twofold.localstack.stack.RunFolder;
import dev.twofold.localstack.stack.StackPlan;
import dev.twofold.localstack.stack.StackSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emulators/up}: starts the stack, says where it is, and shows what flows until stopped. */
@Command(
    name = "up",
    customSynopsis = "emulators/up [--background] [--<part>-port=PORT ...]",
    description = {
      "Builds what is stale, starts the whole stack and shows what flows; Ctrl-C stops all of it.",
      "With --background it returns when all is ready, and emulators/down stops it.",
      "Set HUBSPOT_API_BASE or STRIPE_API_BASE to use an account of your own in place of the"
          + " simulator, PUBSUB_EMULATOR_HOST or FIRESTORE_EMULATOR_HOST to use an emulator that"
          + " runs."
    },
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(40);
  private static final int COLUMNS_USUAL = 100;

  @Mixin private PortOptions ports = new PortOptions();

  @Option(names = "--plain", hidden = true)
  private boolean plain;

  @Override
  public Integer call() throws Exception {
    long begin = System.nanoTime();
    Path root = Path.of(System.getProperty("twofold.root", ".")).toAbsolutePath().normalize();
    StackPlan plan = StackPlan.whole(root, ports.ports(), System.getenv());
    Terminal terminal = new Terminal(System.out, columns(), plain);
    CountDownLatch stopped = new CountDownLatch(1);
    onSignal(stopped);
    terminal.note("starting; logs are in " + plan.runFolder().resolve("logs"));
    try (RunFolder folder = RunFolder.take(plan.runFolder());
        LocalStack stack = LocalStack.start(plan, terminal)) {
      String table = new AddressTable(plan, stack.addresses()).text();
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      terminal.note("ready after %.1f s%n%s".formatted(took.toMillis() / 1000.0, table));
      folder.ready(stack.addresses(), table);
      showFlow(stack, plan, terminal);
      terminal.note("stopping …");
    } catch (InterruptedException e) {
      terminal.note("stopped before it was ready");
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  /**
   * SIGTERM ends the wait, or a start that is still under way, and holds the process until
   * everything is stopped.
   */
  private static void onSignal(CountDownLatch stopped) {
    Thread main = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (stopped.getCount() == 0) {
                    return;
                  }
                  main.interrupt();
                  try {
                    if (!stopped.await(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                      System.err.println("Not everything stopped in time; the guard ends the rest");
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "stop"));
  }

  private static void showFlow(LocalStack stack, StackPlan plan, Terminal terminal) {
    FlowMeter meter =
        new FlowMeter(stack.http(), stack.addresses(), StackSettings.from(plan.environment()));
    try {
      while (true) {
        Thread.sleep(REFRESH);
        terminal.live(meter.line());
      }
    } catch (InterruptedException e) {
      terminal.endLive();
    }
  }

  private static int columns() {
    String given = System.getenv().getOrDefault("COLUMNS", "");
    return given.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(given) : COLUMNS_USUAL;
  }
}
