package io.github.anople.dist;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code anople serve} of an unpacked archive. */
final class Served {

  /** How a process ends that SIGTERM ends. */
  static final int TERMINATED = 143;

  private static final Pattern READY = Pattern.compile("ready at (http://localhost:\\d+);");

  /** Against a program that hangs, not a bound on how long it may take. */
  private static final long PATIENCE_MINUTES = 5;

  private final long begun;
  private final Process process;
  private final Path out;
  private final String address;

  private Served(long begun, Process process, Path out) throws IOException {
    this.begun = begun;
    this.process = process;
    this.out = out;
    this.address = whenReady();
  }

  /** Starts one with an empty data folder below another, and waits until it is ready. */
  static Served start(Unpacked program, Path place) throws IOException {
    Files.createDirectory(place);
    Path out = place.resolve("out.txt");
    long begun = System.nanoTime();
    Process process =
        program
            .builder(place, program.script(), "serve", "--port", "0", "--data", "serve run/data")
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    return new Served(begun, process, out);
  }

  /** The address that it names when it is ready. */
  private String whenReady() throws IOException {
    long end = begun + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
    while (process.isAlive() && System.nanoTime() < end) {
      Matcher ready = READY.matcher(said());
      if (ready.find()) {
        return ready.group(1);
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
    kill();
    throw new IOException("it was not ready: " + said());
  }

  String address() {
    return address;
  }

  double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }

  /** All that it printed. */
  String said() throws IOException {
    return Files.readString(out);
  }

  /** Its own process, and those that it started. */
  List<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  /** Asks it to end, as Ctrl-C and service managers do; its exit code. */
  int terminate() throws InterruptedException, IOException {
    process.destroy();
    assertTrue(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES), said());
    return process.exitValue();
  }

  /** Whatever it does. */
  void kill() {
    processes().forEach(ProcessHandle::destroyForcibly);
  }
}
