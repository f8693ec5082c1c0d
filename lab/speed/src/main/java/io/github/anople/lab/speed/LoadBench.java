package io.github.anople.lab.speed;

import io.github.anople.app.export.OnnxPrecision;
import io.github.anople.app.mini.MiniBackbone;
import io.github.anople.core.PhysicalCores;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.RgbImage;
import io.github.anople.onnx.OnnxDetector;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.engine.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A training step and detection beside other programs: with no core kept busy, one, and all. A fair
 * share of two cores is two thirds of them beside one busy process, 1.5 times as long, and half of
 * them beside two.
 */
final class LoadBench implements Bench {

  /** The scheduler deals cores out unevenly for seconds. */
  private static final Repetitions LEAST = new Repetitions(2, 15, 5);

  @Override
  public String name() {
    return "load";
  }

  @Override
  public void run(Workbench workbench, Results results) {
    try (Workbench mini = workbench.on(miniFolder(workbench))) {
      measure(mini, "mini", results);
    }
    measure(workbench, "full size", results);
  }

  private static Path miniFolder(Workbench workbench) {
    return MiniBackbone.builtIn().unpack(workbench.folder("backbones")).directory();
  }

  private static void measure(Workbench workbench, String size, Results results) {
    Precision precision = Precision.AUTO.resolve(workbench.device());
    String ours = Workbench.ours(precision);
    task(
        "training step, " + StepBench.views() + " views, " + size,
        ours,
        () -> StepBench.step(workbench, precision),
        results);
    List<RgbImage> images = DetectBench.images();
    try (TorchDetector detector = DetectBench.torch(workbench, precision)) {
      detect(detector, ours, size, images, results);
    }
    for (OnnxPrecision format : List.of(OnnxPrecision.FP32, OnnxPrecision.INT8)) {
      try (OnnxDetector detector =
          OnnxDetector.open(DetectBench.exported(workbench, format, images))) {
        detect(detector, "ONNX Runtime " + format.id(), size, images, results);
      }
    }
  }

  private static void detect(
      AnomalyDetector detector,
      String system,
      String size,
      List<RgbImage> images,
      Results results) {
    for (int batch : DetectBench.BATCHES) {
      List<RgbImage> some = images.subList(0, batch);
      task(
          "detect, batch " + batch + ", " + size,
          system,
          () -> LEAST.time(() -> detector.detect(some)),
          results);
    }
  }

  @SuppressWarnings("try") // The other processes are busy by being there.
  private static void task(String task, String system, Supplier<Samples> samples, Results results) {
    Map<Integer, Samples> byLoad = new TreeMap<>();
    for (int busy : new TreeSet<>(List.of(0, 1, PhysicalCores.count()))) {
      try (BusyProcesses others = BusyProcesses.start(busy)) {
        byLoad.put(busy, samples.get());
      } catch (Unavailable e) {
        results.leaveOut(task, system, e.getMessage());
        return;
      }
    }
    double idle = byLoad.get(0).median();
    byLoad.forEach(
        (busy, taken) ->
            results.add(
                new Timing(
                    busy == 0 ? task : task + ", beside " + busy + " busy",
                    system,
                    taken,
                    Work.UNCOUNTED,
                    busy == 0 ? "" : "%.2f × idle".formatted(taken.median() / idle))));
  }
}
