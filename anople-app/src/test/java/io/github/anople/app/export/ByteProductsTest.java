package io.github.anople.app.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.FloatTensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products of bytes are the same on every processor. */
class ByteProductsTest {

  private static final int MOST = 255;
  private static final int LARGEST = 63;
  private static final long SEED = 17;

  /** More than any byte holds: what is stored is the largest there is. */
  private static final int FAR = 1000;

  @TempDir static Path folder;

  /** Of 255 and 127, a processor with AVX2 alone was seen to make 1,048,544 instead. */
  @Test
  void eightBitsWouldNotFitSixteen() {
    byte[] left = filled(64, k -> MOST);
    IntegerProduct product = new IntegerProduct(left, 0, filled(64, k -> 127), 0, 64);
    assertEquals(2_072_640, product.exact()[0]);
    assertEquals(1_048_544, product.inPairs()[0]);
  }

  @Test
  void sevenBitsFitWhateverTheActivationsAre() {
    for (int one : new int[] {-FAR, 0, FAR}) {
      for (int other : new int[] {-FAR, 0, FAR}) {
        byte[] right = stored(2, k -> k == 0 ? one : other);
        for (int zero : new int[] {0, 128, MOST}) {
          byte[] left = {(byte) MOST, (byte) MOST, (byte) MOST, 0, 0, (byte) MOST, 0, 0};
          IntegerProduct product =
              new IntegerProduct(left, zero, right, QuantizedMatrix.ZERO_POINT, 2);
          assertArrayEquals(product.exact(), product.inPairs(), one + " and " + other);
        }
      }
    }
  }

  /** Rows, inner size and columns: whole blocks of the runtime's kernels, and what is left over. */
  @ParameterizedTest
  @CsvSource({"1, 64, 16", "1, 67, 5", "2, 1, 1", "7, 64, 33", "33, 513, 17", "64, 256, 64"})
  void theRuntimeMultipliesAsPlainJavaDoes(int rows, int inner, int columns) throws OrtException {
    SplittableRandom random = new SplittableRandom(SEED);
    IntUnaryOperator largest = k -> LARGEST;
    IntUnaryOperator smallest = k -> -LARGEST;
    IntUnaryOperator any = k -> random.nextInt(-LARGEST, LARGEST + 1);
    for (IntUnaryOperator weights : List.of(largest, smallest, any)) {
      float[] matrix = matrix(inner, columns, weights);
      requireExact(activations(rows, inner, k -> MOST), matrix, inner);
      requireExact(activations(rows, inner, k -> -MOST), matrix, inner);
      requireExact(activations(rows, inner, k -> random.nextInt(MOST + 1)), matrix, inner);
    }
  }

  /**
   * {@code [columns, inner]}; one number a column is as large as can be, so that its scale is 1.
   */
  private static float[] matrix(int inner, int columns, IntUnaryOperator values) {
    float[] matrix = new float[columns * inner];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = i % inner == 0 ? LARGEST : values.applyAsInt(i);
    }
    return matrix;
  }

  /** {@code [rows, inner]}; from 0 to ±255, so that their scale is 1, too. */
  private static float[] activations(int rows, int inner, IntUnaryOperator values) {
    float[] activations = new float[rows * inner];
    for (int i = 0; i < activations.length; i++) {
      activations[i] = values.applyAsInt(i);
    }
    activations[activations.length - 1] = activations[0] < 0 ? -MOST : MOST;
    return activations;
  }

  private static void requireExact(float[] activations, float[] matrix, int inner)
      throws OrtException {
    int columns = matrix.length / inner;
    int rows = activations.length / inner;
    Path file = folder.resolve("product.onnx");
    write(file, matrix, inner);
    int zero = activations[activations.length - 1] < 0 ? MOST : 0;
    byte[] left = filled(activations.length, i -> zero + (int) activations[i]);
    byte[] right = stored(inner * columns, i -> (int) matrix[i % columns * inner + i / columns]);
    IntegerProduct product =
        new IntegerProduct(left, zero, right, QuantizedMatrix.ZERO_POINT, inner);
    int[] expected = product.exact();
    assertArrayEquals(expected, product.inPairs());
    for (OptLevel level : List.of(OptLevel.NO_OPT, OptLevel.ALL_OPT)) {
      assertArrayEquals(expected, run(file, activations, rows, inner, level), level.toString());
    }
  }

  private static void write(Path file, float[] matrix, int inner) {
    long columns = matrix.length / inner;
    Map<String, FloatTensor> tensors =
        Map.of(
            "map.weight",
            new FloatTensor(List.of(columns, (long) inner), matrix),
            "map.bias",
            new FloatTensor(List.of(columns), new float[(int) columns]));
    Weights weights =
        new Weights(
            Map.of("map.weight", tensors.get("map.weight").shape(), "map.bias", List.of(columns)),
            tensors::get);
    OnnxGraph graph = new OnnxGraph("product");
    String x = graph.input("x", DType.F32, "1", "rows", Integer.toString(inner));
    String y =
        ByteProducts.everywhere(weights).linear(graph.room("map"), x, "map.", Products.Rows.PLACES);
    graph.output(y, DType.F32, "1", "rows", Long.toString(columns));
    OnnxFile.write(file, graph, "test", Map.of(), OnnxFile.LARGEST);
  }

  private static int[] run(Path file, float[] x, int rows, int inner, OptLevel level)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(level);
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(file.toString(), options);
          OnnxTensor input =
              OnnxTensor.createTensor(
                  environment, FloatBuffer.wrap(x), new long[] {1, rows, inner});
          OrtSession.Result result = session.run(Map.of("x", input))) {
        FloatBuffer numbers = ((OnnxTensor) result.get(0)).getFloatBuffer();
        int[] product = new int[numbers.remaining()];
        for (int i = 0; i < product.length; i++) {
          float number = numbers.get();
          product[i] = (int) number;
          assertEquals(number, product[i], "not a whole number");
        }
        return product;
      }
    }
  }

  @Test
  void noStoredWeightIsLargerThan64AndTheZeroPointIsNotZero() {
    byte[] stored = stored(3, k -> (k - 1) * FAR);
    int largest = 0;
    for (byte weight : stored) {
      largest = Math.max(largest, Math.abs(weight));
    }
    assertEquals(64, largest);
    assertTrue(2 * MOST * largest <= Short.MAX_VALUE);
    assertNotEquals(0, QuantizedMatrix.ZERO_POINT);
  }

  private static byte[] filled(int size, IntUnaryOperator values) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) values.applyAsInt(i);
    }
    return bytes;
  }

  /** What the export stores for whole numbers, whose scale is 1. */
  private static byte[] stored(int size, IntUnaryOperator values) {
    float[] weights = new float[size];
    for (int i = 0; i < size; i++) {
      weights[i] = values.applyAsInt(i);
    }
    QuantizedMatrix matrix = new QuantizedMatrix(new float[] {1});
    return matrix.columns(new FloatTensor(List.of(1L, (long) size), weights));
  }
}
