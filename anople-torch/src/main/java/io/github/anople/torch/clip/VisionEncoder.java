package io.github.anople.torch.clip;

import io.github.anople.torch.engine.Operators;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.layer.LayerNorm;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * OpenCLIP's image tower: conv1, class embedding, positions, ln_pre, blocks, ln_post, proj; and a
 * {@link ClipStem} where there is one.
 *
 * <p>Tensors that its methods return belong to the caller's scope. Safe to share between threads.
 */
public final class VisionEncoder {

  private final ClipConfig.Vision config;
  private final Tensor patchWeight; // [width, 3, patch, patch]
  private final Tensor classRow; // [1, 1, width], its position added
  private final Tensor patchPositions; // [patches, width]
  private final LayerNorm before;
  private final Transformer transformer;
  private final LayerNorm after;
  private final Tensor projection; // [width, embedDim]
  private final StemRows stem; // null without one

  VisionEncoder(ClipConfig config, ClipWeights weights, Precision precision, OwnedTensors owner) {
    this.config = config.vision();
    ScalarType type = precision.scalarType();
    this.patchWeight = owner.keep(weights.get("visual.conv1.weight"));
    Tensor positions = weights.get("visual.positional_embedding");
    this.classRow =
        owner.keep(
            weights.get("visual.class_embedding").add(positions.select(0, 0)).view(1, 1, -1));
    this.patchPositions = owner.keep(positions.narrow(0, 1, this.config.patches()));
    this.before = new LayerNorm(weights, "visual.ln_pre", Block.EPSILON, owner);
    this.transformer =
        new Transformer(
            weights,
            "visual.transformer",
            this.config.layers(),
            this.config.heads(),
            config.quickGelu(),
            type,
            owner);
    this.after = new LayerNorm(weights, "visual.ln_post", Block.EPSILON, owner);
    this.projection = owner.keep(weights.get("visual.proj"));
    this.stem =
        this.config
            .trunk()
            .map(trunk -> new StemRows(trunk, config.normalization(), weights, owner))
            .orElse(null);
  }

  /**
   * What the tower makes of a batch of images.
   *
   * @param image {@code [images, embedDim]}, not normalised
   * @param patches {@code [images, patches, width]}, patch rows of the last layer before {@code
   *     ln_post}
   * @param layers patch rows, of the same shape, after each of the layers asked for, by 1-based
   *     number
   */
  public record Output(Tensor image, Tensor patches, Map<Integer, Tensor> layers) {}

  /**
   * Encodes images.
   *
   * @param images {@code [images, 3, S, S]}, normalised RGB
   * @return features without prompts, no intermediate layers
   */
  public Output encode(Tensor images) {
    return encode(images, null, Set.of());
  }

  /**
   * Encodes images with context rows after the patches.
   *
   * @param images {@code [images, 3, S, S]}, normalised RGB
   * @param prompts context rows, or null for none
   * @param layers 1-based numbers of the layers whose patch rows are wanted
   * @return features of this caller's scope
   */
  public Output encode(Tensor images, PromptRows prompts, Set<Integer> layers) {
    return encode(images, prompts, layers, AttentionObserver.NONE);
  }

  /**
   * The same for somebody who looks at the attention on the way.
   *
   * @param images {@code [images, 3, S, S]}, normalised RGB
   * @param prompts context rows, or null for none
   * @param layers 1-based numbers of the layers whose patch rows are wanted
   * @param observer told of each layer's attention; the tokens are the class token, the patches row
   *     by row, then the context rows
   * @return features of this caller's scope
   */
  public Output encode(
      Tensor images, PromptRows prompts, Set<Integer> layers, AttentionObserver observer) {
    return encodeRows(patches(images), prompts, layers, observer);
  }

  /**
   * Encodes a part of each image, for a fraction of the cost (Li et al. 2023, FLIP): pretraining's
   * patch dropping.
   *
   * @param images {@code [images, 3, S, S]}, normalised RGB
   * @param prompts context rows, or null for none
   * @param layers 1-based numbers of the layers whose patch rows are wanted
   * @param kept numbers of the k patches that the tower sees
   * @return features of this caller's scope; of patch rows, {@code [images, k, width]}
   */
  public Output encode(Tensor images, PromptRows prompts, Set<Integer> layers, long[] kept) {
    return encodeRows(
        patches(images).map(rows -> Operators.rows(rows, 1, kept)),
        prompts,
        layers,
        AttentionObserver.NONE);
  }

  private Output encodeRows(
      Patches patches, PromptRows prompts, Set<Integer> layers, AttentionObserver observer) {
    long batch = patches.rows().size(0);
    long count = patches.rows().size(1);
    Tensor x = Tensors.concat(1, Transformer.forEach(batch, classRow), patches.rows());
    if (prompts != null) {
      x = Tensors.concat(1, x, Transformer.forEach(batch, prompts.rows(0)));
    }
    Map<Integer, Tensor> tapped = new TreeMap<>();
    Tensor last =
        transformer.apply(
            before.apply(x),
            null,
            prompts,
            1 + count,
            (rows, layer) -> {
              Tensor whole = withStem(rows, layer, patches);
              if (layers.contains(layer)) {
                tapped.put(layer, whole.narrow(1, 1, count));
              }
              return whole;
            },
            observer);
    Tensor image = torch.matmul(after.apply(last.select(1, 0)), projection);
    return new Output(image, last.narrow(1, 1, count), tapped);
  }

