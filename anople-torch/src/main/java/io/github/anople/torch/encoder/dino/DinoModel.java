package io.github.anople.torch.encoder.dino;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Operators;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.layer.LayerNorm;
import io.github.anople.torch.layer.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A frozen DINOv2 (Oquab et al. 2023; registers: Darcet et al. 2023), for images of any size that
 * is a multiple of the patch along each side.
 *
 * <p>Tensors that its methods return belong to the caller's scope. Safe to share between threads.
 * {@link #close()} frees the native memory; nothing of the model may be used after.
 */
public final class DinoModel implements AutoCloseable {

  private final DinoConfig config;
  private final Weights weights;
  private final Precision precision;
  private final ComputeDevice device;
  private final OwnedTensors owner;
  private final Tensor patchWeight; // [width, 3, patch, patch]
  private final TensorOptional patchBias; // [width]
  private final List<DinoBlock> blocks = new ArrayList<>();
  private final LayerNorm last;

  /**
   * Builds the network over weights.
   *
   * @param config the architecture
   * @param weights tensors by {@link DinoTensorNames}, of the shapes told there; those that are
   *     fp32 are used where they lie: hand their owner over
   * @param precision number format of the matrix products
   * @param device where the weights are, and where this model computes
   * @param owner owner of the weights, which this model adds to and closes in the end
   */
  public DinoModel(
      DinoConfig config,
      Weights weights,
      Precision precision,
      ComputeDevice device,
      OwnedTensors owner) {
    this.config = config;
    this.weights = weights;
    this.precision = precision.resolve(device);
    this.device = device;
    this.owner = owner;
    this.patchWeight = owner.keep(weights.get("patch_embed.proj.weight"));
    this.patchBias = owner.keepPointer(new TensorOptional(weights.get("patch_embed.proj.bias")));
    ScalarType type = this.precision.scalarType();
    TensorScope.inference(
        () -> {
          for (int layer = 0; layer < config.layers(); layer++) {
            blocks.add(new DinoBlock(config, weights, DinoTensorNames.block(layer), type, owner));
          }
          return null;
        });
    this.last = new LayerNorm(weights, "norm", config.epsilon(), owner);
  }

  /**
   * The architecture.
   *
   * @return never null
   */
  public DinoConfig config() {
    return config;
  }

  /**
   * The number format of the matrix products.
   *
   * @return {@link Precision#FP32} or {@link Precision#BF16}
   */
  public Precision precision() {
    return precision;
  }

  /**
   * Where this model computes: what it is given and what it returns is there.
   *
   * @return never null
   */
  public ComputeDevice device() {
    return device;
  }

  /**
   * A weight in plain Java, in fp32 whatever the model computes in: what another engine needs.
   *
   * @param name one of {@link DinoTensorNames#shapes}
   * @return a copy
   */
  public FloatTensor weight(String name) {
    return TensorScope.inference(() -> plain(weights.get(name)));
  }

  /**
   * The position embeddings of a grid in plain Java.
   *
   * @param rows patches down
   * @param columns patches across
   * @return {@code [1 + rows · columns, width]}, as {@link #positions}
   */
  public FloatTensor positionsOf(int rows, int columns) {
    return TensorScope.inference(() -> plain(positions(rows, columns)));
  }

  private static FloatTensor plain(Tensor tensor) {
    List<Long> shape = Arrays.stream(Tensors.shape(tensor)).boxed().toList();
    return new FloatTensor(shape, Tensors.floats(tensor));
  }

  /**
   * Position embeddings brought to a grid by the {@link PositionRule}: cls's stays, the grid of the
   * stored size is taken as it is.
   *
   * @param rows patches down
   * @param columns patches across
   * @return {@code [1 + rows · columns, width]}, cls first, then row by row
   */
  public Tensor positions(int rows, int columns) {
    int stored = config.storedGrid();
    Tensor all = weights.get("pos_embed").select(0, 0);
    if (rows == stored && columns == stored) {
      return all;
    }
    long width = config.width();
    Tensor grid = all.narrow(0, 1, (long) stored * stored);
    Tensor down = // [rows, stored * width]
        axis(grid, rows).matmul(grid.reshape(stored, stored * width));
    Tensor across = // [rows, columns, width]
        axis(grid, columns).matmul(down.view(rows, stored, width));
    return Tensors.concat(0, all.narrow(0, 0, 1), across.reshape((long) rows * columns, width));
  }

  private Tensor axis(Tensor neighbour, int wanted) {
    int stored = config.storedGrid();
    return Tensors.beside(neighbour, config.rule().weights(stored, wanted), wanted, stored);
  }

  /**
   * The tokens before the first block: cls and patches with their positions, the registers, which
   * have none, between.
   *
   * @param images {@code [images, 3, H, W]}, normalised RGB, H and W multiples of the patch
   * @param positions of the images' grid, as {@link #positions}
   * @return {@code [images, 1 + registers + patches, width]}
   */
  public Tensor embed(Tensor images, Tensor positions) {
    Tensor patches = // [images, patches, width]
        Operators.convolve(images, patchWeight, patchBias, config.patch(), 0, 1)
            .flatten(2, 3)
            .transpose(1, 2)
            .add(positions.narrow(0, 1, positions.size(0) - 1));
    Tensor first = weights.get("cls_token").add(positions.narrow(0, 0, 1));
    if (config.registers() > 0) {
      first = Tensors.concat(1, first, weights.get("register_tokens"));
    }
    return Tensors.concat(1, first.expand(images.size(0), -1, -1), patches);
  }

  /**
   * Runs the blocks, up to the last one that is asked for.
   *
   * @param embedded what {@link #embed} gives
   * @param layers 1-based numbers of the blocks whose output is wanted
   * @return their outputs without the last normalisation, {@code [images, 1 + registers + patches,
   *     width]} each, by number
   */
  public Map<Integer, Tensor> run(Tensor embedded, Set<Integer> layers) {
    int deepest = layers.stream().mapToInt(Integer::intValue).max().orElse(0);
    Map<Integer, Tensor> tapped = new TreeMap<>();
    Tensor x = embedded;
    for (int layer = 1; layer <= deepest; layer++) {
      x = blocks.get(layer - 1).apply(x);
      if (layers.contains(layer)) {
        tapped.put(layer, x);
      }
    }
    return tapped;
  }

  /**
   * The last layer normalisation, which may follow any block.
   *
   * @param rows {@code [..., width]}
   * @return the same shape
   */
  public Tensor norm(Tensor rows) {
    return last.apply(rows);
  }

  /**
   * The rows of the patches.
   *
   * @param tokens {@code [images, 1 + registers + patches, width]}
   * @return {@code [images, patches, width]}, row by row of the grid
   */
  public Tensor patches(Tensor tokens) {
    long before = config.rowsBeforePatches();
    return tokens.narrow(1, before, tokens.size(1) - before);
  }

  /** Frees the weights. */
  @Override
  public void close() {
    owner.close();
  }
}
