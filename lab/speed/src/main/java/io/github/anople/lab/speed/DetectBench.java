package io.github.anople.lab.speed;

import io.github.anople.app.export.ExportSettings;
import io.github.anople.app.export.OnnxExport;
import io.github.anople.app.export.OnnxPrecision;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.RgbImage;
import io.github.anople.onnx.OnnxDetector;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.model.DetectionStep;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A picture in memory to score and map, on libtorch and, exported, on ONNX Runtime. */
final class DetectBench implements Bench {

  static final List<Integer> BATCHES = List.of(1, 8);
  private static final String WHERE = "the bench's detector";

  /** What rounding may do to a score or a map: in fp32, and in a smaller format. */
  private static final double SAME_FORMAT = 1e-4;

  private static final double OTHER_FORMAT = 0.05;

  @Override
  public String name() {
    return "detect";
  }

  @Override
  public void run(Workbench workbench, Results results) {
    List<RgbImage> images = images();
    float[] expected;
    try (TorchDetector reference = torch(workbench, Precision.FP32)) {
      expected = scoresAndMaps(reference, images, 1);
    }
    for (Precision precision : workbench.precisions()) {
      try (TorchDetector detector = torch(workbench, precision)) {
        boolean same = precision == Precision.FP32;
        Task task = new Task(Workbench.ours(precision), Workbench.limit(precision), same);
        measure(workbench, results, detector, task, images, expected);
      }
    }
    for (OnnxPrecision precision : List.of(OnnxPrecision.FP32, OnnxPrecision.INT8)) {
      boolean same = precision == OnnxPrecision.FP32;
      Task task = new Task("ONNX Runtime " + precision.id(), same ? Limit.FP32 : Limit.INT8, same);
      try (OnnxDetector detector = OnnxDetector.open(exported(workbench, precision, images))) {
        measure(workbench, results, detector, task, images, expected);
      }
    }
  }

  /** Who computes, what bounds it, and whether scores must agree as fp32 does. */
  private record Task(String system, Limit limit, boolean sameFormat) {}

  private void measure(
      Workbench workbench,
      Results results,
      AnomalyDetector detector,
      Task task,
      List<RgbImage> images,
      float[] expected) {
    for (int batch : BATCHES) {
      Agreement agreement = Agreement.of(expected, scoresAndMaps(detector, images, batch));
      if (!agreement.within(task.sameFormat() ? SAME_FORMAT : OTHER_FORMAT)) {
        results.leaveOut(name(), task.system(), "its scores and maps differ: " + agreement);
        return;
      }
      List<RgbImage> some = images.subList(0, batch);
      Samples samples = workbench.repetitions().time(() -> detector.detect(some));
      results.add(
          new Timing(
              "detect, batch " + batch,
              task.system(),
              samples,
              new Work(batch * operations(workbench), task.limit()),
              agreement.toString()));
    }
  }

  /** As many pictures as the largest batch has. */
  static List<RgbImage> images() {
    List<RgbImage> images = new ArrayList<>();
    for (int i = 0; i < BATCHES.get(BATCHES.size() - 1); i++) {
      images.add(RgbImage.of(DrawnImage.draw(640, 480, i)));
    }
    return images;
  }

  static TorchDetector torch(Workbench workbench, Precision precision) {
    return TorchDetector.of(workbench.bundle(), WHERE, workbench.backbone(precision));
  }

  static Path exported(Workbench workbench, OnnxPrecision precision, List<RgbImage> images) {
    Path file = workbench.folder("onnx").resolve(precision.id() + ".onnx");
    try (TorchDetector detector = torch(workbench, Precision.FP32)) {
      OnnxExport.write(
          workbench.bundle(), detector, ExportSettings.of(precision), images.subList(0, 1), file);
    }
    return file;
  }

  /** The score of each picture and its map after it, computed in batches. */
  private static float[] scoresAndMaps(AnomalyDetector detector, List<RgbImage> images, int batch) {
    int side = detector.imageSize();
    FloatBuffer values = FloatBuffer.allocate(images.size() * (1 + side * side));
    for (int first = 0; first < images.size(); first += batch) {
      for (Detection detection : detector.detect(images.subList(first, first + batch))) {
        values.put(detection.score()).put(detection.map().toArray());
      }
    }
    return values.array();
  }

  /** Encoder, decoder, and a memory of one shot. */
  private static double operations(Workbench workbench) {
    DetectionStep step = workbench.model(Precision.FP32).step();
    int rows = TensorScope.inference(() -> step.contexts().forViews(step.wholeView()).count());
    double patches = workbench.config().vision().patches();
    return EncoderWork.image(workbench.config(), rows)
        + EncoderWork.decoder(workbench.config())
        + 2 * patches * patches * workbench.config().vision().width();
  }
}
