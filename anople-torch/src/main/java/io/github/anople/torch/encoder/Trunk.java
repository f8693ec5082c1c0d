package io.github.anople.torch.encoder;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Operators;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The network itself: a 3×3 convolution of stride 2 and the first blocks of MobileNetV2, padded as
 * TensorFlow's SAME, in fp32.
 */
final class Trunk {

  /**
   * A convolution with its bias.
   *
   * @param weight {@code [out, in / groups, k, k]}
   * @param bias {@code [out]}
   * @param groups as many as channels, or 1
   */
  private record Convolution(Tensor weight, TensorOptional bias, long groups) {

    /** Applies it; a window of 1 × 1 has no padding and no stride. */
    Tensor apply(Tensor maps, int stride) {
      if (weight.size(2) == 1) {
        return Operators.convolve(maps, weight, bias, 1, 0, groups);
      }
      int side = Math.toIntExact(maps.size(2));
      int before = TrunkBlock.paddingBefore(side, stride);
      int after = TrunkBlock.paddingAfter(side, stride);
      if (before == after) {
        return Operators.convolve(maps, weight, bias, stride, before, groups);
      }
      Tensor padded = torch.constant_pad_nd(maps, before, after, before, after);
      return Operators.convolve(padded, weight, bias, stride, 0, groups);
    }
  }

  /**
   * A block's layers.
   *
   * @param expand null in block 0
   */
  private record Layers(
      TrunkBlock block, Convolution expand, Convolution depthwise, Convolution project) {

    Tensor apply(Tensor maps) {
      Tensor wide = block.expands() ? active(expand.apply(maps, 1)) : maps;
      Tensor narrow = project.apply(active(depthwise.apply(wide, block.stride())), 1);
      return block.adds() ? narrow.add(maps) : narrow;
    }
  }

  private final Convolution stem;
  private final List<Layers> layers = new ArrayList<>();

  /**
   * Blocks 0 to a last one over weights where they are.
   *
   * @param weights fp32 tensors by the names of {@link TrunkWeights}
   */
  Trunk(Function<String, Tensor> weights, int lastBlock, OwnedTensors owner) {
    this.stem = convolution(weights, "Conv", owner);
    for (TrunkBlock block : TrunkBlock.ALL.subList(0, lastBlock + 1)) {
      String name = block.number() + ".";
      layers.add(
          new Layers(
              block,
              block.expands() ? convolution(weights, name + "expand", owner) : null,
              convolution(weights, name + "dw", owner),
              convolution(weights, name + "project", owner)));
    }
  }

  private static Convolution convolution(
      Function<String, Tensor> weights, String name, OwnedTensors owner) {
    Tensor kernels = weights.apply(name + ".weight");
    boolean depthwise = kernels.size(1) == 1;
    return new Convolution(
        owner.keep(kernels),
        owner.keepPointer(new TensorOptional(weights.apply(name + ".bias"))),
        depthwise ? kernels.size(0) : 1);
  }

  /** Copies weights to a device, one when it is asked for. */
  static Function<String, Tensor> placed(TrunkWeights weights, ComputeDevice device) {
    return name -> {
      FloatTensor values = weights.get(name);
      long[] shape = values.shape().stream().mapToLong(Long::longValue).toArray();
      return device.place(Tensors.of(values.values(), shape));
    };
  }

  /**
   * The outputs of the blocks.
   *
   * @param images {@code [images, 3, S, S]}, RGB in [0, 1]
   * @return {@code [images, out, side, side]} of each block from 0 to the last, of the current
   *     scope
   */
  List<Tensor> blocks(Tensor images) {
    Tensor maps = active(stem.apply(normalized(images), TrunkBlock.STEM_STRIDE));
    List<Tensor> outputs = new ArrayList<>();
    for (Layers block : layers) {
      maps = block.apply(maps);
      outputs.add(maps);
    }
    return outputs;
  }

  /** From [0, 1] to [-1, 1]. */
  private static Tensor normalized(Tensor images) {
    return images.mul(new Scalar(2.0)).sub(new Scalar(1.0));
  }

  /** ReLU6, in place: what it is given has just been made. */
  private static Tensor active(Tensor maps) {
    return torch.relu6_(maps);
  }
}
