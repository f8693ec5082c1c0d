package io.github.anople.torch.full;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.portable.PortableTensors;
import io.github.anople.torch.prompt.PromptShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The full-size run's learnables, made by rule. */
final class FullSizeLearnables {

  private FullSizeLearnables() {}

  static Map<String, FloatTensor> make(ClipModel clip, PromptShape shape) {
    Map<String, List<Long>> names = new LinkedHashMap<>(shape.tensors());
    names.putAll(Decoder.tensors(clip.config()));
    Map<String, FloatTensor> values = new LinkedHashMap<>();
    names.forEach(
        (name, sizes) -> values.put(name, new FloatTensor(sizes, make(name, sizes, clip))));
    return values;
  }

  private static float[] make(String name, List<Long> sizes, ClipModel clip) {
    if (name.equals(Decoder.MIX_IN + ".weight")) {
      return TensorScope.call(() -> Tensors.floats(clip.vision().projection().t()));
    }
    int count = Math.toIntExact(sizes.stream().reduce(1L, Math::multiplyExact));
    return PortableTensors.values("anople." + name, count, 0, amplitude(name));
  }

  private static double amplitude(String name) {
    if (name.equals(Decoder.SPACE + ".weight")) {
      return 0.3;
    }
    if (name.startsWith("decoder.")) {
      return 0.05;
    }
    if (name.startsWith(PromptShape.VISUAL_TO_TEXT)) {
      return 0.033;
    }
    return name.startsWith(PromptShape.TEXT_TO_VISUAL) ? 0.039 : 0.035;
  }
}
