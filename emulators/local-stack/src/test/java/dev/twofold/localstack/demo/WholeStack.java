package dev.twofold.localstack.demo;

import dev.twofold.localstack.process.ProcessEvent;
import dev.twofold.localstack.stack.LocalStack;
import dev.twofold.localstack.stack.Ports;
import dev.twofold.localstack.stack.StackListener;
import dev.twofold.localstack.stack.StackPlan;
import dev.twofold.localstack.stack.StackSettings;
import java.nio.file.Path;
import java.util.Map;

/** The whole stack on free ports, as the whole-system tests use it. */
final class WholeStack {
  private WholeStack() {}

  /** Logs stay in the module's target folder, where a failed test can be looked into. */
  static LocalStack start(String name) throws InterruptedException {
    Path root = Path.of(System.getProperty("twofold.root"));
    StackPlan plan =
        StackPlan.whole(root, Ports.free(), Map.of())
            .in(root.resolve("emulators/local-stack/target/stacks").resolve(name));
    return LocalStack.start(plan, new Printing(name));
  }

  static Stage stage(LocalStack stack) {
    return Stage.at(stack.addresses(), stack.http(), StackSettings.from(Map.of()));
  }

  /** Into the test's own output. */
  private record Printing(String name) implements StackListener {
    @Override
    public void note(String line) {
      System.out.println(name + ": " + line);
    }

    @Override
    public void process(ProcessEvent event) {
      System.out.println(name + ": " + event);
    }
  }
}
