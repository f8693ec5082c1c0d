package io.github.anople.lab.speed;

import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.MemoryBank;
import io.github.anople.torch.model.DetectionStep;
import io.github.anople.torch.model.Images;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The nearest normal patch for each patch of one image, exactly: among patches of drawn pictures,
 * and among rows at random, of which none is like another and every one has to be looked at.
 */
final class MemoryBench implements Bench {

  /** Above that, the whole table of similarities is not made only to compare. */
  private static final long COMPARED = 20_000;

  private static final double TOLERANCE = 1e-5;

  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;

  /** A picture that is not in the memory. */
  private static final int ANOTHER = 1000;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public void run(Workbench workbench, Results results) {
    long queries = workbench.config().vision().patches();
    long width = workbench.config().vision().width();
    DetectionStep step = workbench.model(workbench.precisions().get(0)).step();
    for (long size : workbench.settings().scale().memoryRows()) {
      String task = "memory, " + queries + " queries, " + size + " rows";
      TensorScope.inference(
          () -> {
            ComputeDevice device = workbench.device();
            if (size <= COMPARED && size % queries == 0) {
              Tensor rows = patches(step, 0, (int) (size / queries));
              measure(workbench, results, task, patches(step, ANOTHER, 1), rows);
            }
            if (size > queries) {
              Tensor patches = device.place(random(queries, width));
              Tensor rows = device.place(random(size, width));
              measure(workbench, results, task + " at random", patches, rows);
            }
            return null;
          });
    }
  }

  /** Patch features of drawn pictures, {@code [pictures · n, d_v]}. */
  private static Tensor patches(DetectionStep step, int first, int images) {
    Tensor[] parts = new Tensor[images];
    for (int i = 0; i < images; i++) {
      RgbImage image = RgbImage.of(DrawnImage.draw(WIDTH, HEIGHT, first + i));
      Tensor one = Images.batch(step.model().clip(), List.of(image));
      parts[i] = step.memoryFeatures(one).squeeze(0);
    }
    return Tensors.concat(0, parts);
  }

  private static void measure(
      Workbench workbench, Results results, String task, Tensor queries, Tensor rows) {
    try (OwnedTensors owner = new OwnedTensors()) {
      measure(workbench, results, task, queries, rows, new MemoryBank(rows, owner));
    }
  }

  private static void measure(
      Workbench workbench,
      Results results,
      String task,
      Tensor queries,
      Tensor rows,
      MemoryBank bank) {
    Tensor features = queries.unsqueeze(0);
    String system = Workbench.ours(Precision.FP32);
    String note = "";
    if (rows.size(0) <= COMPARED) {
      Agreement agreement =
          TensorScope.inference(
              () ->
                  Agreement.of(
                      Tensors.floats(inOneTable(queries, rows)),
                      Tensors.floats(bank.distances(features))));
      note = agreement.toString();
      if (!agreement.within(TOLERANCE)) {
        results.leaveOut(task, system, note);
        return;
      }
    }
    Samples samples =
        workbench
            .repetitions()
            .time(() -> TensorScope.inference(() -> Tensors.floats(bank.distances(features))));
    double operations = 2.0 * queries.size(0) * rows.size(0) * queries.size(1);
    results.add(new Timing(task, system, samples, new Work(operations, Limit.FP32), note));
  }

  private static Tensor inOneTable(Tensor queries, Tensor rows) {
    Tensor nearest = torch.matmul(queries, rows.t()).amax(new long[] {1}, false);
    return nearest.neg().add(new Scalar(1.0)).mul(new Scalar(0.5));
  }

  /** Rows of unit length, normalised in place: a million of them are gigabytes. */
  private static Tensor random(long rows, long width) {
    Tensor made = torch.randn(rows, width);
    return made.div_(made.norm(new ScalarOptional(new Scalar(2.0)), new long[] {1}, true));
  }
}