  /**
   * What the tower makes of a batch of images with a stream of values beside its own (V-V
   * attention).
   *
   * @param image {@code [images, embedDim]}, the tower's own, not normalised
   * @param values {@code [images, patches, width]}, patch rows of the stream of values at the end,
   *     before {@code ln_post}
   * @param layers patch rows of the tower's own stream, of the same shape, after each of the layers
   *     asked for, by 1-based number
   * @param attended the same with what the next layer's attention adds; none for the last layer
   */
  public record ValueOutput(
      Tensor image, Tensor values, Map<Integer, Tensor> layers, Map<Integer, Tensor> attended) {}

  /**
   * Encodes images, and beside the tower's rows x a stream l that starts as they do: each layer
   * adds V-V attention of x to it and no perceptron, so that patches keep to themselves (Li et al.
   * 2023, CLIP Surgery). l never reaches x. What a stem adds, both get.
   *
   * @param images {@code [images, 3, S, S]}, normalised RGB
   * @param first 1-based number of the first layer that adds to l
   * @param layers 1-based numbers of the layers whose patch rows are wanted
   * @return features of this caller's scope
   */
  public ValueOutput encodeWithValues(Tensor images, int first, Set<Integer> layers) {
    Patches patches = patches(images);
    long count = patches.rows().size(1);
    Tensor x =
        before.apply(
            Tensors.concat(1, Transformer.forEach(images.size(0), classRow), patches.rows()));
    Tensor values = x;
    Map<Integer, Tensor> tapped = new TreeMap<>();
    Map<Integer, Tensor> attendedNext = new TreeMap<>();
    int layer = 1;
    for (Block block : transformer.blocks()) {
      if (layer >= first) {
        values = values.add(block.valueAttention(x));
      }
      Tensor attended = block.attended(x, null, probabilities -> {});
      if (layers.contains(layer - 1)) {
        attendedNext.put(layer - 1, attended.narrow(1, 1, count));
      }
      x = withStem(block.transformed(attended), layer, patches);
      values = withStem(values, layer, patches);
      if (layers.contains(layer)) {
        tapped.put(layer, x.narrow(1, 1, count));
      }
      layer++;
    }
    Tensor image = torch.matmul(after.apply(x.select(1, 0)), projection);
    return new ValueOutput(image, values.narrow(1, 1, count), tapped, attendedNext);
  }

  /**
   * Encodes windows of images, each as if its patches were the whole image: the other patches are
   * dropped before the first layer, so that no attention reaches them.
   *
   * @param images {@code [images, 3, S, S]}, normalised RGB
   * @param windows patch numbers of each window, row-major on the grid; all windows of one size
   * @return {@code [images, windows, embedDim]}, not normalised
   */
  public Tensor encodeWindows(Tensor images, long[][] windows) {
    long[] numbers = Arrays.stream(windows).flatMapToLong(Arrays::stream).toArray();
    Patches patches = // [images · windows, window, width]
        patches(images)
            .map(
                rows ->
                    Operators.rows(rows, 1, numbers)
                        .reshape(-1, windows[0].length, config.width()));
    Tensor features = encodeRows(patches, null, Set.of(), AttentionObserver.NONE).image();
    return features.view(images.size(0), windows.length, -1);
  }

  /**
   * The tower's last layer norm, which the decoder applies to patch rows.
   *
   * @param rows {@code [..., width]}
   * @return the same shape
   */
  public Tensor postNorm(Tensor rows) {
    return after.apply(rows);
  }

  /**
   * The projection into the joint embedding.
   *
   * @return {@code [width, embedDim]}, owned by the model
   */
  public Tensor projection() {
    return projection;
  }

  /**
   * What is known of some patches before the first layer.
   *
   * @param rows their embeddings, {@code [images, patches, width]}
   * @param late the stem's rows where they are added after a layer, of the same shape; else null
   */
  private record Patches(Tensor rows, Tensor late) {

    Patches map(UnaryOperator<Tensor> part) {
      return new Patches(part.apply(rows), late == null ? null : part.apply(late));
    }
  }

  private Patches patches(Tensor images) {
    Tensor rows = patchRows(images);
    if (stem == null) {
      return new Patches(rows, null);
    }
    Tensor seen = stem.of(images);
    return stemLayer() == 0 ? new Patches(rows.add(seen), null) : new Patches(rows, seen);
  }

  private int stemLayer() {
    return config.stem().orElseThrow().layer();
  }

  /** Adds the stem's rows to those of the patches after the layer where they come in. */
  private Tensor withStem(Tensor rows, int layer, Patches patches) {
    if (patches.late() == null || layer != stemLayer()) {
      return rows;
    }
    long behind = 1 + patches.late().size(1);
    return Tensors.concat(
        1,
        rows.narrow(1, 0, 1),
        rows.narrow(1, 1, behind - 1).add(patches.late()),
        rows.narrow(1, behind, rows.size(1) - behind));
  }

  /** Patch embeddings with their positions, {@code [images, patches, width]}. */
  private Tensor patchRows(Tensor images) {
    long patch = config.patchSize();
    Tensor grid = // [images, width, G, G]
        Operators.convolve(images, patchWeight, new TensorOptional(), patch, 0, 1);
    return grid.flatten(2, 3).transpose(1, 2).add(patchPositions);
  }
}
