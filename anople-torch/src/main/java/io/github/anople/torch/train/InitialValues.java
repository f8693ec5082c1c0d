package io.github.anople.torch.train;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.prompt.PromptShape;
import io.github.anople.torch.synth.Draws;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What the learnables start from, drawn from the seed (sections 2 and 4 of the method's page). */
final class InitialValues {

  /** Standard deviation of contexts and view signals. */
  private static final double CONTEXT_DEVIATION = 0.02;

  private InitialValues() {}

  /** All learnables in order: the prompt learner's, then the decoder's. */
  static Map<String, FloatTensor> draw(ClipModel clip, PromptShape shape, long seed) {
    Map<String, FloatTensor> values = new LinkedHashMap<>();
    Map<String, List<Long>> prompts = shape.tensors();
    prompts.forEach(
        (name, sizes) -> {
          RandomGenerator random = Draws.of(seed, "initial " + name, 0, 0);
          values.put(name, new FloatTensor(sizes, prompt(name, sizes, prompts, random)));
        });
    Decoder.tensors(clip.config())
        .forEach(
            (name, sizes) -> {
              RandomGenerator random = Draws.of(seed, "initial " + name, 0, 0);
              values.put(name, new FloatTensor(sizes, decoder(name, sizes, clip, random)));
            });
    return values;
  }

  private static float[] prompt(
      String name, List<Long> sizes, Map<String, List<Long>> all, RandomGenerator random) {
    boolean coupling =
        name.startsWith(PromptShape.VISUAL_TO_TEXT) || name.startsWith(PromptShape.TEXT_TO_VISUAL);
    if (!coupling) {
      return Draws.gaussians(random, count(sizes), CONTEXT_DEVIATION);
    }
    String weight = name.substring(0, name.lastIndexOf('.')) + ".weight";
    return uniform(count(sizes), 1 / Math.sqrt(all.get(weight).get(1)), random);
  }

  /** The decoder starts as CLIP's own dense projection: proj, then nothing added to it. */
  private static float[] decoder(
      String name, List<Long> sizes, ClipModel clip, RandomGenerator random) {
    if (name.equals(Decoder.MIX_IN + ".weight")) {
      return TensorScope.call(() -> Tensors.floats(clip.vision().projection().t()));
    }
    if (name.startsWith(Decoder.SPACE)) {
      return uniform(count(sizes), 1.0 / 3, random);
    }
    return new float[count(sizes)];
  }

  private static float[] uniform(int count, double bound, RandomGenerator random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    return values;
  }

  private static int count(List<Long> sizes) {
    return Math.toIntExact(sizes.stream().reduce(1L, Math::multiplyExact));
  }
}
