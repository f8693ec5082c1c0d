package io.github.anople.inspect.predict;

/**
 * Hears of each picture when its files are written, in the order of the results, one at a time, on
 * a thread of the run.
 */
public interface PredictionListener {

  /** A listener that does nothing. */
  PredictionListener SILENT =
      new PredictionListener() {
        @Override
        public void scored(Prediction prediction) {}

        @Override
        public void failed(Failure failure) {}
      };

  /**
   * A picture was scored.
   *
   * @param prediction what the detector says of it
   */
  void scored(Prediction prediction);

  /**
   * A picture could not be scored; the run goes on.
   *
   * @param failure which one, and why
   */
  void failed(Failure failure);
}
