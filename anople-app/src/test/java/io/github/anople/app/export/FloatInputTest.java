package io.github.anople.app.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.github.anople.core.Fixtures;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.PolygonArea;
import io.github.anople.core.region.Region;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.onnx.OnnxDetector;
import io.github.anople.onnx.OnnxInput;
import io.github.anople.onnx.OnnxMetadata;
import io.github.anople.onnx.OnnxMetadata.Thresholds;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.pretrained.DinoCheckpoint;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.AnomalySource;
import io.github.anople.torch.train.Trainer;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Graphs that take pictures as floats say what those say that take bytes. */
class FloatInputTest {

  private static final List<RgbImage> IMAGES = Agreement.images(3);

  private static final Region HALF =
      Region.ignoring(
          new PolygonArea(
              List.of(List.of(List.of(0.0, 0.0), List.of(0.4, 0.0), List.of(0.0, 0.9)))));

  @TempDir static Path folder;

  private static LoadedBackbone backbone;
  private static DetectorBundle plain;

  @BeforeAll
  static void open() {
    Path dino = Fixtures.golden("dinov2/hub/registers.pth");
    backbone =
        TinyTraining.backbone().withDinos(name -> DinoCheckpoint.open(dino, OptionalInt.empty()));
    plain = train(Map.of("memory.encoder", "clip+trunk"), false);
  }

  @AfterAll
  static void free() {
    backbone.dinos().close();
    backbone.close();
  }

  private static DetectorBundle train(Map<String, String> settings, boolean withRegion) {
    return new Trainer(
            TinyTraining.config()
                .with(Map.of("optimizer.epochs", "1", "scene.enabled", "true"))
                .with(settings),
            AnomalySource.ofItself(),
            new ImageReader(),
            TrainingListener.SILENT,
            withRegion ? Optional.of(HALF) : Optional.empty())
        .train(backbone, "parts", List.of(TinyTraining.washers(folder, 2)), TrainingFiles.NONE);
  }

  private static Path export(DetectorBundle bundle, ExportSettings settings) {
    Path file = folder.resolve(settings.input().id() + ".onnx");
    try (TorchDetector torch = TorchDetector.of(bundle, "washer", backbone)) {
      OnnxExport.write(bundle, torch, settings, List.of(), file);
    }
    return file;
  }

  private static List<Detection> detect(Path file) {
    try (OnnxDetector onnx = OnnxDetector.open(file)) {
      return onnx.detect(IMAGES);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "clip+trunk, 1, false, FP32, false",
    "clip+trunk, 1, true, INT8, false",
    "clip+dinov2-small, 1, false, FP32, false",
    "clip+dinov2-small, 1, false, INT8, false",
    "clip+dinov2-small, 1, true, FP32, true",
    "trunk, 2, false, FP32, false",
    "clip, 2, true, INT8, false",
    "clip, 1, false, FP16, false"
  })
  void scoresAndMapsAreEqualToTheBit(
      String encoder,
      String columns,
      boolean withRegion,
      OnnxPrecision precision,
      boolean withResize)
      throws OrtException {
    DetectorBundle bundle =
        train(
            Map.of(
                "memory.encoder",
                encoder,
                "dinov2.image_size",
                "98",
                "dinov2.layers",
                "3,2",
                "tiles.columns",
                columns,
                "tiles.memory",
                columns.equals("1") ? "shared" : "place"),
            withRegion);
    ExportSettings bytes =
        new ExportSettings(
            precision, withResize, Thresholds.NONE, ExportSettings.INT8_ERROR, OnnxInput.UINT8);
    Path expected = export(bundle, bytes);
    Path actual = export(bundle, bytes.with(OnnxInput.FLOAT));
    List<Detection> scored = detect(expected);
    assertEquals(scored, detect(actual));
    assertEquals(IMAGES.size(), scored.stream().map(Detection::score).distinct().count());
    requireOtherPicturesAlone(expected, actual);
  }

