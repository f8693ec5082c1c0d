package io.github.anople.core.tensorfile;

import io.github.anople.core.InputException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file, open for reading: a JSON header, then the tensors' bytes without gaps.
 *
 * <p>Everything in the header is checked when the file is opened, after the format's own rules (<a
 * href="https://github.com/huggingface/safetensors">safetensors</a>): its length, its JSON, types,
 * shapes, and that the tensors fill the rest of the file one behind the other. Tensors are then
 * read or mapped one by one, so that the file may be larger than 2 GB (one tensor may not) and need
 * not fit into the Java heap.
 *
 * <p>Safe to share between threads.
 */
public final class SafetensorsFile implements AutoCloseable {

  private final BinaryFile file;
  private final Map<String, String> metadata;
  private final Map<String, TensorInfo> tensors;

  private SafetensorsFile(BinaryFile file, SafetensorsHeader header) {
    this.file = file;
    this.metadata = header.metadata();
    this.tensors = new LinkedHashMap<>();
    header.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
  }

  /**
   * Opens a file and checks its header.
   *
   * @param path the file
   * @return the open file, which the caller closes
   * @throws InputException naming the file, the tensor and the offending value, if the file cannot
   *     be read or breaks a rule of the format
   */
  public static SafetensorsFile open(Path path) {
    return checked(BinaryFile.open(path));
  }

  /**
   * A file whose bytes are in the heap already: a resource of a jar.
   *
   * @param name what messages call it
   * @param content the bytes, not copied and not changed any more
   * @return the file; closing it frees nothing
   * @throws InputException naming the file, the tensor and the offending value, if it breaks a rule
   *     of the format
   */
  public static SafetensorsFile of(String name, byte[] content) {
    return checked(BinaryFile.of(Path.of(name), content));
  }

  private static SafetensorsFile checked(BinaryFile file) {
    try {
      return new SafetensorsFile(file, SafetensorsHeader.read(file));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Writes a file, atomically: it appears when it is whole. The tensors are asked for their bytes
   * one after the other. The same arguments give the same bytes.
   *
   * <p>Tensors lie in the order given, without gaps: give those with the widest elements first if a
   * reader should find all of them aligned.
   *
   * @param path the file, replaced if it exists
   * @param metadata free text, written sorted by key
   * @param tensors the tensors, their names unique
   * @throws InputException if the file cannot be written
   * @throws IllegalArgumentException if two tensors share a name, a tensor's bytes are more or
   *     fewer than its shape asks for, or the header would pass the format's limit of 100 MB
   */
  public static void write(Path path, Map<String, String> metadata, List<TensorSource> tensors) {
    SafetensorsWriter.write(path, metadata, tensors);
  }

  /**
   * The file's path as it was given.
   *
   * @return the path
   */
  public Path path() {
    return file.path();
  }

  /**
   * The file's size.
   *
   * @return bytes
   */
  public long size() {
    return file.size();
  }

  /**
   * The free text of the header's {@code __metadata__}.
   *
   * @return unmodifiable, in the header's order; empty if the file has none
   */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * The tensors' names.
   *
   * @return unmodifiable, in the order of their bytes in the file
   */
  public List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  /**
   * Whether the file has a tensor of that name.
   *
   * @param name a tensor's name
   * @return true if it has
   */
  public boolean contains(String name) {
    return tensors.containsKey(name);
  }

  /**
   * What a tensor is and where it lies.
   *
   * @param name a tensor's name
   * @return its type, shape and place
   * @throws InputException if the file has no such tensor
   */
  public TensorInfo info(String name) {
    TensorInfo tensor = tensors.get(name);
    if (tensor == null) {
      throw new InputException(
          path(),
          "has no tensor " + InputException.quoted(name),
          "check that this is the right file (it holds " + tensors.size() + " tensors)");
    }
    return tensor;
  }

  /**
   * A tensor's bytes where they lie, mapped, not copied to the heap. The buffer outlives {@link
   * #close}; the file must not be shortened while it is used.
   *
   * @param name a tensor's name
   * @return a read-only, little-endian buffer of {@link TensorInfo#byteSize} bytes
   * @throws InputException if the file has no such tensor, or it is larger than 2 GB
   */
  public ByteBuffer bytes(String name) {
    TensorInfo tensor = info(name);
    return file.map(tensor.begin(), tensor.byteSize());
  }

  /**
   * A floating-point tensor's elements: F16 and BF16 widened exactly, F64 rounded to nearest.
   *
   * @param name a tensor's name
   * @return a new array, row-major
   * @throws InputException if the file has no such tensor, or it holds integers, or it does not fit
   *     into the Java heap
   */
  public float[] floats(String name) {
    TensorInfo tensor = info(name);
    if (!tensor.dtype().isFloating()) {
      throw wrongType(tensor, "floating-point numbers");
    }
    return file.floats(tensor.dtype(), tensor.begin(), count(tensor));
  }

  /**
   * An integer tensor's elements; truth values are 0 and 1.
   *
   * @param name a tensor's name
   * @return a new array, row-major
   * @throws InputException if the file has no such tensor, or it holds floating-point numbers or a
   *     U64 beyond {@link Long#MAX_VALUE}, or it does not fit into the Java heap
   */
  public long[] longs(String name) {
    TensorInfo tensor = info(name);
    if (tensor.dtype().isFloating()) {
      throw wrongType(tensor, "integers");
    }
    long[] values = file.longs(tensor.dtype(), tensor.begin(), count(tensor));
    if (tensor.dtype() == DType.U64) {
      for (long value : values) {
        if (value < 0) {
          throw new InputException(
              where(tensor),
              "the value " + Long.toUnsignedString(value) + " does not fit into 63 bits",
              "store it as I64");
        }
      }
    }
    return values;
  }

  /** Closes the file; buffers that were mapped stay valid. */
  @Override
  public void close() {
    file.close();
  }

  private int count(TensorInfo tensor) {
    // The largest array of every common JVM is a little below 2^31 - 1.
    if (tensor.elements() > Integer.MAX_VALUE - 8) {
      throw new InputException(
          where(tensor),
          tensor.elements() + " elements are more than a Java array holds",
          "read it by mapping, or split it");
    }
    return (int) tensor.elements();
  }

  private InputException wrongType(TensorInfo tensor, String wanted) {
    return new InputException(
        where(tensor),
        "holds " + tensor.dtype() + " where " + wanted + " are expected",
        "check that this is the right file");
  }

  private String where(TensorInfo tensor) {
    return path() + ", tensor " + InputException.quoted(tensor.name());
  }
}
