package io.github.anople.torch.engine;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;

/**
 * Native objects that live until this owner is closed, whatever scopes they were made in.
 *
 * <p>Not thread-safe while filling; reading what it holds is.
 */
public final class OwnedTensors implements AutoCloseable {

  private final List<Pointer> owned = new ArrayList<>();

  /** An owner of nothing yet. */
  public OwnedTensors() {}

  /**
   * Takes a tensor over: the copy returned shares the tensor's storage and outlives the current
   * scope.
   *
   * @param tensor any tensor, left as it is
   * @return the tensor to keep
   */
  public Tensor keep(Tensor tensor) {
    return keepPointer(new Tensor(tensor));
  }

  /**
   * Takes another native object over.
   *
   * @param <P> its type
   * @param pointer an object made just now, in or out of a scope
   * @return the same object
   */
  public <P extends Pointer> P keepPointer(P pointer) {
    pointer.retainReference();
    owned.add(pointer);
    return pointer;
  }

  /** Frees everything; a second call does nothing. */
  @Override
  public void close() {
    for (Pointer pointer : owned) {
      pointer.releaseReference();
    }
    owned.clear();
  }
}
