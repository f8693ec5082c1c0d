package io.github.anople.pretrain.train;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.engine.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What the layers that the memory reads shall say of each patch: hand-made statistics of colour,
 * gradient and texture, and their mean over the 3×3 neighbourhood.
 *
 * <p>Of each patch: mean (3) and deviation (3) of L, a, b; gradient magnitude by orientation, 8
 * bins in 2×2 cells (32); magnitudes of 12 Gabor filters (σ 1.5, 3 and 5 pixels at 4 angles). Each
 * is standardised by its mean and deviation over drawn scenes, bounded to ±3 by 3·tanh(z/3), and
 * divided by the root of its group's size, so that colours weigh as much as gradients.
 *
 * <p>A large constant follows them: with it, the cosine that the memory compares by orders patches
 * nearly as the Euclidean distance does.
 */
final class DescriptorTeacher {

  /** Numbers of one patch. */
  private static final int OWN = 50;

  /** Channels of the residual stream that descriptors and neighbourhood take, the first ones. */
  static final int SIZE = 2 * OWN;

  /** The channel that holds the constant. */
  static final int CONSTANT_CHANNEL = SIZE;

  /** The constant, in the units of the residual stream. */
  static final double CONSTANT = 12;

  /** Units of the residual stream for one unit of a descriptor. */
  static final double GAIN = 2;

  private static final int PATCH = MiniArchitecture.PATCH;
  private static final int ORIENTATIONS = 8;
  private static final double BOUND = 3;
  private static final int[] GROUPS = {3, 3, 32, 12};

  private DescriptorTeacher() {}

  /**
   * The raw statistics.
   *
   * @param images {@code [images, 3, S, S]} in [0, 1]
   * @return {@code [images, 50, G, G]} of the current scope
   */
  static Tensor statistics(Tensor images) {
    Tensor lab = lab(images);
    Tensor mean = pool(lab, PATCH);
    Tensor deviation = pool(lab.square(), PATCH).sub(mean.square()).clamp_min(new Scalar(0)).sqrt();
    Tensor light = lab.narrow(1, 0, 1);
    return Tensors.concat(1, mean, deviation, orientations(light), textures(light));
  }

  /**
   * Mean and deviation of each statistic over pictures.
   *
   * @param statistics of {@link #statistics}
   * @return {@code [2, 50]}
   */
  static FloatTensor scale(Tensor statistics) {
    Tensor rows = statistics.transpose(0, 1).flatten(1, 3); // [50, images · G · G]
    float[] mean = Tensors.floats(rows.mean(1));
    float[] square = Tensors.floats(rows.square().mean(1));
    float[] values = Arrays.copyOf(mean, 2 * OWN);
    for (int i = 0; i < OWN; i++) {
      values[OWN + i] = (float) Math.sqrt(Math.max(square[i] - (double) mean[i] * mean[i], 1e-6));
    }
    return new FloatTensor(List.of(2L, (long) OWN), values);
  }

  /**
   * The target of the first {@link #SIZE} channels and of the constant's.
   *
   * @param images {@code [images, 3, S, S]} in [0, 1]
   * @param scale of {@link #scale}
   * @return {@code [images, patches, SIZE + 1]}
   */
  static Tensor target(Tensor images, FloatTensor scale) {
    Tensor statistics = statistics(images);
    Tensor table = Tensors.of(scale.values(), 2, OWN, 1, 1);
    Tensor z = statistics.sub(table.select(0, 0)).div(table.select(0, 1));
    Tensor bounded = z.mul(new Scalar(1 / BOUND)).tanh().mul(Tensors.of(weights(), OWN, 1, 1));
    Tensor around = pool(torch.replication_pad2d(bounded, 1, 1, 1, 1), 3, 1);
    Tensor constant = torch.full_like(bounded.narrow(1, 0, 1), new Scalar(CONSTANT));
    return Tensors.concat(1, bounded, around, constant).flatten(2, 3).transpose(1, 2);
  }

  /** What a bounded statistic is multiplied with: bound, gain, and 1/√(size of its group). */
  private static float[] weights() {
    float[] weights = new float[OWN];
    int at = 0;
    for (int size : GROUPS) {
      Arrays.fill(weights, at, at + size, (float) (BOUND * GAIN / Math.sqrt(size)));
      at += size;
    }
    return weights;
  }

  /** CIE L*a*b* of sRGB, D65. */
  private static Tensor lab(Tensor images) {
    Tensor linear =
        torch.where(
            images.gt(new Scalar(0.04045)),
            images.add(new Scalar(0.055)).mul(new Scalar(1 / 1.055)).pow(new Scalar(2.4)),
            images.mul(new Scalar(1 / 12.92)));
    Tensor toXyz = // rows divided by the white point
        Tensors.of(
            new float[] {
              0.43395f, 0.37622f, 0.18983f, 0.21267f, 0.71515f, 0.07218f, 0.01776f, 0.10948f,
              0.87277f
            },
            3,
            3);
    Tensor xyz = mix(toXyz, linear);
    Tensor f =
        torch.where(
            xyz.gt(new Scalar(0.008856)),
            xyz.clamp_min(new Scalar(1e-6)).pow(new Scalar(1.0 / 3)),
            xyz.mul(new Scalar(7.787)).add(new Scalar(16.0 / 116)));
    Tensor toLab = Tensors.of(new float[] {0, 116, 0, 500, -500, 0, 0, 200, -200}, 3, 3);
    return mix(toLab, f).sub(Tensors.of(new float[] {16, 0, 0}, 3, 1, 1));
  }

