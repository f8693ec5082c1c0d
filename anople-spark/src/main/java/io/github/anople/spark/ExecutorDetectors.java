package io.github.anople.spark;

import io.github.anople.core.InputException;
import io.github.anople.core.TemporaryFolder;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.OpenSettings;
import io.github.anople.onnx.OnnxDetectorOpener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;

/**
 * The detectors that are open in an executor, one session each, whatever the number of partitions
 * and tasks: tasks that run side by side share it. They stay open as long as the executor lives,
 * since ONNX Runtime does not hand back the memory of a session that is closed.
 */
final class ExecutorDetectors {

  /** One for the process: tasks of one executor share nothing else. */
  private static final ExecutorDetectors OF_THIS_PROCESS = new ExecutorDetectors();

  private final Map<String, OpenDetector> open = new ConcurrentHashMap<>();
  private final AtomicInteger opened = new AtomicInteger();

  private ExecutorDetectors() {}

  /**
   * An open detector. The first task that asks opens it, and others wait.
   *
   * @param sent what the driver sent
   * @return the same for all tasks of this process
   * @throws InputException if it cannot be opened here, or computes something else here
   */
  static OpenDetector get(DetectorBroadcast sent) {
    return OF_THIS_PROCESS.open.computeIfAbsent(sent.sha256(), any -> OF_THIS_PROCESS.open(sent));
  }

  /** How many detectors were opened in this process. */
  static int opened() {
    return OF_THIS_PROCESS.opened.get();
  }

  private OpenDetector open(DetectorBroadcast sent) {
    try (TemporaryFolder folder = TemporaryFolder.create("anople-spark")) {
      Path file = sent.writeTo(folder.path());
      DetectorFile detector = new OnnxDetectorOpener().open(file, settings());
      opened.incrementAndGet();
      return OpenDetector.of(detector);
    } catch (InputException e) {
      throw new InputException(sent.name(), e.problem(), e.remedy(), e);
    } catch (IOException e) {
      throw new InputException(
          sent.name(),
          "cannot be written to " + System.getProperty("java.io.tmpdir") + " (" + e + ")",
          "free some space there, or set java.io.tmpdir of the executors to another folder",
          e);
    }
  }

  /** As many threads as a task has cores: more would take those of its neighbours. */
  private static OpenSettings settings() {
    TaskContext task = TaskContext.get();
    return new OpenSettings(
        Optional.empty(),
        OpenSettings.AUTO.precision(),
        "cpu",
        Optional.empty(),
        OptionalInt.of(task == null ? 1 : task.cpus()));
  }
}
