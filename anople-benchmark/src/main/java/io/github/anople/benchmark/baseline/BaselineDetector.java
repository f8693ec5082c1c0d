package io.github.anople.benchmark.baseline;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Batches;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.detect.SharedUse;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.GaussianBlur;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * A rival as a detector: pictures are read as AnoPLe reads them, and the maps are blurred as its
 * maps are, so that what differs is the method. The backbone stays its owner's.
 */
final class BaselineDetector implements AnomalyDetector {

  private final ClipModel clip;
  private final ImageScorer scorer;
  private final int batch;
  private final OwnedTensors owner = new OwnedTensors();
  private final Tensor blur;
  private final SharedUse use = new SharedUse();

  /**
   * Fits a detector.
   *
   * @param batch how many pictures it looks at at a time
   * @param fit makes the scorer, which closes the owner with itself, as the detector does the
   *     scorer; where it fails the owner is closed
   */
  static BaselineDetector fitted(
      ClipModel clip, int batch, Function<OwnedTensors, ImageScorer> fit) {
    OwnedTensors owner = new OwnedTensors();
    try {
      return new BaselineDetector(clip, fit.apply(owner), batch);
    } catch (RuntimeException | Error e) {
      owner.close();
      throw e;
    }
  }

  private BaselineDetector(ClipModel clip, ImageScorer scorer, int batch) {
    this.clip = clip;
    this.scorer = scorer;
    this.batch = batch;
    this.blur =
        TensorScope.inference(
            () -> owner.keep(clip.device().place(GaussianBlur.matrix(imageSize()))));
  }

  @Override
  public int imageSize() {
    return clip.config().vision().imageSize();
  }

  @Override
  public PreparedImage prepare(RgbImage image) {
    return scorer.sizes().prepare(image);
  }

  @Override
  public List<Detection> detectPrepared(List<PreparedImage> images) {
    return Batches.detect(images, batch, some -> use.call(() -> detectBatch(some)));
  }

  private List<Detection> detectBatch(List<PreparedImage> images) {
    return TensorScope.inference(
        () -> {
          Scorer.Scored scored = scorer.score(images);
          float[] scores = Tensors.floats(scored.score());
          for (int i = 0; i < scores.length; i++) {
            scores[i] = Detection.within(scores[i]);
          }
          float[] maps = Tensors.floats(GaussianBlur.apply(scored.map(), blur));
          return Detection.ofBatch(scores, imageSize(), maps, Optional.empty(), Optional.empty());
        });
  }

  @Override
  public void close() {
    use.close(
        () -> {
          scorer.close();
          owner.close();
        });
  }
}
