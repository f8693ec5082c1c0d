package io.github.anople.app.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.onnx.OnnxDetector;
import io.github.anople.onnx.OnnxMetadata.Thresholds;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A picture's score and map are the same whatever else is in its batch. */
class BatchTest {

  private static final float SAME = 1e-6f;

  /** Every map that can be is in 8 bits. */
  private static final double ANY_ERROR = Double.MAX_VALUE;

  @TempDir static Path folder;

  private static LoadedBackbone backbone;
  private static int side;

  @BeforeAll
  static void load() {
    backbone = TinyTraining.backbone();
    side = backbone.clip().config().vision().imageSize();
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  @ParameterizedTest
  @CsvSource({"FP32, 1", "FP16, 1", "INT8, 1", "FP32, 2", "INT8, 2"})
  void whateverElseIsInTheBatch(OnnxPrecision precision, String shifts) throws OrtException {
    Path file = export(precision, shifts);
    RgbImage part = Resampler.resize(Agreement.images(1).get(0), side, side);
    for (OptLevel level : List.of(OptLevel.ALL_OPT, OptLevel.NO_OPT)) {
      try (RawSession session = new RawSession(file, Map.of(), level)) {
        RawSession.Answer alone = session.run(List.of(part));
        for (List<RgbImage> others : company()) {
          for (int place = 0; place <= others.size(); place++) {
            List<RgbImage> batch = new ArrayList<>(others);
            batch.add(place, part);
            RawSession.Answer answer = session.run(batch);
            assertEquals(alone.score()[0], answer.score()[place], SAME);
            for (int y = 0; y < side; y++) {
              assertArrayEquals(alone.map()[0][y], answer.map()[place][y], SAME);
            }
          }
        }
      }
    }
    requireSameOfTheDetector(file, part);
  }

  private static void requireSameOfTheDetector(Path file, RgbImage part) {
    try (OnnxDetector detector = OnnxDetector.open(file)) {
      Detection alone = detector.detect(part);
      for (List<RgbImage> others : company()) {
        List<RgbImage> batch = new ArrayList<>(others);
        batch.add(part);
        Detection among = detector.detect(batch).get(others.size());
        assertEquals(alone.score(), among.score(), SAME);
        assertArrayEquals(alone.map().toArray(), among.map().toArray(), SAME);
      }
    }
  }

  private static Path export(OnnxPrecision precision, String shifts) {
    TrainingConfig config =
        TinyTraining.config().with("optimizer.epochs", "1").with("detection.shifts", shifts);
    String name = precision.id() + shifts;
    DetectorBundle bundle = TinyTraining.train(backbone, config, folder.resolve(name));
    Path file = folder.resolve(name + ".onnx");
    try (TorchDetector torch = TorchDetector.of(bundle, "washer", backbone)) {
      ExportSettings settings = new ExportSettings(precision, false, Thresholds.NONE, ANY_ERROR);
      OnnxExport.write(bundle, torch, settings, List.of(), file);
    }
    return file;
  }

  /** Batches of what moves the ranges of activations: flat, extreme, of noise; and of two kinds. */
  private static List<List<RgbImage>> company() {
    RgbImage black = flat(0);
    RgbImage white = flat(255);
    byte[] noise = new byte[3 * side * side];
    new Random(3).nextBytes(noise);
    byte[] board = new byte[noise.length];
    for (int i = 0; i < board.length; i++) {
      board[i] = (byte) (i / 3 % side / 8 % 2 == i / 3 / side / 8 % 2 ? 255 : 0);
    }
    RgbImage noisy = RgbImage.of(side, side, noise);
    RgbImage checked = RgbImage.of(side, side, board);
    return List.of(
        List.of(black), List.of(white), List.of(noisy), List.of(checked, noisy, white, black));
  }

  private static RgbImage flat(int level) {
    byte[] samples = new byte[3 * side * side];
    Arrays.fill(samples, (byte) level);
    return RgbImage.of(side, side, samples);
  }
}
