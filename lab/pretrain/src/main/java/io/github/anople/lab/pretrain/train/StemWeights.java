package io.github.anople.lab.pretrain.train;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipStem;
import io.github.anople.torch.clip.ClipTensorNames;
import io.github.anople.torch.encoder.TrunkWeights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The trunk in mini: its rows come in after the built blocks, which so compute what they did, in
 * channels that hold no circle. Each of the trunk's channels gets one of mini's, so that rows
 * differ there by as much as the trunk's do, and nothing is lost: the learned blocks read any
 * linear function of it, and the memory compares circles and trunk side by side.
 */
final class StemWeights {

  static final ClipStem STEM = new ClipStem(List.of(5, 9), BuiltInDescriptors.BLOCKS);

  private StemWeights() {}

  /** Whether a weight is the trunk's own, which is never learned. */
  static boolean isTrunk(String name) {
    return name.startsWith(ClipStem.TRUNK);
  }

  /**
   * Weights without a stem, and a stem.
   *
   * @param weights all weights of mini
   * @param architecture the architecture with a stem
   * @param gain the length of the trunk's part of a row, in units of the circles'
   * @return new weights, in OpenCLIP's order
   */
  static Map<String, FloatTensor> added(
      Map<String, FloatTensor> weights, ClipConfig architecture, double gain) {
    TrunkWeights trunk = TrunkWeights.read();
    Map<String, FloatTensor> all = new LinkedHashMap<>();
    ClipTensorNames.shapes(architecture)
        .forEach(
            (name, shape) -> {
              if (name.equals(ClipStem.PROJECTION)) {
                all.put(name, projection(shape, gain));
              } else if (isTrunk(name)) {
                all.put(name, trunk.get(name.substring(ClipStem.TRUNK.length())));
              } else {
                all.put(name, weights.get(name));
              }
            });
    return all;
  }

  private static FloatTensor projection(List<Long> shape, double gain) {
    int width = Math.toIntExact(shape.get(0));
    int channels = Math.toIntExact(shape.get(1));
    int[] free = BuiltInDescriptors.freeChannels();
    float[] values = new float[width * channels];
    for (int channel = 0; channel < channels; channel++) {
      values[free[channel] * channels + channel] =
          (float) (gain * BuiltInDescriptors.circlesLength());
    }
    return new FloatTensor(shape, values);
  }
}
