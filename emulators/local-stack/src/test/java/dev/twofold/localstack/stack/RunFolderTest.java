package dev.twofold.localstack.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path folder;

  @Test
  void tellsOthersWhereTheStackIs() {
    StackPlan plan =
        StackPlan.whole(
            folder,
            Ports.with(Map.of(Part.SYNC, 9081)),
            Map.of("STRIPE_API_BASE", "https://stripe.example/"));

    try (RunFolder taken = RunFolder.take(folder)) {
      assertThat(RunFolder.running(folder)).isEmpty();
      taken.ready(Addresses.of(plan), "a table\n");

      assertThat(RunFolder.running(folder))
          .hasValueSatisfying(addresses -> {
            assertThat(addresses.of(Part.SYNC)).isEqualTo("http://127.0.0.1:9081");
            assertThat(addresses.of(Part.STRIPE)).isEqualTo("https://stripe.example");
            assertThat(addresses.of(Part.PUBSUB)).isEqualTo("127.0.0.1:8085");
            assertThat(addresses.url(Part.PUBSUB)).isEqualTo("http://127.0.0.1:8085");
          });
      assertThat(folder.resolve("addresses.txt")).hasContent("a table");
    }
  }

  @Test
  void forgetsAStackThatStopped() {
    StackPlan plan = StackPlan.whole(folder, Ports.with(Map.of()), Map.of());
    try (RunFolder taken = RunFolder.take(folder)) {
      taken.ready(Addresses.of(plan), "");
    }

    assertThat(RunFolder.running(folder)).isEmpty();
    assertThat(folder.resolve("pid")).doesNotExist();
  }

  @Test
  void saysWhichProcessHasIt() {
    try (RunFolder taken = RunFolder.take(folder)) {
      assertThat(taken).isNotNull();
      assertThat(folder.resolve("pid")).hasContent(ProcessHandle.current().pid() + "\n");
    }
  }
}
