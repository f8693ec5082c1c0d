package io.github.anople.spark;

import io.github.anople.core.InputException;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.image.NotedImage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Scores pictures in an executor: what a task does, whoever asks for it.
 *
 * @param sent the detector
 * @param map what a result has of a picture's map
 * @param errorRows whether a picture that cannot be read is a row, or ends the job
 */
record PictureScoring(DetectorBroadcast sent, MapKind map, boolean errorRows)
    implements Serializable {

  /** Several tasks wait side by side, and decoding wants room too. */
  private static final int HEAP_SHARES = 40;

  /**
   * A picture as it came.
   *
   * @param name what messages call it
   * @param content its file; null where the column is
   */
  record Picture(String name, byte[] content) {}

  /** One that was read, or why it was not. */
  private record Reading(ReadPicture read, InputException fault, long nanos) {}

  /** The type of a result. */
  StructType type() {
    return ResultRows.type(map);
  }

  /**
   * Scores pictures together, fewer at a time where they are large: a detector that looks at tiles
   * keeps all pixels of those that wait.
   *
   * @param pictures some pictures
   * @return a result each, in their order
   * @throws InputException if the detector cannot be used, or a picture cannot be read and errors
   *     are to end the job
   */
  List<Row> score(List<Picture> pictures) {
    OpenDetector detector = ExecutorDetectors.get(sent);
    long most = Runtime.getRuntime().maxMemory() / HEAP_SHARES;
    List<Row> results = new ArrayList<>();
    List<Reading> waiting = new ArrayList<>();
    long bytes = 0;
    for (Picture picture : pictures) {
      Reading reading = read(detector, picture);
      waiting.add(reading);
      bytes += reading.fault() == null ? reading.read().bytes() : 0;
      if (bytes > most) {
        results.addAll(scored(detector, waiting));
        waiting.clear();
        bytes = 0;
      }
    }
    results.addAll(scored(detector, waiting));
    return results;
  }

  private List<Row> scored(OpenDetector detector, List<Reading> readings) {
    List<PreparedImage> prepared =
        readings.stream()
            .filter(reading -> reading.fault() == null)
            .map(reading -> reading.read().prepared())
            .toList();
    long start = System.nanoTime();
    Iterator<Detection> detections =
        prepared.isEmpty()
            ? List.<Detection>of().iterator()
            : detector.detector().detectPrepared(prepared).iterator();
    long each = (System.nanoTime() - start) / Math.max(1, prepared.size());
    ResultRows rows = new ResultRows(map, sent.label());
    return readings.stream()
        .map(
            reading ->
                reading.fault() == null
                    ? rows.scored(
                        detector, reading.read(), detections.next(), millis(reading.nanos() + each))
                    : rows.failed(reading.fault().getMessage(), millis(reading.nanos())))
        .toList();
  }

  private Reading read(OpenDetector detector, Picture picture) {
    long start = System.nanoTime();
    try {
      if (picture.content() == null) {
        throw new InputException(
            picture.name(), "has no content", "leave rows without a picture out");
      }
      NotedImage noted = detector.reader().readNoted(picture.content(), picture.name());
      ReadPicture read =
          new ReadPicture(
              detector.detector().prepare(noted.image()),
              noted.image().width(),
              noted.image().height(),
              noted.image().bytes(),
              noted.notes());
      return new Reading(read, null, System.nanoTime() - start);
    } catch (InputException e) {
      if (!errorRows) {
        throw e;
      }
      return new Reading(null, e, System.nanoTime() - start);
    }
  }

  private static int millis(long nanos) {
    return (int) TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
