package dev.twofold.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CappedLogTest {
  @TempDir Path folder;

  @Test
  void keepsNeverMoreThanTwiceItsBound() throws IOException {
    Path file = folder.resolve("emulator.log");

    try (CappedLog log = CappedLog.open(file, 100_000)) {
      log.copy(new ByteArrayInputStream(new byte[1_000_000]));
    }

    assertThat(Files.size(file)).isLessThanOrEqualTo(100_000);
    assertThat(folder.resolve("emulator.log.1")).exists();
    assertThat(Files.size(folder.resolve("emulator.log.1"))).isLessThanOrEqualTo(100_000);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void keepsTheNewestLines() throws IOException {
    Path file = folder.resolve("service.log");

    try (CappedLog log = CappedLog.open(file, 50_000)) {
      log.copy(new ByteArrayInputStream(new byte[200_000]));
      log.copy(text("the last line\n"));
    }

    assertThat(Files.readString(file)).endsWith("the last line\n");
  }

  @Test
  void appendsToWhatAnEarlierRunWrote() throws IOException {
    Path file = folder.resolve("logs").resolve("service.log");
    try (CappedLog log = CappedLog.open(file, 1_000)) {
      log.copy(text("first\n"));
    }

    try (CappedLog log = CappedLog.open(file, 1_000)) {
      log.copy(text("second\n"));
    }

    assertThat(file).hasContent("first\nsecond\n");
  }

  private static ByteArrayInputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
