package io.github.anople.torch.clip;

import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A frozen CLIP: two towers, a tokenizer, a temperature.
 *
 * <p>Safe to share between threads. {@link #close()} frees the native memory; nothing of the model
 * may be used after.
 */
public final class ClipModel implements AutoCloseable {

  private final OwnedTensors owner;
  private final ClipConfig config;
  private final ClipWeights weights;
  private final ClipTokenizer tokenizer;
  private final Precision precision;
  private final ComputeDevice device;
  private final ClipTowers towers;
  private final float logitScale;

  /**
   * Builds the encoders over weights.
   *
   * @param config the architecture
   * @param weights tensors that fit it; those that are fp32 are used where they lie, so they must
   *     stay valid as long as the model: hand their owner over
   * @param tokenizer the vocabulary
   * @param precision number format of the encoders
   * @param device where the weights are, and where this model computes
   * @param owner owner of the weights, which this model adds to and closes in the end
   */
  public ClipModel(
      ClipConfig config,
      ClipWeights weights,
      ClipTokenizer tokenizer,
      Precision precision,
      ComputeDevice device,
      OwnedTensors owner) {
    this.owner = owner;
    this.config = config;
    this.weights = weights;
    this.tokenizer = tokenizer;
    this.precision = precision.resolve(device);
    this.device = device;
    this.towers =
        TensorScope.inference(() -> ClipTowers.of(config, weights, this.precision, owner));
    this.logitScale =
        TensorScope.inference(
            () -> (float) Math.exp(weights.get(ClipTensorNames.LOGIT_SCALE).item_float()));
  }

  /**
   * The architecture.
   *
   * @return never null
   */
  public ClipConfig config() {
    return config;
  }

  /**
   * The weights by OpenCLIP's names, in fp32 whatever the encoders compute in.
   *
   * @return valid as long as this model
   */
  public ClipWeights weights() {
    return weights;
  }

  /**
   * The tokenizer of the model's vocabulary.
   *
   * @return never null
   */
  public ClipTokenizer tokenizer() {
    return tokenizer;
  }

  /**
   * The number format of the encoders.
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
   * The image tower.
   *
   * @return owned by this model
   */
  public VisionEncoder vision() {
    return towers.vision();
  }

  /**
   * The text tower.
   *
   * @return owned by this model
   */
  public TextEncoder text() {
    return towers.text();
  }

  /**
   * s = exp(logit_scale), CLIP's learned inverse temperature.
   *
   * @return about 100 in published checkpoints
   */
  public float logitScale() {
    return logitScale;
  }

  /**
   * The feature of a picture, without prompts.
   *
   * @param image any size
   * @return {@code [embedDim]}, of unit length
   */
  public float[] embedImage(RgbImage image) {
    int side = config.vision().imageSize();
    float[] pixels = config.normalization().preprocess(image, side);
    return TensorScope.inference(
        () -> {
          Tensor batch = device.place(Tensors.of(pixels, 1, 3, side, side));
          return Tensors.floats(Tensors.normalize(vision().encode(batch).image()));
        });
  }

  /**
   * The feature of a text, without prompts.
   *
   * @param words any text; one longer than the context is cut
   * @return {@code [embedDim]}, of unit length
   */
  public float[] embedText(String words) {
    return TensorScope.inference(
        () -> Tensors.floats(Tensors.normalize(text().encode(List.of(tokenizer.encode(words))))));
  }

  /** Frees the weights. */
  @Override
  public void close() {
    owner.close();
  }
}
