package io.github.anople.torch.pretrained;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.BinaryFile;
import io.github.anople.core.tensorfile.DType;
import java.nio.ByteBuffer;

/** Reads a strided view of a storage into a row-major array. */
final class StridedReader {

  private final StoredTensor tensor;
  private final ByteBuffer span;
  private final float[] values;

  private StridedReader(StoredTensor tensor, ByteBuffer span, float[] values) {
    this.tensor = tensor;
    this.span = span;
    this.values = values;
  }

  /** All elements, the last index fastest. */
  static float[] floats(BinaryFile file, StoredTensor tensor) {
    if (tensor.elements() > Integer.MAX_VALUE - 8) {
      throw tooLarge(file, tensor, null);
    }
    int count = (int) tensor.elements();
    if (tensor.isContiguous()) {
      return file.floats(tensor.dtype(), tensor.begin(), count);
    }
    long spanElements = tensor.lastElement() - tensor.elementOffset() + 1;
    ByteBuffer span = file.map(tensor.begin(), spanElements * tensor.dtype().byteSize());
    try {
      return new StridedReader(tensor, span, new float[count]).gather();
    } catch (OutOfMemoryError e) {
      // A stride of zero makes many elements of few bytes.
      throw tooLarge(file, tensor, e);
    }
  }

  private static InputException tooLarge(
      BinaryFile file, StoredTensor tensor, OutOfMemoryError cause) {
    return new InputException(
        file.path(),
        "the %d elements of tensor %s do not fit into the Java heap"
            .formatted(tensor.elements(), InputException.quoted(tensor.name())),
        "give the process a larger heap (-Xmx), or check that this is a file of weights",
        cause);
  }

  private float[] gather() {
    int last = tensor.shape().size() - 1;
    long rowLength = tensor.shape().get(last);
    long[] index = new long[last];
    long rowBegin = 0;
    for (int done = 0; done < values.length; done += (int) rowLength) {
      gatherRow(done, rowBegin, (int) rowLength, tensor.strides().get(last));
      // Counts up like an odometer: the dimension before the row turns first.
      for (int d = last - 1; d >= 0; d--) {
        rowBegin += tensor.strides().get(d);
        if (++index[d] < tensor.shape().get(d)) {
          break;
        }
        rowBegin -= tensor.strides().get(d) * tensor.shape().get(d);
        index[d] = 0;
      }
    }
    return values;
  }

  private void gatherRow(int into, long rowBegin, int length, long stride) {
    DType dtype = tensor.dtype();
    for (int i = 0; i < length; i++) {
      values[into + i] = dtype.floatAt(span, (int) ((rowBegin + i * stride) * dtype.byteSize()));
    }
  }
}