  /** A matrix applied to the channels of each pixel. */
  private static Tensor mix(Tensor matrix, Tensor images) {
    return torch.matmul(matrix, images.flatten(2, 3)).view(images.shape());
  }

  /** Gradient magnitude by orientation over the full turn, shared by the two nearest bins. */
  private static Tensor orientations(Tensor light) {
    long side = light.size(2);
    Tensor padded = torch.replication_pad2d(light, 1, 1, 1, 1);
    Tensor rows = padded.narrow(2, 1, side);
    Tensor columns = padded.narrow(3, 1, side);
    Tensor across = rows.narrow(3, 2, side).sub(rows.narrow(3, 0, side)).mul(new Scalar(0.5));
    Tensor down = columns.narrow(2, 2, side).sub(columns.narrow(2, 0, side)).mul(new Scalar(0.5));
    Tensor size = across.square().add(down.square()).sqrt();
    // Orientation, not direction: the angle modulo half a turn.
    Tensor bin =
        torch
            .atan2(down, across)
            .remainder(new Scalar(Math.PI))
            .mul(new Scalar(ORIENTATIONS / Math.PI)); // 0..8
    Tensor centres =
        torch.arange(new Scalar(ORIENTATIONS)).view(1, ORIENTATIONS, 1, 1).to(ScalarType.Float);
    Tensor apart = bin.sub(centres).abs();
    Tensor circular = torch.minimum(apart, apart.neg().add(new Scalar(ORIENTATIONS)));
    Tensor share = circular.neg().add(new Scalar(1)).clamp_min(new Scalar(0)).mul(size);
    Tensor cells = pool(share, PATCH / 2); // [images, 8, 2G, 2G]
    long images = cells.size(0);
    long grid = cells.size(2) / 2;
    return cells
        .view(images, ORIENTATIONS, grid, 2, grid, 2)
        .permute(0, 3, 5, 1, 2, 4)
        .reshape(images, 4 * ORIENTATIONS, grid, grid);
  }

  /** Mean Gabor magnitudes; the two coarser scales on the picture at half size. */
  private static Tensor textures(Tensor light) {
    Tensor half = pool(light, 2);
    return Tensors.concat(
        1,
        pool(magnitudes(light, 1.5), PATCH),
        pool(magnitudes(half, 1.5), PATCH / 2),
        pool(magnitudes(half, 2.5), PATCH / 2));
  }

  private static Tensor magnitudes(Tensor light, double sigma) {
    int radius = (int) (3 * sigma);
    Tensor filters = Tensors.of(gabor(sigma, radius), 8, 1, 2 * radius + 1, 2 * radius + 1);
    Tensor padded = torch.reflection_pad2d(light, radius, radius, radius, radius);
    Tensor answers = convolve(padded, filters).square(); // cosine and sine of each angle
    return answers.narrow(1, 0, 4).add(answers.narrow(1, 4, 4)).sqrt();
  }

  /** Four cosine filters, then the four sines: wavelength 2.5σ, aspect 0.6, unit energy a pair. */
  private static float[] gabor(double sigma, int radius) {
    int side = 2 * radius + 1;
    float[] filters = new float[8 * side * side];
    for (int angle = 0; angle < 4; angle++) {
      double[] even = new double[side * side];
      double[] odd = new double[side * side];
      double[] hump = new double[side * side];
      for (int i = 0; i < even.length; i++) {
        double theta = angle * Math.PI / 4;
        double y = i / side - radius;
        double x = i % side - radius;
        double along = x * Math.cos(theta) + y * Math.sin(theta);
        double beside = -x * Math.sin(theta) + y * Math.cos(theta);
        hump[i] = Math.exp(-(along * along + 0.36 * beside * beside) / (2 * sigma * sigma));
        even[i] = hump[i] * Math.cos(2 * Math.PI * along / (2.5 * sigma));
        odd[i] = hump[i] * Math.sin(2 * Math.PI * along / (2.5 * sigma));
      }
      double bias = Arrays.stream(even).sum() / Arrays.stream(hump).sum();
      double energy = 0;
      for (int i = 0; i < even.length; i++) {
        even[i] -= bias * hump[i];
        energy += even[i] * even[i] + odd[i] * odd[i];
      }
      for (int i = 0; i < even.length; i++) {
        filters[angle * even.length + i] = (float) (even[i] / Math.sqrt(energy));
        filters[(4 + angle) * even.length + i] = (float) (odd[i] / Math.sqrt(energy));
      }
    }
    return filters;
  }

  private static Tensor convolve(Tensor x, Tensor filters) {
    return torch.conv2d(
        x,
        filters,
        new TensorOptional(),
        new long[] {1, 1},
        new long[] {0, 0},
        new long[] {1, 1},
        1);
  }

  private static Tensor pool(Tensor x, long side) {
    return pool(x, side, side);
  }

  private static Tensor pool(Tensor x, long side, long stride) {
    return torch.avg_pool2d(
        x,
        new long[] {side, side},
        new long[] {stride, stride},
        new long[] {0, 0},
        false,
        true,
        null);
  }
}
