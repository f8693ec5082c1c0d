package io.github.anople.app.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.onnx.OnnxMetadata.Thresholds;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.model.FrozenDetector;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph in 8 bits is the same wherever it is made, and scores the same wherever it is run. */
class SameEverywhereTest {

  private static final List<RgbImage> IMAGES = Agreement.images(6);

  @TempDir static Path folder;

  private static LoadedBackbone backbone;
  private static TorchDetector torch;
  private static Path file;
  private static LayerErrors errors;

  @BeforeAll
  static void export() {
    backbone = TinyTraining.backbone();
    DetectorBundle bundle =
        TinyTraining.train(backbone, TinyTraining.config(), folder.resolve("washers"));
    torch = TorchDetector.of(bundle, "washer", backbone);
    file = folder.resolve("washer.onnx");
    ExportSettings settings = new ExportSettings(OnnxPrecision.INT8, false, Thresholds.NONE, 1);
    errors = OnnxExport.write(bundle, torch, settings, List.of(), file);
  }

  @AfterAll
  static void free() {
    torch.close();
    backbone.close();
  }

  @Test
  void everyProductOfAGraphIsThatOfPlainJava() throws Exception {
    ModelProto model = ExactTwin.read(file);
    List<NodeProto> products = ExactTwin.products(model);
    assertEquals(errors.byLayer().size(), products.size());
    GraphProto.Builder open = model.getGraph().toBuilder();
    for (NodeProto product : products) {
      for (String value : List.of(product.getInput(0), product.getOutput(0))) {
        open.addOutput(ValueInfoProto.newBuilder().setName(value));
      }
    }
    Path opened = ExactTwin.write(file, "opened", model.toBuilder().setGraph(open).build());
    try (OrtSession session = session(opened);
        OnnxTensor image = tensor(IMAGES.get(0));
        OrtSession.Result result = session.run(Map.of("image", image))) {
      for (NodeProto product : products) {
        requireExact(model, product, result);
      }
    }
  }

  private static void requireExact(ModelProto model, NodeProto product, OrtSession.Result result) {
    Constant right = Constant.of(model, product.getInput(1));
    byte[] rightZero = Constant.of(model, product.getInput(3)).bytes();
    assertEquals("", product.getInput(2)); // its zero point is taken off afterwards
    IntegerProduct reference =
        new IntegerProduct(
            bytes(value(result, product.getInput(0)).getByteBuffer()),
            0,
            right.bytes(),
            rightZero[0],
            right.rows());
    int[] expected = reference.exact();
    int[] actual = new int[expected.length];
    value(result, product.getOutput(0)).getIntBuffer().get(actual);
    assertArrayEquals(expected, actual, product.getName());
    assertArrayEquals(expected, reference.inPairs(), product.getName());
  }

  private record Constant(byte[] bytes, int rows) {

    static Constant of(ModelProto model, String name) {
      return model.getGraph().getInitializerList().stream()
          .filter(tensor -> tensor.getName().equals(name))
          .map(
              tensor ->
                  new Constant(
                      tensor.getRawData().toByteArray(),
                      tensor.getDimsCount() == 0 ? 1 : (int) tensor.getDims(0)))
          .findFirst()
          .orElseThrow();
    }
  }

  private static OnnxTensor value(OrtSession.Result result, String name) {
    return (OnnxTensor) result.get(name).orElseThrow();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  @Test
  void aGraphScoresAsItsTwinThatMultipliesNoBytes() throws Exception {
    ExactTwin.requireSame(file, IMAGES, torch.imageSize());
  }

  @Test
  void theErrorsByWhichLayersAreChosenAreThoseOfProductsThatAreExact() throws IOException {
    FrozenDetector frozen = torch.freeze();
    Weights weights = new Weights(frozen);
    ProbeProducts probe = new ProbeProducts(weights, frozen.config().vision().patches());
    OnnxGraph graph =
        new DetectionGraph(frozen, weights, probe)
            .build(ExportSettings.of(OnnxPrecision.INT8), Optional.empty());
    Path measuring = folder.resolve("probe.onnx");
    OnnxFile.write(measuring, graph, "test", Map.of(), OnnxFile.LARGEST);
    Map<String, Double> here = errors(measuring, probe);
    Map<String, Double> exact = errors(ExactTwin.write(measuring), probe);
    assertEquals(errors.byLayer().keySet(), here.keySet());
    exact.forEach((name, error) -> assertEquals(error, here.get(name), 1e-4 * error, name));
    double limit = ExportSettings.INT8_ERROR;
    assertEquals(new LayerErrors(exact, limit).floating(), new LayerErrors(here, limit).floating());
    assertTrue(exact.values().stream().allMatch(error -> error > 0), exact::toString);
  }

  private static Map<String, Double> errors(Path graph, ProbeProducts probe) {
    return LayerErrors.errors(graph, probe.names(), IMAGES, InputSizes.one(torch.imageSize()));
  }

  private static OrtSession session(Path graph) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.setIntraOpNumThreads(1);
      return OrtEnvironment.getEnvironment().createSession(graph.toString(), options);
    }
  }

  private static OnnxTensor tensor(RgbImage image) throws OrtException {
    int side = torch.imageSize();
    ByteBuffer samples = ByteBuffer.allocate(3 * side * side);
    Resampler.resize(image, side, side).putPlanar(samples);
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(),
        samples.flip(),
        new long[] {1, 3, side, side},
        OnnxJavaType.UINT8);
  }
}
