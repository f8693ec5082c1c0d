package io.github.anople.torch.decoder;

import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.VisionEncoder;
import io.github.anople.torch.engine.Operators;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * D(z) = B + W₃·GELU(dw₃ₓ₃(B)), B the patch rows after {@code ln_post} and a 1×1 convolution,
 * enlarged four times.
 *
 * <p>Three convolutions: channels, space, channels. The first one runs before the enlargement, with
 * which it commutes.
 */
public final class Decoder {

  /** How much finer than the patch grid the dense features are. */
  public static final int UPSCALE = 4;

  /** Name of the first 1×1 convolution: {@code .weight [d, d_v]}, {@code .bias [d]}. */
  public static final String MIX_IN = "decoder.mix_in";

  /** Name of the depthwise 3×3 convolution: {@code .weight [d, 3, 3]}, {@code .bias [d]}. */
  public static final String SPACE = "decoder.space";

  /** Name of the last 1×1 convolution, W₃: {@code .weight [d, d]}, {@code .bias [d]}. */
  public static final String MIX_OUT = "decoder.mix_out";

  private final ClipConfig clip;
  private final Parameters parameters;
  private final ScalarType type;
  private final ScalarType mixing;

  /**
   * A decoder for detection: what is added up to D is fp32, since a logit is a hundred times a
   * cosine.
   *
   * @param clip the backbone's architecture
   * @param parameters those of {@link #tensors}, perhaps among others; owned by the caller
   * @param precision the encoders' number format, settled; it is W₃'s product's too, which is
   *     nearly all of the decoder's work
   */
  public Decoder(ClipConfig clip, Parameters parameters, Precision precision) {
    this(clip, parameters, ScalarType.Float, precision.scalarType());
  }

  private Decoder(ClipConfig clip, Parameters parameters, ScalarType type, ScalarType mixing) {
    this.clip = clip;
    this.parameters = parameters;
    this.type = type;
    this.mixing = mixing;
  }

  /**
   * A decoder for training, in the encoders' number format throughout: gradients are rounded by the
   * encoders anyway, and tables of half the size are sooner through the memory.
   *
   * @param clip the backbone's architecture
   * @param parameters those of {@link #tensors}, perhaps among others; owned by the caller
   * @param precision the encoders' number format, settled
   * @return a decoder with gradients
   */
  public static Decoder forTraining(ClipConfig clip, Parameters parameters, Precision precision) {
    return new Decoder(clip, parameters, precision.scalarType(), precision.scalarType());
  }

  /**
   * The same decoder over other parameters.
   *
   * @param others of the same names and sizes; owned by the caller
   * @return a decoder of the same number formats
   */
  public Decoder over(Parameters others) {
    return new Decoder(clip, others, type, mixing);
  }

  /**
   * What it computes with.
   *
   * @return those of {@link #tensors}, perhaps among others
   */
  public Parameters parameters() {
    return parameters;
  }

  /**
   * The learnables by name, with their shapes.
   *
   * @param clip the backbone's architecture
   * @return in a fixed order
   */
  public static Map<String, List<Long>> tensors(ClipConfig clip) {
    long joint = clip.embedDim();
    long visual = clip.vision().width();
    Map<String, List<Long>> tensors = new LinkedHashMap<>();
    tensors.put(MIX_IN + ".weight", List.of(joint, visual));
    tensors.put(MIX_IN + ".bias", List.of(joint));
    tensors.put(SPACE + ".weight", List.of(joint, 3L, 3L));
    tensors.put(SPACE + ".bias", List.of(joint));
    tensors.put(MIX_OUT + ".weight", List.of(joint, joint));
    tensors.put(MIX_OUT + ".bias", List.of(joint));
    return tensors;
  }

  /**
   * Dense features.
   *
   * @param vision the image tower, for its {@code ln_post}
   * @param patches {@code [images, n, d_v]}, patch rows of the last layer
   * @return D, {@code [images, 4G, 4G, d]} in fp32, not normalised
   */
  public Tensor decode(VisionEncoder vision, Tensor patches) {
    return decode(vision, patches, Optional.empty());
  }

  private Tensor decode(VisionEncoder vision, Tensor patches, Optional<Patches> counted) {
    long grid = clip.vision().grid();
    long joint = clip.embedDim();
    Tensor mixed = linear(MIX_IN, vision.postNorm(patches), type); // [images, n, d]
    Tensor coarse = mixed.view(-1, grid, grid, joint).permute(0, 3, 1, 2); // [images, d, G, G]
    Tensor base = // [images, d, 4G, 4G]
        counted.isPresent()
            ? counted.get().enlarged(coarse, UPSCALE * grid)
            : enlarge(coarse, UPSCALE * grid);
    Tensor spread = torch.gelu(depthwise(base)).permute(0, 2, 3, 1); // [images, 4G, 4G, d]
    return base.permute(0, 2, 3, 1).add(linear(MIX_OUT, spread, mixing)).to(ScalarType.Float);
  }

  /**
   * Which patches count. The features of the others are made up from their neighbours', where those
   * reach, before space is mixed: none of what stands in their place gets beyond them.
   *
   * @param counted {@code [1 or images, 1, G, G]}, 1 or 0
   * @param shares 1 / enlarge(counted) where that is above 0, else 0, {@code [1 or images, 1, 4G,
   *     4G]}
   */
  public record Patches(Tensor counted, Tensor shares) {

