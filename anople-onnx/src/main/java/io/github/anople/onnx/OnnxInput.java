package io.github.anople.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The type in which an exported graph takes the samples of pictures; its scores are the same. */
public enum OnnxInput {
  /** Bytes. */
  UINT8(OnnxJavaType.UINT8),
  /** The same numbers, 0 to 255, as floats, for whoever knows no uint8. */
  FLOAT(OnnxJavaType.FLOAT);

  private final OnnxJavaType type;

  OnnxInput(OnnxJavaType type) {
    this.type = type;
  }

  /**
   * The name used on the command line.
   *
   * @return {@code uint8} or {@code float}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The input of a type; empty where no exported graph has it. */
  static Optional<OnnxInput> of(OnnxJavaType type) {
    return Arrays.stream(values()).filter(input -> input.type == type).findFirst();
  }

  /**
   * Hands samples to ONNX Runtime.
   *
   * @param samples in direct memory, in native order
   * @param shape with as many elements
   */
  OnnxTensor tensor(ByteBuffer samples, long[] shape) throws OrtException {
    return switch (this) {
      case UINT8 -> OnnxTensor.createTensor(OrtEnvironments.get(), samples, shape, type);
      case FLOAT -> OnnxTensor.createTensor(OrtEnvironments.get(), floats(samples), shape);
    };
  }

  private static FloatBuffer floats(ByteBuffer samples) {
    FloatBuffer floats =
        ByteBuffer.allocateDirect(samples.remaining() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    while (samples.hasRemaining()) {
      floats.put(Byte.toUnsignedInt(samples.get()));
    }
    return floats.flip();
  }
}
