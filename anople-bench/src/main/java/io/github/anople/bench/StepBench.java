package io.github.anople.bench;

import io.github.anople.core.image.ImageReader;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.prompt.Contexts;
import io.github.anople.torch.prompt.PromptLearner;
import io.github.anople.torch.synth.AnomalySource;
import io.github.anople.torch.train.Trainer;
import io.github.anople.torch.train.TrainingConfig;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;

/** A training step of ten views as a training does it, and its encoder alone. */
final class StepBench implements Bench {

  /** The first two steps of a process are slow. */
  private static final int FEWEST_WARM_UPS = 2;

  private static final int MOST = 10;

  @Override
  public String name() {
    return "step";
  }

  @Override
  public void run(Workbench workbench, Results results) {
    Repetitions given = workbench.repetitions().atMost(MOST);
    Repetitions repetitions =
        new Repetitions(
            Math.max(FEWEST_WARM_UPS, given.warmUps()), given.counted(), given.seconds());
    for (Precision precision : workbench.precisions()) {
      Timing step = step(workbench, precision, repetitions);
      Timing encoder = encoder(workbench, precision, repetitions);
      double share = encoder.samples().median() / step.samples().median();
      results.add(
          new Timing(
              step.task(),
              step.system(),
              step.samples(),
              step.work(),
              "encoder's share " + Table.percent(share)));
      results.add(encoder);
    }
  }

  /** Twice the forward's operations: gradients reach the context rows, not the weights. */
  private static Work work(Workbench workbench, Precision precision, int views) {
    TrainingConfig config = TrainingConfig.mvtec();
    int rows = 1 + config.visualContext() + config.textContext();
    return new Work(
        2.0 * views * EncoderWork.image(workbench.config(), rows), Workbench.limit(precision));
  }

  private static int views() {
    return 2 * TrainingConfig.mvtec().views();
  }

  /** The time from one step's end to the next one's, in a training of one shot. */
  private static Timing step(Workbench workbench, Precision precision, Repetitions repetitions) {
    int steps = repetitions.warmUps() + repetitions.counted() + 1;
    TrainingConfig config = TrainingConfig.mvtec().toBuilder().epochs(steps).build();
    List<Long> ends = new ArrayList<>();
    TrainingListener clock =
        new TrainingListener() {
          @Override
          public void stepDone(StepEvent step) {
            ends.add(System.nanoTime());
          }
        };
    new Trainer(config, AnomalySource.ofItself(), new ImageReader(), clock)
        .train(
            workbench.backbone(precision),
            "bench",
            List.of(workbench.product()),
            TrainingFiles.NONE);
    double[] seconds = new double[repetitions.counted()];
    for (int i = 0; i < seconds.length; i++) {
      int step = repetitions.warmUps() + i;
      seconds[i] = (ends.get(step + 1) - ends.get(step)) / 1e9;
    }
    return new Timing(
        "training step, " + views() + " views",
        Workbench.ours(precision),
        new Samples(seconds),
        work(workbench, precision, views()),
        "");
  }

  /** Forward and backward through the image tower alone. */
  private static Timing encoder(Workbench workbench, Precision precision, Repetitions repetitions) {
    TrainingConfig config = TrainingConfig.mvtec();
    int side = workbench.config().vision().imageSize();
    long[] signals = LongStream.range(0, views()).map(row -> row % config.views()).toArray();
    float[] pixels = workbench.images(views());
    try (Parameters parameters =
        Parameters.of(workbench.bundle().learned(), true, workbench.device())) {
      PromptLearner prompts = new PromptLearner(config.promptShape(workbench.config()), parameters);
      Samples samples =
          repetitions.time(
              () ->
                  TensorScope.run(
                      () -> {
                        parameters.zeroGradients();
                        Contexts contexts = prompts.contexts();
                        Tensor images =
                            workbench.device().place(Tensors.of(pixels, views(), 3, side, side));
                        workbench
                            .backbone(precision)
                            .clip()
                            .vision()
                            .encode(images, contexts.forViews(signals), Set.of())
                            .patches()
                            .sum()
                            .backward();
                        workbench.device().synchronize();
                      }));
      return new Timing(
          "training step's encoder",
          Workbench.ours(precision),
          samples,
          work(workbench, precision, views()),
          "");
    }
  }
}
