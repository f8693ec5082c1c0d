package io.github.anople.torch.train;

import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.TensorScope;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * v = μ v + (g + λ p), p = p − rate · v, from v = 0 (section 8 of the method's page).
 *
 * <p>Written out, because its velocities belong to a checkpoint and libtorch's optimizer does not
 * hand them to Java.
 */
public final class Sgd implements AutoCloseable {

  private final Parameters parameters;
  private final Parameters velocities;
  private final double momentum;
  private final double decay;

  /**
   * An optimizer.
   *
   * @param parameters what is learned; owned by the caller
   * @param velocities of the same names and sizes, on the same device; owned by this optimizer from
   *     now on
   * @param momentum μ
   * @param decay λ
   */
  public Sgd(Parameters parameters, Parameters velocities, double momentum, double decay) {
    this.parameters = parameters;
    this.velocities = velocities;
    this.momentum = momentum;
    this.decay = decay;
  }

  Parameters velocities() {
    return velocities;
  }

  /** Forgets the gradients of the last step. */
  public void zeroGradients() {
    parameters.zeroGradients();
  }

  /** Moves the parameters along the gradients at hand. */
  void step(Rates rates) {
    step(rates::of);
  }

  /**
   * Moves the parameters along the gradients at hand.
   *
   * @param rate the learning rate of a parameter, by its name
   */
  public void step(ToDoubleFunction<String> rate) {
    TensorScope.withoutGradients(
        () -> {
          parameters.names().forEach(name -> update(name, rate.applyAsDouble(name)));
          return null;
        });
  }

  private void update(String name, double rate) {
    Tensor parameter = parameters.get(name);
    Tensor gradient = parameter.grad();
    Tensor velocity = velocities.get(name);
    velocity.mul_(new Scalar(momentum)).add_(parameter, new Scalar(decay));
    if (gradient.defined()) {
      velocity.add_(gradient);
    }
    parameter.sub_(velocity, new Scalar(rate));
  }

  @Override
  public void close() {
    velocities.close();
  }
}
