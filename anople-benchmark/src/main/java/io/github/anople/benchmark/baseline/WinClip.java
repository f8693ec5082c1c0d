package io.github.anople.benchmark.baseline;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.clip.VisionEncoder;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.MemoryBank;
import io.github.anople.torch.model.Images;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The rival {@code winclip}: WinCLIP without shots, WinCLIP+ with them (Jeong et al., "WinCLIP:
 * Zero-/Few-Shot Anomaly Classification and Segmentation", CVPR 2023), written from the paper.
 *
 * <p>Language: the image and its windows of 2 × 2 and 3 × 3 patches, each encoded alone, are
 * compared with an ensemble of texts; a scale's map is the harmonic mean over the windows that
 * cover a patch, and the scales and the image's score are joined by their harmonic mean. Vision:
 * distances ½(1 − cos) of windows and of last-layer patches to the nearest of the shots', joined by
 * their mean. The map is the mean of both, the score the mean of the image's language score and the
 * vision map's maximum. Where the paper leaves a choice: patch features are taken after {@code
 * ln_post}, windows go through the same harmonic mean in both maps, maps are blurred as AnoPLe's,
 * and the temperature is 0.07, the first value of CLIP's own, which anomalib's WinCLIP takes too.
 * At the one that CLIP learned, 0.01, probabilities are near 0 or 1, and the distances of the
 * shots, which are a few hundredths, have no say in the means.
 */
final class WinClip {

  /** Few pictures at a time: each has some 365 windows on a 15 × 15 grid. */
  private static final int BATCH = 2;

  /** τ of the softmax over both texts. */
  static final double TEMPERATURE = 0.07;

  private static final int[] WINDOW_SIZES = {2, 3};

  private WinClip() {}

  /**
   * Prepares texts, and remembers the shots where there are some.
   *
   * @param clip the backbone, which must outlive the detector
   * @param names what the pictures show, at least one name
   * @param shots pictures of good parts; none for WinCLIP without shots
   * @return a detector to close
   * @throws IllegalArgumentException if there is no name
   */
  static AnomalyDetector fit(ClipModel clip, List<String> names, List<RgbImage> shots) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("WinCLIP needs the name of what it looks at");
    }
    return BaselineDetector.fitted(
        clip,
        BATCH,
        owner ->
            ImageScorer.of(clip, TensorScope.inference(() -> windows(clip, names, shots, owner))));
  }

  private static Windows windows(
      ClipModel clip, List<String> names, List<RgbImage> shots, OwnedTensors owner) {
    int grid = clip.config().vision().grid();
    List<WindowScale> scales = new ArrayList<>();
    List<Tensor> covers = new ArrayList<>();
    for (int size : WINDOW_SIZES) {
      WindowScale scale = new WindowScale(grid, Math.min(size, grid));
      scales.add(scale);
      covers.add(owner.keep(clip.device().place(scale.cover())));
    }
    Tensor texts = owner.keep(WinClipTexts.features(clip, names));
    Windows plain = new Windows(clip, texts, scales, covers, List.of(), owner);
    return shots.isEmpty() ? plain : plain.remembering(shots);
  }

  /**
   * The detector's arrow.
   *
   * @param texts normal and abnormal, {@code [2, d]}
   * @param covers of each scale
   * @param memories of the patches, then of each scale's windows; empty without shots
   */
  private record Windows(
      ClipModel clip,
      Tensor texts,
      List<WindowScale> scales,
      List<Tensor> covers,
      List<MemoryBank> memories,
      OwnedTensors owner)
      implements Scorer {

    /** What is seen of a batch, rows of unit length: patches, then each scale's windows. */
    private record Seen(Tensor image, List<Tensor> rows) {}

    private Seen look(Tensor images) {
      VisionEncoder.Output whole = clip.vision().encode(images);
      List<Tensor> rows = new ArrayList<>();
      rows.add(Tensors.normalize(clip.vision().postNorm(whole.patches())));
      for (WindowScale scale : scales) {
        rows.add(Tensors.normalize(clip.vision().encodeWindows(images, scale.windows())));
      }
      return new Seen(Tensors.normalize(whole.image()), rows);
    }

    Windows remembering(List<RgbImage> shots) {
      List<MemoryBank> filled =
          Rows.of(shots, shot -> look(Images.batch(clip, List.of(shot))).rows()).stream()
              .map(rows -> new MemoryBank(rows.flatten(0, 1), owner))
              .toList();
      return new Windows(clip, texts, scales, covers, filled, owner);
    }

    @Override
    public Scored score(Tensor images) {
      Seen seen = look(images);
      Tensor score = abnormal(seen.image()); // [images]
      Tensor map = language(seen, score);
      if (!memories.isEmpty()) {
        Tensor vision = vision(seen);
        score = mean(score, vision.amax(new long[] {1}, false));
        map = mean(map, vision);
      }
      long grid = clip.config().vision().grid();
      return new Scored(
          score, Decoder.enlarge(map.view(-1, 1, grid, grid), images.size(2)).squeeze(1));
    }

    /** Harmonic mean of the scales' maps and the image's score, {@code [images, G²]}. */
    private Tensor language(Seen seen, Tensor score) {
      Tensor inverse = score.clamp_min(new Scalar(1e-6)).reciprocal().unsqueeze(1);
      for (int scale = 0; scale < scales.size(); scale++) {
        Tensor windows = abnormal(seen.rows().get(1 + scale)); // [images, windows]
        inverse = inverse.add(WindowScale.harmonicMean(windows, covers.get(scale)).reciprocal());
      }
      return inverse.reciprocal().mul(new Scalar(1.0 + scales.size()));
    }

    /** Mean of the distances of patches and of the scales' windows, {@code [images, G²]}. */
    private Tensor vision(Seen seen) {
      Tensor sum = memories.get(0).distances(seen.rows().get(0));
      for (int scale = 0; scale < scales.size(); scale++) {
        Tensor distances = memories.get(1 + scale).distances(seen.rows().get(1 + scale));
        sum = sum.add(WindowScale.harmonicMean(distances, covers.get(scale)));
      }
      return sum.div(new Scalar(1.0 + scales.size()));
    }

    /** The abnormal probability of features, {@code [..., d]} to {@code [...]}. */
    private Tensor abnormal(Tensor features) {
      Tensor logits = torch.matmul(features, texts.t()).div(new Scalar(TEMPERATURE));
      return torch.softmax(logits, -1).select(-1, 1);
    }

    private static Tensor mean(Tensor first, Tensor second) {
      return first.add(second).mul(new Scalar(0.5));
    }

    @Override
    public void close() {
      owner.close();
    }
  }
}