  private static void requireOtherPicturesAlone(Path bytes, Path floats) throws OrtException {
    try (RawSession one = new RawSession(bytes, Map.of());
        RawSession other = new RawSession(floats, Map.of())) {
      Map<String, String> expected = new TreeMap<>(one.inputs());
      expected.replaceAll((name, type) -> type.replace("UINT8", "FLOAT"));
      assertNotEquals(one.inputs(), expected);
      assertEquals(expected, other.inputs());
      assertEquals(one.outputs(), other.outputs());
    }
  }

  /** An array of floats a row of a table, several rows a batch, and the score alone asked for. */
  @Test
  void numbersOfTableRowsAreAllThatALibraryNeeds() throws OrtException {
    Path bytes = export(plain, ExportSettings.of(OnnxPrecision.FP32));
    Path floats = export(plain, ExportSettings.of(OnnxPrecision.FP32).with(OnnxInput.FLOAT));
    List<RgbImage> resized = IMAGES.stream().map(image -> Resampler.resize(image, 64, 64)).toList();
    List<float[]> rows = resized.stream().map(FloatInputTest::row).toList();
    long[] shape = {3, 64, 64};
    try (RawSession known = new RawSession(bytes, Map.of());
        RawSession session = new RawSession(floats, Map.of())) {
      assertEquals(Map.of("image", "FLOAT [-1, 3, 64, 64]"), session.inputs());
      assertEquals("FLOAT [-1]", session.outputs().get("score"));
      assertEquals("FLOAT [-1, 64, 64]", session.outputs().get("map"));
      RawSession.Answer expected = known.run(resized);
      try (OnnxTensor score = session.fetch("image", rows, shape, "score");
          OnnxTensor map = session.fetch("image", rows, shape, "map")) {
        assertArrayEquals(expected.score(), (float[]) score.getValue());
        assertArrayEquals(expected.map(), (float[][][]) map.getValue());
      }
    }
  }

  private static float[] row(RgbImage image) {
    ByteBuffer samples = ByteBuffer.allocate(3 * image.width() * image.height());
    image.putPlanar(samples);
    float[] row = new float[samples.capacity()];
    for (int i = 0; i < row.length; i++) {
      row[i] = Byte.toUnsignedInt(samples.get(i));
    }
    return row;
  }

  @Test
  void otherThresholdsLeaveInputsAndScoresAsTheyAre() throws OrtException {
    Path file = export(plain, ExportSettings.of(OnnxPrecision.INT8).with(OnnxInput.FLOAT));
    Path target = folder.resolve("calibrated.onnx");
    GraphThresholds.write(
        file,
        new Calibration(Calibration.Kind.MANUAL, 0.25f, 0.125f, 0, 0.01, 3, Optional.empty()),
        target);
    assertEquals(detect(file), detect(target));
    try (RawSession session = new RawSession(target, Map.of());
        OnnxDetector opened = OnnxDetector.open(target)) {
      assertEquals(Map.of("image", "FLOAT [-1, 3, 64, 64]"), session.inputs());
      assertEquals(0.25f, opened.metadata().thresholds().image());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "U8, F32, uint8 and float",
    "F32, U8, float and uint8",
    "I8, I8, int8 and int8",
    "F32, F32, "
  })
  void picturesOfMixedOrUnknownTypesAreRefused(DType first, DType second, String told) {
    Path file = folder.resolve("mixed.onnx");
    OnnxGraph graph = new OnnxGraph("mixed");
    GraphScope room = graph.room("any");
    graph.input("image", first, "batch", "3", "8", "8");
    graph.input("image_16", second, "batch", "3", "16", "16");
    for (String output : List.of("score", "map")) {
      graph.node("Identity", output, List.of(Products.cast(room, output, "image", DType.F32)));
      graph.output(output, DType.F32, "batch", "3", "8", "8");
    }
    OnnxMetadata metadata =
        new OnnxMetadata(
            "fp32",
            8,
            Thresholds.NONE,
            plain.provenance(),
            "test",
            Optional.empty(),
            List.of(16),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    OnnxFile.write(file, graph, "test", metadata.toProperties(), OnnxFile.LARGEST);
    if (told == null) {
      OnnxDetector.open(file).close();
      return;
    }
    String message = assertThrows(InputException.class, () -> OnnxDetector.open(file)).getMessage();
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains("takes pictures as " + told + ","), message);
  }
}
