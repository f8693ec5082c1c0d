package io.github.anople.benchmark.figure;

import io.github.anople.core.InputException;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.report.ColourScale;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.model.AttentionProbe;
import io.github.anople.torch.model.ContextRow;
import io.github.anople.torch.model.TowerAttention;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Figure 12: what view signals and class token attend to.
 *
 * @param layer of the image tower, counted from 1
 */
record PatchView(int layer) implements SideBySide.View {

  private static final int QUARTERS = 4;

  @Override
  public List<String> pictureHeads() {
    return List.of("image");
  }

  @Override
  public List<String> detectorHeads() {
    return List.of("global view signal", "local view signals", "class token");
  }

  @Override
  public List<Optional<Raster>> ofPicture(Session.Look look) {
    return List.of(Optional.of(Raster.of(Raster.shrunk(look.seen().image()))));
  }

  @Override
  public List<Optional<Raster>> ofDetector(AnomalyDetector detector, Session.Look look) {
    if (!(detector instanceof TorchDetector torch)) {
      return List.of(Optional.empty(), Optional.empty(), Optional.empty());
    }
    RgbImage image = look.seen().image();
    RgbImage shrunk = Raster.shrunk(image);
    return torch.attention(probe -> maps(probe, image, torch.imageSize())).stream()
        .map(map -> map.map(weights -> overlay(shrunk, weights)))
        .toList();
  }

  private List<Optional<ScoreMap>> maps(AttentionProbe probe, RgbImage image, int side) {
    TowerAttention whole = probe.vision(image, Math.max(0, probe.views() - 1));
    if (layer > whole.layers().size()) {
      throw new InputException(
          "layer " + layer,
          "is not there: the image tower has " + whole.layers().size() + " layers",
          "choose one of these");
    }
    boolean signal = whole.contexts().contains(ContextRow.VIEW_SIGNAL);
    return List.of(
        signal ? Optional.of(map(whole, whole.contextsAt())) : Optional.empty(),
        signal && probe.views() == QUARTERS + 1
            ? Optional.of(quarters(probe, image, side))
            : Optional.empty(),
        Optional.of(map(whole, 0)));
  }

  /** What one position takes from the patches. */
  private ScoreMap map(TowerAttention attention, int from) {
    int patches = attention.contextsAt() - 1;
    return ScoreMap.of(
        (int) Math.round(Math.sqrt(patches)), attention.weights(layer, from, 1, patches));
  }

  /** Each local signal sees its quarter, as in training: upper left, upper right, lower ones. */
  private ScoreMap quarters(AttentionProbe probe, RgbImage image, int side) {
    RgbImage large = Resampler.resize(image, 2 * side, 2 * side);
    List<float[]> maps = new ArrayList<>();
    for (int quarter = 0; quarter < QUARTERS; quarter++) {
      RgbImage part = large.part(quarter % 2 * side, quarter / 2 * side, side, side);
      TowerAttention seen = probe.vision(part, quarter);
      maps.add(stretched(map(seen, seen.contextsAt())));
    }
    return joined(maps);
  }

  /** Four maps as one: upper left, upper right, lower left, lower right. */
  static ScoreMap joined(List<float[]> quarters) {
    int grid = (int) Math.round(Math.sqrt(quarters.get(0).length));
    float[] joined = new float[QUARTERS * grid * grid];
    for (int quarter = 0; quarter < QUARTERS; quarter++) {
      for (int row = 0; row < grid; row++) {
        int to = (quarter / 2 * grid + row) * 2 * grid + quarter % 2 * grid;
        System.arraycopy(quarters.get(quarter), row * grid, joined, to, grid);
      }
    }
    return ScoreMap.of(2 * grid, joined);
  }

  /** From 0, a map's smallest value, to 1, its largest; 0 where all are equal. */
  private static float[] stretched(ScoreMap map) {
    float[] values = map.toArray();
    float low = Float.POSITIVE_INFINITY;
    for (float value : values) {
      low = Math.min(low, value);
    }
    float range = map.max() - low;
    for (int i = 0; i < values.length; i++) {
      values[i] = range > 0 ? (values[i] - low) / range : 0;
    }
    return values;
  }

  private static Raster overlay(RgbImage shrunk, ScoreMap map) {
    ScoreMap shown = ScoreMap.of(map.height(), map.width(), stretched(map));
    return Raster.heat(shrunk, shown, new ColourScale(0, 1));
  }
}
