package io.github.anople.torch.engine;

import io.github.anople.core.NativeWork;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * Blocks of code whose native memory is freed when they end.
 *
 * <p>Nothing waits for the garbage collector: every tensor made inside a scope goes with it, unless
 * {@link OwnedTensors} took it over. What a scope returns is plain Java, or owned.
 */
public final class TensorScope {

  private TensorScope() {}

  /**
   * Runs a block in a scope of its own.
   *
   * @param <T> what it returns
   * @param block the block
   * @return its value, not a tensor made in it
   * @throws IllegalStateException if the process is ending
   */
  public static <T> T call(Supplier<T> block) {
    TorchRuntime.start();
    return NativeWork.call(() -> scoped(block));
  }

  @SuppressWarnings("try") // The scope works by being open.
  private static <T> T scoped(Supplier<T> block) {
    try (PointerScope scope = new PointerScope()) {
      return block.get();
    }
  }

  /**
   * Runs a block in a scope of its own.
   *
   * @param block the block
   */
  public static void run(Runnable block) {
    call(
        () -> {
          block.run();
          return null;
        });
  }

  /**
   * Runs a block in a scope of its own, without recording gradients.
   *
   * @param <T> what it returns
   * @param block the block
   * @return its value, not a tensor made in it
   */
  public static <T> T inference(Supplier<T> block) {
    return call(() -> withoutGradients(block));
  }

  /**
   * Runs a block in the present scope, without recording gradients.
   *
   * @param <T> what it returns
   * @param block the block
   * @return its value
   */
  @SuppressWarnings(
      "try") // The guard works by being open, and must be closed on this thread at once.
  public static <T> T withoutGradients(Supplier<T> block) {
    try (NoGradGuard guard = new NoGradGuard()) {
      return block.get();
    }
  }
}
