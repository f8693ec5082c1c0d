package io.github.anople.server.enrol;

import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A {@link TrainingProcess} and what it tells, seen from the server. */
final class TrainingChild implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final OutputStream order;

  private TrainingChild(Process process) {
    this.process = process;
    this.order = process.getOutputStream();
  }

  /**
   * Starts one.
   *
   * @param order what it is to do; its folder is made
   * @return a process that works
   * @throws InputException if the folder cannot be written, or no process be started
   */
  static TrainingChild start(TrainingOrder order) {
    Path folder = order.folder();
    try {
      Files.createDirectories(folder);
      write(folder.resolve(TrainingProcess.ORDER), JSON.writeValueAsString(order));
      // In a file, since a class path may be longer than a command line.
      Path classPath = folder.resolve("class-path");
      String path = System.getProperty("java.class.path").replace("\\", "\\\\");
      write(classPath, "-cp \"" + path + "\"");
      ProcessBuilder process =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-Djava.awt.headless=true",
                      "@" + classPath,
                      TrainingProcess.class.getName(),
                      folder.toString()))
              .redirectError(folder.resolve("training.log").toFile());
      // Threads that wait in a loop take the cores from the inspections beside them, and from those
      // that they wait for.
      process.environment().putIfAbsent("OMP_WAIT_POLICY", "passive");
      return new TrainingChild(process.start());
    } catch (IOException e) {
      throw new InputException(
          folder, "no training can be started there (" + e + ")", "check the data folder", e);
    }
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Hears what it has to tell, until it ends.
   *
   * @param heard told of every event, on the calling thread
   * @return its exit code
   * @throws InterruptedException if the thread is interrupted
   */
  int hear(Consumer<TrainingEvent> heard) throws InterruptedException {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        heard.accept(event(line));
      }
    } catch (IOException e) {
      process.destroy(); // Whoever cannot be heard does not work for us.
    }
    return process.waitFor();
  }

  private static TrainingEvent event(String line) {
    try {
      return JSON.readValue(line, TrainingEvent.class);
    } catch (JacksonException e) {
      throw new IllegalStateException("a training told: " + line, e);
    }
  }

  /** Asks it to end: it does after its present step, and its checkpoint stays. */
  void cancel() {
    try {
      order.close();
    } catch (IOException e) {
      process.destroy(); // Its end of the pipe is gone, and so is it, nearly.
    }
  }

  @Override
  public void close() {
    cancel();
    process.destroy();
  }
}
