package io.github.anople.torch.full;

import io.github.anople.core.Golden;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The full-size run's learnables, made by the rule that the golden folder's full/README.md tells.
 */
final class FullSizeLearnables {

  private FullSizeLearnables() {}

  static Map<String, FloatTensor> make(ClipModel clip, PromptShape shape, Golden golden) {
    Map<String, List<Long>> names = new LinkedHashMap<>(shape.tensors());
    names.putAll(Decoder.tensors(clip.config()));
    Map<String, FloatTensor> values = new LinkedHashMap<>();
    names.forEach(
        (name, sizes) -> values.put(name, new FloatTensor(sizes, make(name, sizes, clip, golden))));
    return values;
  }

  private static float[] make(String name, List<Long> sizes, ClipModel clip, Golden golden) {
    if (name.equals(Decoder.MIX_IN + ".weight")) {
      return TensorScope.call(() -> Tensors.floats(clip.vision().projection().t()));
    }
    int count = Math.toIntExact(sizes.stream().reduce(1L, Math::multiplyExact));
    return PortableTensors.values("anople." + name, count, 0, amplitude(name, golden));
  }

  /** The README's clauses: a number, then the learnables that it is the amplitude of. */
  private static double amplitude(String name, Golden golden) {
    String told =
        golden
            .told("offset 0, (a = .*?)\\. C_t")
            .replaceAll("(\\S+)\\.weight \\[[0-9,]+\\] and \\.bias", "$1.weight, $1.bias");
    for (String clause : told.split("; ", -1)) {
      Matcher parts = Pattern.compile("(?:a = )?([0-9.]+) for (.*)").matcher(clause);
      if (parts.matches()
          && List.of(parts.group(2).split("( \\[[0-9,]+\\])?(, |$)")).contains(name)) {
        return Double.parseDouble(parts.group(1));
      }
    }
    throw new IllegalStateException("no amplitude for " + name + " in: " + told);
  }
}
