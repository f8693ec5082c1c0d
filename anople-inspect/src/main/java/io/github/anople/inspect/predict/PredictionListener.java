package io.github.anople.inspect.predict;

import io.github.anople.core.drift.Drift;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.Part;

/**
 * Hears of each picture when its files are written, in the order of the results, one at a time, on
 * a thread of the run.
 */
public interface PredictionListener {

  /** A listener that does nothing. */
  PredictionListener SILENT =
      new PredictionListener() {
        @Override
        public void scored(Inspection inspection) {}

        @Override
        public void failed(Failure failure) {}
      };

  /**
   * A picture was scored.
   *
   * @param inspection what the detector says of it
   */
  void scored(Inspection inspection);

  /**
   * A picture could not be scored; the run goes on.
   *
   * @param failure which one, and why
   */
  void failed(Failure failure);

  /**
   * All views of a part are there, in a watched folder whose parts have a known number of them. A
   * view that is taken anew tells of the part again.
   *
   * @param part the part as it is now
   */
  default void complete(Part part) {}

  /**
   * Something has moved since calibration, or no longer has.
   *
   * @param drift what began with the picture that was scored last, or ended
   */
  default void drifted(Drift drift) {}
}
