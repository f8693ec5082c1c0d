package io.github.anople.torch.encoder.dino;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.encoder.PatchEncoder;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * DINOv2's patch rows: of one block, the mean of several, or several joined; always of unit length.
 */
public final class DinoEncoder implements PatchEncoder {

  // ImageNet's, which every DINOv2 was trained with.
  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

  private final DinoModel model;
  private final boolean ownsModel;
  private final DinoSettings settings;
  private final List<Integer> layers;
  private final int grid;
  private final OwnedTensors owner = new OwnedTensors();
  private final Tensor positions; // [1 + grid², width]
  private final Tensor mean; // [1, 3, 1, 1]
  private final Tensor deviation; // [1, 3, 1, 1]

  /**
   * An encoder over a model.
   *
   * @param model the network, closed with this encoder
   * @param settings how to look through it
   * @throws InputException if the settings ask for what the model does not have; the model is then
   *     still open
   */
  public DinoEncoder(DinoModel model, DinoSettings settings) {
    this(model, settings, true);
  }

  private DinoEncoder(DinoModel model, DinoSettings settings, boolean ownsModel) {
    this.model = model;
    this.ownsModel = ownsModel;
    this.settings = settings;
    this.layers = settings.layersOf(model.config());
    this.grid = settings.gridOf(model.config());
    this.positions = TensorScope.inference(() -> owner.keep(model.positions(grid, grid)));
    this.mean = constant(MEAN);
    this.deviation = constant(DEVIATION);
  }

  /**
   * An encoder over a model that others look through too.
   *
   * @param model the network, which stays its owner's and must outlive the encoder
   * @param settings how to look through it
   * @return an encoder to close
   * @throws InputException if the settings ask for what the model does not have
   */
  public static DinoEncoder sharing(DinoModel model, DinoSettings settings) {
    return new DinoEncoder(model, settings, false);
  }

  private Tensor constant(float[] channels) {
    return TensorScope.inference(
        () -> owner.keep(Tensors.beside(positions, channels, 1, channels.length, 1, 1)));
  }

  /**
   * The network.
   *
   * @return as given
   */
  public DinoModel model() {
    return model;
  }

  /**
   * How it is looked through.
   *
   * @return as given
   */
  public DinoSettings settings() {
    return settings;
  }

  @Override
  public int imageSize() {
    return settings.imageSize();
  }

  @Override
  public int grid() {
    return grid;
  }

  @Override
  public int width() {
    return model.config().width() * (settings.joined() ? layers.size() : 1);
  }

  @Override
  public Tensor encode(Tensor images) {
    Tensor embedded = model.embed(normalize(images), positions);
    Map<Integer, Tensor> seen = model.run(embedded, Set.copyOf(layers));
    TensorVector rows = new TensorVector();
    for (int layer : layers) {
      Tensor patches = model.patches(seen.get(layer));
      Tensor finished = settings.norm() ? model.norm(patches) : patches;
      rows.push_back(settings.joined() ? Tensors.normalize(finished) : finished);
    }
    return Tensors.normalize(
        settings.joined() ? torch.cat(rows, -1) : torch.stack(rows, 0).mean(0));
  }

  /**
   * Pixels as the network was trained on them.
   *
   * @param images {@code [images, 3, H, W]}, RGB in [0, 1]
   * @return the same shape, of mean 0 and deviation 1 over ImageNet
   */
  Tensor normalize(Tensor images) {
    return images.sub(mean).div(deviation);
  }

  /**
   * This encoder in plain Java.
   *
   * @return what another engine needs; its weights are readable until this is closed
   */
  public FrozenDino freeze() {
    return new FrozenDino(
        model.config(),
        model::weight,
        model.positionsOf(grid, grid),
        grid,
        layers,
        settings.norm(),
        settings.joined(),
        new FloatTensor(List.of(1L, 3L, 1L, 1L), MEAN.clone()),
        new FloatTensor(List.of(1L, 3L, 1L, 1L), DEVIATION.clone()));
  }

  /** Frees the network, unless it is shared. */
  @Override
  public void close() {
    owner.close();
    if (ownsModel) {
      model.close();
    }
  }
}
