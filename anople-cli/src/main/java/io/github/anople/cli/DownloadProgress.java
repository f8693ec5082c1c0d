package io.github.anople.cli;

import io.github.anople.console.Output;
import io.github.anople.torch.backbone.DownloadListener;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A download's progress: a bar on a terminal, a line for each tenth elsewhere. */
final class DownloadProgress implements DownloadListener, AutoCloseable {

  private static final int LINES = 10;

  private final Output output;
  private String file = "";
  private long tenth;
  private ProgressBar bar;

  DownloadProgress(Output output) {
    this.output = output;
  }

  @Override
  public void progress(String fileName, long bytes, long total) {
    if (!fileName.equals(file)) {
      close();
      file = fileName;
      tenth = -1;
    }
    if (output.onTerminal()) {
      draw(bytes, total);
    } else if (total > 0 && bytes * LINES / total != tenth) {
      tenth = bytes * LINES / total;
      output.info("%s: %d %% of %d MB".formatted(fileName, 100 * bytes / total, total >> 20));
    }
  }

  private void draw(long bytes, long total) {
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(file)
              .setInitialMax(total)
              .setUnit(" MB", 1 << 20)
              .setStyle(ProgressBarStyle.ASCII)
              .build();
    }
    bar.stepTo(bytes);
  }

  @Override
  public void retrying(String fileName, String reason, Duration pause) {
    output.info("%s: %s; next try in %d s".formatted(fileName, reason, pause.toSeconds()));
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
