package io.github.anople.core.predict;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.InputException;
import io.github.anople.core.data.Label;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.report.ImageResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Scores pictures: while one batch is with the detector, the next is being read and the last is
 * being written. Memory does not depend on how many there are.
 *
 * @param detector scores
 * @param reader reads
 * @param category what the pictures show, for the tables
 * @param options what to write
 */
public record Predictor(
    AnomalyDetector detector, ImageReader reader, String category, PredictionOptions options) {

  private static final int BATCH = 4;
  private static final String UNKNOWN = "unknown";

  /** A picture on its way from the disk; null with the reason if it could not be read. */
  private record Loaded(Path file, RgbImage picture, String failure) {}

  /**
   * Scores pictures and writes what the options ask for. A picture that cannot be read is reported
   * and skipped; the rest goes on.
   *
   * @param pictures files, each once
   * @param listener told of each picture, in order
   * @return what became of each, in order
   */
  public List<Outcome> run(List<Path> pictures, Consumer<Outcome> listener) {
    ResultFolder folder =
        options.output().map(path -> new ResultFolder(path, options)).orElse(null);
    Path base = commonFolder(pictures);
    List<Outcome> outcomes = new ArrayList<>();
    BlockingQueue<Loaded> loaded = new ArrayBlockingQueue<>(BATCH);
    ExecutorService helpers = Executors.newFixedThreadPool(2, Predictor::daemon);
    try {
      Future<?> reading = helpers.submit(() -> readAll(pictures, loaded));
      Future<?> writing = null;
      while (outcomes.size() < pictures.size()) {
        List<Loaded> batch = next(loaded, pictures.size() - outcomes.size());
        List<Detection> detections = detect(batch);
        await(writing);
        writing =
            folder == null ? null : helpers.submit(() -> write(folder, base, batch, detections));
        for (Outcome outcome : outcomes(batch, detections)) {
          outcomes.add(outcome);
          listener.accept(outcome);
        }
      }
      await(writing);
      await(reading);
    } finally {
      helpers.shutdownNow();
    }
    if (folder != null) {
      folder.writeTables(outcomes);
    }
    return outcomes;
  }

  /**
   * What {@code results.json} holds, for programs that want it on standard output.
   *
   * @param outcomes of {@link #run}
   * @return a new tree
   */
  public ObjectNode json(List<Outcome> outcomes) {
    return ResultFolder.json(options, outcomes);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "anople-predict");
    thread.setDaemon(true);
    return thread;
  }

  private void readAll(List<Path> pictures, BlockingQueue<Loaded> loaded) {
    try {
      for (Path picture : pictures) {
        loaded.put(read(picture));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Loaded read(Path file) {
    try {
      return new Loaded(file, reader.read(file), null);
    } catch (InputException e) {
      return new Loaded(file, null, e.getMessage());
    }
  }

  /** Waits for one picture and takes what else is there, up to a batch. */
  private static List<Loaded> next(BlockingQueue<Loaded> loaded, int left) {
    try {
      List<Loaded> batch = new ArrayList<>();
      batch.add(loaded.take());
      loaded.drainTo(batch, Math.min(BATCH, left) - 1);
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException("prediction", "was interrupted", "start it again", e);
    }
  }

  private List<Detection> detect(List<Loaded> batch) {
    List<RgbImage> pictures =
        batch.stream().map(Loaded::picture).filter(picture -> picture != null).toList();
    return pictures.isEmpty() ? List.of() : detector.detect(pictures);
  }

  private void write(
      ResultFolder folder, Path base, List<Loaded> batch, List<Detection> detections) {
    int scored = 0;
    for (Loaded one : batch) {
      if (one.picture() != null) {
        String name = base.relativize(absolute(one.file())).toString();
        folder.writePictures(name, one.picture(), detections.get(scored++).map());
      }
    }
  }

  private List<Outcome> outcomes(List<Loaded> batch, List<Detection> detections) {
    List<Outcome> outcomes = new ArrayList<>();
    int scored = 0;
    for (Loaded one : batch) {
      outcomes.add(
          one.picture() == null
              ? Outcome.failed(one.file(), one.failure())
              : Outcome.scored(one.file(), result(one.file(), detections.get(scored++))));
    }
    return outcomes;
  }

  ImageResult result(Path file, Detection detection) {
    return new ImageResult(
        file.toString().replace('\\', '/'),
        category,
        UNKNOWN,
        Label.UNKNOWN,
        detection.score(),
        options.verdict(detection.score()));
  }

  private static void await(Future<?> work) {
    if (work == null) {
      return;
    }
    try {
      work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException("prediction", "was interrupted", "start it again", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InputException fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** The deepest folder that holds all pictures: results are named by what differs. */
  private static Path commonFolder(List<Path> pictures) {
    Path common = null;
    for (Path picture : pictures) {
      Path folder = absolute(picture).getParent();
      while (common != null && !folder.startsWith(common)) {
        common = common.getParent();
      }
      common = common == null ? folder : common;
    }
    return common;
  }

  private static Path absolute(Path file) {
    return file.toAbsolutePath().normalize();
  }
}
