package io.github.anople.lab.speed;

import io.github.anople.torch.clip.PromptRows;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.model.DetectionStep;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/** The image tower with its prompts, from normalised pixels to features, beside other runtimes. */
final class EncodeBench implements Bench {

  static final List<Integer> BATCHES = List.of(1, 8);
  private static final int LARGEST = 8;

  /** A component of a feature of unit length is about 0.04: fp32 rounds 1e-6, bf16 a hundredth. */
  private static final double SAME_FORMAT = 1e-4;

  private static final double OTHER_FORMAT = 0.05;

  @Override
  public String name() {
    return "encode";
  }

  @Override
  public void run(Workbench workbench, Results results) {
    float[] pixels = workbench.images(LARGEST);
    float[] expected = features(workbench, Precision.FP32, pixels);
    for (Precision precision : workbench.precisions()) {
      Agreement agreement = Agreement.of(expected, features(workbench, precision, pixels));
      if (!agreement.within(precision == Precision.FP32 ? SAME_FORMAT : OTHER_FORMAT)) {
        results.leaveOut(name(), Workbench.ours(precision), agreement.toString());
        continue;
      }
      for (int batch : BATCHES) {
        Samples samples = time(workbench, precision, batch, pixels);
        results.add(
            new Timing(
                task(batch),
                Workbench.ours(precision),
                samples,
                work(workbench, precision, batch),
                agreement.toString()));
      }
    }
    rivals(workbench, results, expected);
  }

  private static String task(int batch) {
    return "encode, batch " + batch;
  }

  private static Work work(Workbench workbench, Precision precision, int batch) {
    int rows = TensorScope.inference(() -> rows(step(workbench, precision), 1).count());
    return new Work(
        batch * EncoderWork.image(workbench.config(), rows), Workbench.limit(precision));
  }

  private static DetectionStep step(Workbench workbench, Precision precision) {
    return workbench.model(precision).step();
  }

  /** The whole view's rows, for each image. */
  private static PromptRows rows(DetectionStep step, int images) {
    long[] views = new long[images];
    Arrays.fill(views, step.wholeView());
    return step.contexts().forViews(views);
  }

  private static Tensor encode(DetectionStep step, Tensor images) {
    return step.model()
        .clip()
        .vision()
        .encode(images, rows(step, (int) images.size(0)), Set.of())
        .image();
  }

  private static float[] features(Workbench workbench, Precision precision, float[] pixels) {
    DetectionStep step = step(workbench, precision);
    return TensorScope.inference(
        () -> Tensors.floats(Tensors.normalize(encode(step, batch(workbench, LARGEST, pixels)))));
  }

  private static Tensor batch(Workbench workbench, int images, float[] pixels) {
    int side = workbench.config().vision().imageSize();
    Tensor all = Tensors.of(pixels, LARGEST, 3, side, side);
    return workbench.device().place(all.narrow(0, 0, images).contiguous());
  }

  private static Samples time(Workbench workbench, Precision precision, int batch, float[] pixels) {
    DetectionStep step = step(workbench, precision);
    return TensorScope.inference(
        () -> {
          Tensor images = batch(workbench, batch, pixels);
          return workbench
              .repetitions()
              .time(() -> TensorScope.inference(() -> Tensors.floats(encode(step, images))));
        });
  }

  /** The same tower elsewhere: same weights, context rows and pictures, in a process of its own. */
  private void rivals(Workbench workbench, Results results, float[] expected) {
    DetectionStep step = step(workbench, Precision.FP32);
    List<String> inputs =
        TensorScope.inference(
            () -> RivalInputs.write(workbench, rows(step, 1), workbench.images(LARGEST), BATCHES));
    for (Rival rival : Rival.values()) {
      String system = rival.system();
      try (RivalProcess process = rival.start(workbench, inputs)) {
        Agreement agreement = Agreement.of(expected, process.features());
        if (!agreement.within(SAME_FORMAT)) {
          throw new Unavailable("its features differ: " + agreement);
        }
        String note = process.version() + ", " + agreement;
        process
            .time()
            .forEach(
                (batch, samples) ->
                    results.add(
                        new Timing(
                            task(batch),
                            system,
                            samples,
                            work(workbench, Precision.FP32, batch),
                            note)));
      } catch (Unavailable e) {
        results.leaveOut(name(), system, e.getMessage());
      }
    }
  }
}
