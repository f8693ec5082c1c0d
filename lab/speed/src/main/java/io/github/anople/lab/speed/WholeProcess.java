package io.github.anople.lab.speed;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of a command, from the start of its process to its end.
 *
 * @param seconds how long it took
 * @param peakBytes the most memory that it had resident, as seen every 20 ms; 0 where the system
 *     does not tell
 */
record WholeProcess(double seconds, long peakBytes) {

  private static final long LOOK_EVERY_MS = 20;
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  /**
   * Runs a command.
   *
   * @param command the command; what it says goes to a file
   * @param log that file
   * @throws InputException if it cannot be started, or ends with another code than 0
   */
  static WholeProcess run(List<String> command, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    long start = System.nanoTime();
    long peak = 0;
    try {
      Process process = builder.start();
      try {
        while (!process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
          peak = Math.max(peak, peak(process.pid()));
        }
      } finally {
        process.destroy();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      if (process.exitValue() != 0) {
        throw new InputException(
            String.join(" ", command), "ended with " + process.exitValue(), "see " + log);
      }
      return new WholeProcess(seconds, peak);
    } catch (IOException e) {
      throw new InputException(command.get(0), "cannot be started (" + e + ")", "build it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The system keeps the peak itself, as long as the process is there. */
  private static long peak(long pid) {
    try {
      Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc", "" + pid, "status")));
      return peak.find() ? 1024 * Long.parseLong(peak.group(1)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** Runs a command several times. */
  static Timing repeated(
      String task,
      String system,
      List<String> command,
      Repetitions repetitions,
      Path log,
      Work work) {
    List<Double> seconds = new ArrayList<>();
    long peak = 0;
    for (int i = 0; i < repetitions.warmUps() + repetitions.counted(); i++) {
      WholeProcess one = run(command, log);
      if (i >= repetitions.warmUps()) {
        seconds.add(one.seconds());
        peak = Math.max(peak, one.peakBytes());
      }
    }
    Samples samples = new Samples(seconds.stream().mapToDouble(Double::doubleValue).toArray());
    String note = peak == 0 ? "" : "peak memory " + (peak >> 20) + " MiB";
    return new Timing(task, system, samples, work, note);
  }
}
