package dev.twofold.localstack.cli;

import dev.twofold.localstack.burst.Progress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far a scenario is: a bar where somebody watches, a line for each stage elsewhere. */
final class ShownProgress implements Progress, AutoCloseable {
  private static final int MILLIS = 250;
  private static final int COLUMNS = 100;

  private final boolean watched;
  private @Nullable ProgressBar bar;

  ShownProgress(boolean watched) {
    this.watched = watched;
  }

  @Override
  public void stage(String name, long of) {
    close();
    if (!watched) {
      System.err.println("- " + name);
      return;
    }
    bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(of)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(System.err, COLUMNS))
            .build();
  }

  @Override
  public void at(long done, String note) {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.stepTo(done);
      shown.setExtraMessage(note);
    }
  }

  @Override
  public void close() {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.close();
      bar = null;
    }
  }
}
