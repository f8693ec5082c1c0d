package io.github.anople.app.export;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import io.github.anople.core.image.RgbImage;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** A graph as somebody without this project uses it: ONNX Runtime's own interface. */
final class RawSession implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  /** Opens a graph, some of its optional inputs set to other values than their defaults. */
  RawSession(Path file, Map<String, Float> optional) throws OrtException {
    this(file, optional, OptLevel.ALL_OPT);
  }

  /** Opens a graph and lets the runtime rewrite it to some degree. */
  RawSession(Path file, Map<String, Float> optional, OptLevel level) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.setIntraOpNumThreads(1);
      options.setOptimizationLevel(level);
      for (Map.Entry<String, Float> value : optional.entrySet()) {
        options.addInitializer(
            value.getKey(), OnnxTensor.createTensor(environment, value.getValue()));
      }
      this.session = environment.createSession(file.toString(), options);
    }
  }

  /** What the graph says of a batch. */
  record Answer(float[] score, float[][][] map, boolean[] anomaly, boolean[][][] mask) {}

  /** Runs pictures of one size, as they are. */
  Answer run(List<RgbImage> images) throws OrtException {
    int width = images.get(0).width();
    int height = images.get(0).height();
    ByteBuffer samples = ByteBuffer.allocate(images.size() * 3 * width * height);
    images.forEach(image -> image.putPlanar(samples));
    long[] shape = {images.size(), 3, height, width};
    try (OnnxTensor input =
            OnnxTensor.createTensor(environment, samples.flip(), shape, OnnxJavaType.UINT8);
        OrtSession.Result result = session.run(Map.of("image", input))) {
      return new Answer(
          (float[]) result.get("score").orElseThrow().getValue(),
          (float[][][]) result.get("map").orElseThrow().getValue(),
          (boolean[]) result.get("is_anomaly").orElseThrow().getValue(),
          (boolean[][][]) result.get("mask").orElseThrow().getValue());
    }
  }

  /**
   * Runs rows of a table, an array of floats each, and fetches one output, as libraries do that
   * know numbers alone.
   *
   * @param input the name of the input
   * @param shape of a row
   */
  OnnxTensor fetch(String input, List<float[]> rows, long[] shape, String output)
      throws OrtException {
    FloatBuffer batch = FloatBuffer.allocate(rows.stream().mapToInt(row -> row.length).sum());
    rows.forEach(batch::put);
    long[] all = LongStream.concat(LongStream.of(rows.size()), LongStream.of(shape)).toArray();
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, batch.rewind(), all)) {
      return (OnnxTensor) session.run(Map.of(input, tensor), Set.of(output)).get(0);
    }
  }

  /** Types and shapes of the inputs that have no default, by name. */
  Map<String, String> inputs() throws OrtException {
    return told(session.getInputInfo());
  }

  /** Types and shapes of the outputs, by name. */
  Map<String, String> outputs() throws OrtException {
    return told(session.getOutputInfo());
  }

  private static Map<String, String> told(Map<String, NodeInfo> values) {
    Map<String, String> told = new TreeMap<>();
    values.forEach(
        (name, node) -> {
          TensorInfo tensor = (TensorInfo) node.getInfo();
          told.put(name, tensor.type + " " + Arrays.toString(tensor.getShape()));
        });
    return told;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
