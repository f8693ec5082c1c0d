package io.github.anople.lab.speed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other programs, each of which keeps a core busy until this is closed. */
final class BusyProcesses implements AutoCloseable {

  /** It looks now and then whether whoever started it is still there. */
  private static final String SPIN =
      "while kill -0 $PPID; do i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; done";

  /** What reads the load needs a moment to see it. */
  private static final long SETTLE_MS = 1_000;

  private final List<Process> processes = new ArrayList<>();

  private BusyProcesses() {}

  /**
   * Starts some.
   *
   * @param count 0 for an idle machine
   */
  static BusyProcesses start(int count) throws Unavailable {
    BusyProcesses busy = new BusyProcesses();
    try {
      for (int i = 0; i < count; i++) {
        busy.processes.add(
            new ProcessBuilder("/bin/sh", "-c", SPIN)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
      }
      TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
      return busy;
    } catch (IOException e) {
      busy.close();
      throw new Unavailable("no process that keeps a core busy can be started: " + e.getMessage());
    } catch (InterruptedException e) {
      busy.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
