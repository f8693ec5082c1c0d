package io.github.anople.lab.speed;

import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.model.DetectionStep;
import io.github.anople.torch.portable.PortableTensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Dense features and pixel logits from patch rows. */
final class DecoderBench implements Bench {

  private static final List<Integer> BATCHES = List.of(1, 8);

  @Override
  public String name() {
    return "decoder";
  }

  @Override
  public void run(Workbench workbench, Results results) {
    DetectionStep step = workbench.model(Precision.FP32).step();
    int patches = workbench.config().vision().patches();
    int width = workbench.config().vision().width();
    for (int batch : BATCHES) {
      float[] rows = PortableTensors.values("patches", batch * patches * width, 0, 1);
      Samples samples =
          workbench
              .repetitions()
              .time(
                  () ->
                      TensorScope.inference(
                          () -> {
                            Tensor given = Tensors.of(rows, batch, patches, width);
                            logits(step, workbench.device().place(given));
                            workbench.device().synchronize();
                            return null;
                          }));
      results.add(
          new Timing(
              "decoder, batch " + batch,
              Workbench.ours(Precision.FP32),
              samples,
              new Work(batch * EncoderWork.decoder(workbench.config()), Limit.FP32),
              ""));
    }
  }

  private static Tensor logits(DetectionStep step, Tensor rows) {
    ClipModel clip = step.model().clip();
    return step.model().decoder().logits(clip.vision(), rows, step.texts(), clip.logitScale());
  }
}
