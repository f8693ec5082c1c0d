package io.github.anople.lab.pretrain.train;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * AdamW (Loshchilov and Hutter 2019), β = (0.9, 0.98), ε = 1e-8; matrices alone decay.
 *
 * <p>Written out, because its moments belong to a checkpoint and libtorch's optimizer does not hand
 * them to Java.
 */
final class AdamW implements AutoCloseable {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.98;
  private static final double EPSILON = 1e-8;
  private static final double DECAY = 0.02;

  private final Parameters parameters;
  private final Parameters first;
  private final Parameters second;

  /**
   * An optimizer.
   *
   * @param parameters what is learned; owned by the caller
   * @param first running means of the gradients, by the same names
   * @param second running means of their squares
   * @param device where the parameters are
   */
  AdamW(
      Parameters parameters,
      Map<String, FloatTensor> first,
      Map<String, FloatTensor> second,
      ComputeDevice device) {
    this.parameters = parameters;
    this.first = Parameters.of(first, false, device);
    this.second = Parameters.of(second, false, device);
  }

  Map<String, FloatTensor> first() {
    return first.values();
  }

  Map<String, FloatTensor> second() {
    return second.values();
  }

  void zeroGradients() {
    parameters.zeroGradients();
  }

  /**
   * Moves the parameters along the gradients at hand, whose overall length is cut to 1.
   *
   * @param step counted from 1
   * @param rate learning rate
   */
  void step(long step, double rate) {
    TensorScope.withoutGradients(
        () -> {
          Tensor cut = cut();
          parameters.names().forEach(name -> update(name, step, rate, cut));
          return null;
        });
  }

  /** 1 / max(1, length of all gradients), a scalar that stays on the device. */
  private Tensor cut() {
    List<Tensor> squares = new ArrayList<>();
    for (String name : parameters.names()) {
      Tensor gradient = parameters.get(name).grad();
      if (gradient.defined()) {
        squares.add(gradient.square().sum());
      }
    }
    return torch
        .stack(new TensorVector(squares.toArray(Tensor[]::new)))
        .to(ScalarType.Double)
        .sum()
        .sqrt()
        .clamp_min(new Scalar(1.0))
        .reciprocal();
  }

  private void update(String name, long step, double rate, Tensor cut) {
    Tensor parameter = parameters.get(name);
    Tensor gradient = parameter.grad();
    if (!gradient.defined()) {
      return;
    }
    gradient.mul_(cut);
    Tensor mean = first.get(name);
    Tensor square = second.get(name);
    mean.mul_(new Scalar(BETA1)).add_(gradient, new Scalar(1 - BETA1));
    square.mul_(new Scalar(BETA2)).addcmul_(gradient, gradient, new Scalar(1 - BETA2));
    double meanShare = 1 - Math.pow(BETA1, (double) step);
    double squareShare = 1 - Math.pow(BETA2, (double) step);
    Tensor length = square.div(new Scalar(squareShare)).sqrt_().add_(new Scalar(EPSILON));
    if (parameter.dim() > 1 && !name.contains("embedding")) {
      parameter.mul_(new Scalar(1 - rate * DECAY));
    }
    parameter.addcdiv_(mean, length, new Scalar(-rate / meanShare));
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}
