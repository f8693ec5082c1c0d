package io.github.anople.torch.train;

import io.github.anople.core.image.ClipNormalization;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.synth.AnomalySource;
import io.github.anople.torch.synth.Draws;
import io.github.anople.torch.synth.PseudoAnomaly;
import io.github.anople.torch.view.MultiScaleViews;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * What one step looks at, as plain arrays: made on other threads while the steps before run.
 *
 * @param views {@code [rows, 3, S, S]}, normalised
 * @param masks {@code [rows, S, S]}, 0 or 1
 * @param abnormal whether each row's mask has a pixel
 * @param latentNoise ε, {@code [normal views, d]}, or null
 */
record StepInputs(float[] views, float[] masks, boolean[] abnormal, float[] latentNoise) {

  /** Standard deviation of each component of ε (SimpleNet's). */
  private static final double NOISE_DEVIATION = 0.015;

  /**
   * How inputs are made.
   *
   * @param config which anomalies are simulated, and the seed
   * @param views the views of a picture
   * @param source what pixel anomalies are made of
   * @param normalization the backbone's
   * @param jointWidth d
   */
  record Recipe(
      TrainingConfig config,
      MultiScaleViews views,
      AnomalySource source,
      ClipNormalization normalization,
      int jointWidth) {

    /** The inputs of a step, fixed by the seed, the epoch and the step. */
    StepInputs make(Shot shot, int epoch, int step) {
      float[] image = shot.image().toPlanar();
      int side = views.side();
      int count = views.count();
      int rows = config.anomalies().pixel() ? 2 * count : count;
      float[] all = Arrays.copyOf(views.of(image), rows * 3 * side * side);
      float[] masks = new float[rows * side * side];
      if (config.anomalies().pixel()) {
        RandomGenerator random = Draws.of(config.seed(), "anomaly", epoch, step);
        PseudoAnomaly anomaly = PseudoAnomaly.draw(image, 2 * side, source, random);
        float[] simulated = views.of(anomaly.image());
        System.arraycopy(simulated, 0, all, simulated.length, simulated.length);
        byte[] marked = views.ofMask(anomaly.mask());
        for (int i = 0; i < marked.length; i++) {
          masks[marked.length + i] = marked[i];
        }
      }
      normalize(all, side * side);
      float[] noise = config.anomalies().latent() ? noise(count * jointWidth, epoch, step) : null;
      return new StepInputs(all, masks, abnormal(masks, rows), noise);
    }

    private void normalize(float[] planes, int pixels) {
      for (int plane = 0; plane < planes.length / pixels; plane++) {
        // In floats, which the processor divides sixteen at a time.
        float mean = normalization.mean().get(plane % 3).floatValue();
        float deviation = normalization.deviation().get(plane % 3).floatValue();
        for (int i = plane * pixels; i < (plane + 1) * pixels; i++) {
          planes[i] = (planes[i] - mean) / deviation;
        }
      }
    }

    private float[] noise(int count, int epoch, int step) {
      RandomGenerator random = Draws.of(config.seed(), "latent", epoch, step);
      float[] noise = new float[count];
      for (int i = 0; i < count; i++) {
        noise[i] = (float) (NOISE_DEVIATION * Draws.gaussian(random));
      }
      return noise;
    }

    private static boolean[] abnormal(float[] masks, int rows) {
      boolean[] abnormal = new boolean[rows];
      int pixels = masks.length / rows;
      for (int i = 0; i < masks.length; i++) {
        abnormal[i / pixels] |= masks[i] != 0;
      }
      return abnormal;
    }
  }

  /** The same as tensors of the current scope, each sent to the device in one copy. */
  TrainingStep.Batch toBatch(ComputeDevice device, MultiScaleViews multiScale) {
    int side = multiScale.side();
    int viewsPerImage = multiScale.count();
    int rows = abnormal.length;
    return new TrainingStep.Batch(
        device.place(Tensors.of(views, rows, 3, side, side)),
        device.place(Tensors.of(masks, rows, side, side)),
        abnormal,
        latentNoise == null
            ? null
            : device.place(
                Tensors.of(latentNoise, viewsPerImage, latentNoise.length / viewsPerImage)),
        viewsPerImage);
  }
}