    /** Below the smallest weight of an enlargement that is not 0, 1/64. */
    private static final double LEAST = 1.0 / 128;

    /**
     * What follows from the patches.
     *
     * @param counted {@code [1 or images, 1, G, G]}, 1 or 0
     * @return of the current scope
     */
    public static Patches of(Tensor counted) {
      Tensor weight = enlarge(counted, UPSCALE * counted.size(2));
      Tensor told = weight.gt(new Scalar(LEAST)).to(ScalarType.Float);
      return new Patches(counted, told.div(weight.clamp_min(new Scalar(LEAST))));
    }

    private Patches narrow(long first, long size) {
      return counted.size(0) == 1
          ? this
          : new Patches(counted.narrow(0, first, size), shares.narrow(0, first, size));
    }

    private Tensor enlarged(Tensor coarse, long side) {
      return enlarge(coarse.mul(counted.to(coarse.scalar_type())), side)
          .mul(shares.to(coarse.scalar_type()));
    }
  }

  /**
   * Dense features, picture by picture on a processor: what is made of one picture stays in its
   * caches, which a batch's (92 MB a tensor for ten views at full size) does not. A card takes all
   * at once.
   *
   * @param vision the image tower, for its {@code ln_post}
   * @param patches {@code [images, n, d_v]}, patch rows of the last layer
   * @return D in parts, each {@code [images of the part, 4G, 4G, d]}, in order
   */
  public List<Tensor> decodeInParts(VisionEncoder vision, Tensor patches) {
    long size = partSize(patches);
    return LongStream.range(0, patches.size(0) / size)
        .mapToObj(part -> decode(vision, patches.narrow(0, part * size, size)))
        .toList();
  }

  private static long partSize(Tensor patches) {
    return patches.is_cpu() ? 1 : patches.size(0);
  }

  /**
   * Pixel logits without their dense features, which are let go picture by picture. No gradients.
   *
   * @param vision the image tower, for its {@code ln_post}
   * @param patches {@code [images, n, d_v]}, patch rows of the last layer
   * @param texts {@code [2, d]} of unit length: t⁺, t⁻
   * @param scale s
   * @return {@code [images, 2, 4G, 4G]}, normal first
   */
  public Tensor logits(VisionEncoder vision, Tensor patches, Tensor texts, double scale) {
    return logits(vision, patches, Optional.empty(), texts, scale);
  }

  /**
   * The same of images of which some patches do not count.
   *
   * @param vision the image tower, for its {@code ln_post}
   * @param patches {@code [images, n, d_v]}, patch rows of the last layer
   * @param counted which of them count; empty for all
   * @param texts {@code [2, d]} of unit length: t⁺, t⁻
   * @param scale s
   * @return {@code [images, 2, 4G, 4G]}, normal first
   */
  public Tensor logits(
      VisionEncoder vision, Tensor patches, Optional<Patches> counted, Tensor texts, double scale) {
    long side = UPSCALE * (long) clip.vision().grid();
    Tensor all = patches.new_empty(new long[] {patches.size(0), 2, side, side});
    long size = partSize(patches);
    for (long first = 0; first < patches.size(0); first += size) {
      Tensor part = patches.narrow(0, first, size);
      Tensor place = all.narrow(0, first, size);
      long from = first;
      TensorScope.inference(
          () ->
              place.copy_(
                  logits(
                      decode(vision, part, counted.map(some -> some.narrow(from, size))),
                      texts,
                      scale)));
    }
    return all;
  }

  /**
   * Pixel logits s·cos(D_ij, t⁺) and s·cos(D_ij, t⁻).
   *
   * @param dense D, {@code [images, 4G, 4G, d]}
   * @param texts {@code [2, d]} of unit length: t⁺, t⁻
   * @param scale s
   * @return {@code [images, 2, 4G, 4G]}, normal first
   */
  public static Tensor logits(Tensor dense, Tensor texts, double scale) {
    // The lengths divide the products: a normalised copy of D would cost as much memory as D.
    Tensor products = torch.matmul(dense, texts.t()); // [images, 4G, 4G, 2]
    return products
        .div(Operators.lengths(dense))
        .mul(new Scalar(scale))
        .permute(0, 3, 1, 2)
        .contiguous();
  }

  /**
   * Bilinear enlargement to a square.
   *
   * @param maps {@code [images, channels, side, side]}
   * @param side the new side
   * @return {@code [images, channels, side, side]}
   */
  public static Tensor enlarge(Tensor maps, long side) {
    return torch.upsample_bilinear2d(
        maps, new long[] {side, side}, false, new DoubleOptional(), new DoubleOptional());
  }

  private Tensor depthwise(Tensor base) {
    long joint = clip.embedDim();
    return Operators.convolve(
        base,
        parameters.get(SPACE + ".weight").unsqueeze(1).to(type),
        new TensorOptional(parameters.get(SPACE + ".bias").to(type)),
        1,
        1,
        joint);
  }

  private Tensor linear(String name, Tensor rows, ScalarType format) {
    return torch.linear(
        rows.to(format),
        parameters.get(name + ".weight").to(format),
        new TensorOptional(parameters.get(name + ".bias").to(format)));
  }
}
