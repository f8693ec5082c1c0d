package io.github.anople.server.enrol;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CancellationException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trains in a process of its own: the memory that training takes goes back to the system, and a
 * fault in native code does not stop the line. What it has to tell is on standard output, a line of
 * JSON each; when its standard input ends, whoever started it is gone or wants it to end.
 */
public final class TrainingProcess {

  /** The order, in the folder that the process works in. */
  static final String ORDER = "order.json";

  private static final JsonMapper JSON = new JsonMapper();

  private final PrintStream events;
  private volatile boolean cancelled;

  private TrainingProcess(PrintStream events) {
    this.events = events;
  }

  /**
   * Trains.
   *
   * @param arguments the folder with the order
   * @throws IOException if the order cannot be read
   * @throws InterruptedException never
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    TrainingProcess process =
        new TrainingProcess(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    System.setOut(System.err); // Events alone are for standard output.
    Path folder = Path.of(arguments[0]);
    TrainingOrder order =
        JSON.readValue(Files.readString(folder.resolve(ORDER)), TrainingOrder.class);
    process.watchInput();
    // A process that a killed server left behind may be on its way out.
    try (FileChannel lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      new VersionMaker(order, process::tell, () -> process.cancelled).run();
    } catch (InputException e) {
      process.tell(TrainingEvent.fault(e.getMessage()));
    } catch (CancellationException e) {
      return;
    }
  }

  private void watchInput() {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // As good as its end.
              }
              cancelled = true;
            },
            "anople-order");
    watch.setDaemon(true);
    watch.start();
  }

  private void tell(TrainingEvent event) {
    events.println(JSON.writeValueAsString(event));
  }
}
