package io.github.anople.torch.memory;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.anople.torch.engine.Tensors;
import java.util.Locale;
import org.bytedeco.pytorch.Tensor;

/** How the distances of an image's places become one score. */
public enum ImageScore {
  /** The largest: the method (PatchCore's, and the paper's). */
  MAX {
    @Override
    Tensor ofFlat(Tensor map) {
      return map.amax(new long[] {1}, false);
    }
  },
  /**
   * The mean of the highest hundredth, max(1, ⌊n / 100⌋) of n values (Damm et al., "AnomalyDINO:
   * Boosting Patch-based Few-shot Anomaly Detection with DINOv2", WACV 2025): one loud place counts
   * less. Fewer than 200 values have a hundredth of one: the largest.
   */
  TOP1 {
    @Override
    Tensor ofFlat(Tensor map) {
      return map.topk(highest(map.size(1)), 1, true, false).get0().mean(1);
    }
  };

  /**
   * How many values are the highest hundredth.
   *
   * @param values n
   * @return max(1, ⌊n / 100⌋)
   */
  public static long highest(long values) {
    return Math.max(1, values / 100);
  }

  abstract Tensor ofFlat(Tensor map);

  /**
   * Scores of images.
   *
   * @param map {@code [images, n]} or {@code [images, h, w]}
   * @return {@code [images]}, on the map's scale
   */
  public Tensor of(Tensor map) {
    return ofFlat(map.flatten(1, -1));
  }

  /**
   * Scores of images of which a part counts.
   *
   * @param map {@code [images, h, w]}, not negative where a pixel counts, 0 elsewhere
   * @param counted {@code [images, h, w]}, or {@code [1, h, w]} for images that are all alike: 1
   *     where a pixel counts, else 0
   * @return {@code [images]}, on the map's scale: of the pixels that count alone
   */
  public Tensor of(Tensor map, Tensor counted) {
    if (this == MAX) {
      return of(map);
    }
    Tensor flat = map.flatten(1, -1);
    Tensor[] scores = new Tensor[(int) map.size(0)];
    for (int image = 0; image < scores.length; image++) {
      long pixels = counted.select(0, counted.size(0) == 1 ? 0 : image).sum().item_long();
      scores[image] = flat.narrow(0, image, 1).topk(highest(pixels), 1, true, false).get0().mean(1);
    }
    return Tensors.concat(0, scores);
  }

  /**
   * The name in settings and files.
   *
   * @return {@code max} or {@code top1}
   */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
