package io.github.anople.app.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtException;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.onnx.OnnxMetadata.Thresholds;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graph by itself: its inputs, outputs, operators and names. */
class OnnxGraphTest {

  @TempDir static Path folder;

  private static LoadedBackbone backbone;
  private static DetectorBundle bundle;
  private static TorchDetector torch;

  @BeforeAll
  static void train() {
    backbone = TinyTraining.backbone();
    bundle = TinyTraining.train(backbone, TinyTraining.config(), folder);
    torch = TorchDetector.of(bundle, "washer", backbone);
  }

  @AfterAll
  static void free() {
    torch.close();
    backbone.close();
  }

  private static Path export(String name, ExportSettings settings) {
    Path file = folder.resolve(name);
    OnnxExport.write(bundle, torch, settings, List.of(), file);
    return file;
  }

  @Test
  void verdictsFollowTheDefaultThresholdsAndThoseThatTheCallerSets() throws OrtException {
    List<RgbImage> images = Agreement.images(8);
    List<Detection> detections = torch.detect(images);
    float middle = Agreement.middle(detections);
    Path file =
        export(
            "verdicts.onnx",
            new ExportSettings(OnnxPrecision.FP32, false, Thresholds.chosen(middle, middle), 0.1));
    List<RgbImage> resized = images.stream().map(p -> Resampler.resize(p, side(), side())).toList();
    try (RawSession session = new RawSession(file, Map.of())) {
      Agreement.requireVerdicts(detections, session.run(resized), middle, middle)
          .requireSome(detections);
    }
    float other = middle * 1.1f;
    Map<String, Float> optional = Map.of("image_threshold", other, "pixel_threshold", other);
    try (RawSession session = new RawSession(file, optional)) {
      Agreement.requireVerdicts(detections, session.run(resized), other, other);
    }
  }

  private static int side() {
    return torch.imageSize();
  }

  @Test
  void theGraphResizesAsPillowDoes() throws OrtException {
    Path file =
        export("any.onnx", new ExportSettings(OnnxPrecision.FP32, true, Thresholds.NONE, 0.1));
    try (RawSession session = new RawSession(file, Map.of())) {
      for (int[] size : new int[][] {{160, 160}, {97, 61}, {40, 30}, {64, 64}}) {
        RgbImage image =
            Resampler.resize(RgbImage.of(SyntheticParts.scratched(4)), size[0], size[1]);
        Detection expected = torch.detect(image);
        RawSession.Answer answer = session.run(List.of(image));
        assertEquals(expected.score(), answer.score()[0], 1e-4);
        assertTrue(difference(expected, answer.map()[0]) <= 1e-4, size[0] + " x " + size[1]);
      }
    }
  }

  private static double difference(Detection expected, float[][] map) {
    double largest = 0;
    for (int y = 0; y < side(); y++) {
      for (int x = 0; x < side(); x++) {
        largest = Math.max(largest, Math.abs(expected.map().at(y, x) - map[y][x]));
      }
    }
    return largest;
  }

  @Test
  void everyOperatorIsStandardAndEveryNodeNamedAfterItsRoom() throws IOException {
    for (OnnxPrecision precision : OnnxPrecision.values()) {
      ModelProto model = read(export(precision.id() + ".onnx", ExportSettings.of(precision)));
      assertEquals(1, model.getOpsetImportCount());
      assertEquals("", model.getOpsetImport(0).getDomain());
      assertEquals(OnnxFile.OPSET, model.getOpsetImport(0).getVersion());
      TreeSet<String> rooms = new TreeSet<>();
      for (NodeProto node : model.getGraph().getNodeList()) {
        assertEquals("", node.getDomain(), node.getName());
        rooms.add(node.getName().replaceAll("\\..*", ""));
      }
      assertEquals(
          "[blur, clip, decide, decoder, fuse, image, memory, output, texts]", rooms.toString());
    }
  }

  @Test
  void theGraphFilesWeightsFillTheirShapes() throws IOException {
    ModelProto model = read(export("whole.onnx", ExportSettings.of(OnnxPrecision.INT8)));
    int int8 = 0;
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      long elements = tensor.getDimsList().stream().reduce(1L, Math::multiplyExact);
      int size =
          switch (TensorProto.DataType.forNumber(tensor.getDataType())) {
            case INT8 -> 1;
            case FLOAT16 -> 2;
            case FLOAT -> 4;
            default -> 8;
          };
      assertEquals(elements * size, tensor.getRawData().size(), tensor.getName());
      int8 += size == 1 && tensor.getDimsCount() == 2 ? 1 : 0;
    }
    int encoder = 4 * backbone.clip().config().vision().layers();
    assertEquals(encoder + 1, int8); // and the decoder's W₃
  }

  @Test
  void equalDetectorsMakeEqualFiles() throws IOException {
    ExportSettings settings = ExportSettings.of(OnnxPrecision.FP16);
    assertArrayEquals(
        Files.readAllBytes(export("one.onnx", settings)),
        Files.readAllBytes(export("two.onnx", settings)));
  }

  private static ModelProto read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ModelProto.parseFrom(in);
    }
  }
}
