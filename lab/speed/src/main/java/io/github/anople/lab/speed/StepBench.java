package io.github.anople.lab.speed;

import io.github.anople.core.image.ImageReader;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.engine.Workers;
import io.github.anople.torch.prompt.ClassTexts;
import io.github.anople.torch.prompt.Contexts;
import io.github.anople.torch.prompt.PromptLearner;
import io.github.anople.torch.prompt.PromptShape;
import io.github.anople.torch.synth.AnomalySource;
import io.github.anople.torch.train.Trainer;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;

/**
 * A training step of ten views as a training does it, and its encoders alone. They take turns, so
 * that the encoders' share does not depend on how fast the machine was at which time.
 */
final class StepBench implements Bench {

  /** The first two steps of a process are slow. */
  private static final int WARM_UPS = 2;

  private static final int STEPS_A_ROUND = 3;
  private static final int MOST_ROUNDS = 3;

  @Override
  public String name() {
    return "step";
  }

  @Override
  public void run(Workbench workbench, Results results) {
    int rounds = Math.min(workbench.repetitions().counted() / STEPS_A_ROUND, MOST_ROUNDS);
    for (Precision precision : workbench.precisions()) {
      List<Samples> steps = new ArrayList<>();
      List<Samples> image = new ArrayList<>();
      List<Samples> both = new ArrayList<>();
      for (int round = 0; round == 0 || round < rounds; round++) {
        steps.add(step(workbench, precision));
        image.add(encoders(workbench, precision, false));
        both.add(encoders(workbench, precision, true));
      }
      Samples step = Samples.of(steps);
      Samples imageAlone = Samples.of(image);
      Samples encoders = Samples.of(both);
      String shares =
          "image encoder's share %s, both encoders' %s"
              .formatted(share(imageAlone, step), share(encoders, step));
      add(workbench, precision, results, "training step, " + views() + " views", step, shares);
      add(workbench, precision, results, "training step's image encoder", imageAlone, "");
      add(workbench, precision, results, "training step's encoders, both", encoders, "");
    }
  }

  private static String share(Samples part, Samples whole) {
    return Table.percent(part.median() / whole.median());
  }

  private static void add(
      Workbench workbench,
      Precision precision,
      Results results,
      String task,
      Samples samples,
      String note) {
    results.add(
        new Timing(
            task, Workbench.ours(precision), samples, work(workbench, precision, views()), note));
  }

  /** Twice the forward's operations: gradients reach the context rows, not the weights. */
  private static Work work(Workbench workbench, Precision precision, int views) {
    TrainingConfig config = TrainingConfig.mvtec();
    int rows = 1 + config.prompts().visualContext() + config.prompts().textContext();
    return new Work(
        2.0 * views * EncoderWork.image(workbench.config(), rows), Workbench.limit(precision));
  }

  static int views() {
    return 2 * TrainingConfig.mvtec().views().count();
  }

  /** The times from one step's end to the next one's, in a training of one shot. */
  static Samples step(Workbench workbench, Precision precision) {
    int steps = WARM_UPS + STEPS_A_ROUND + 1; // while the last one runs, none is prepared
    TrainingConfig config = TrainingConfig.mvtec().with("optimizer.epochs", String.valueOf(steps));
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
    double[] seconds = new double[STEPS_A_ROUND];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = (ends.get(WARM_UPS + i) - ends.get(WARM_UPS + i - 1)) / 1e9;
    }
    return new Samples(seconds);
  }

  /**
   * Forward and backward through the frozen encoders alone, shared among threads as in a step: the
   * image encoder row by row on a processor.
   *
   * @param texts whether the text encoder is with them
   */
  private static Samples encoders(Workbench workbench, Precision precision, boolean texts) {
    float[] pixels = workbench.images(views());
    ClipModel clip = workbench.backbone(precision).clip();
    ClassTexts words = workbench.model(precision).step().model().texts();
    PromptShape shape = TrainingConfig.mvtec().promptShape(workbench.config());
    int rows = workbench.device().kind() == ComputeDevice.Kind.CPU ? 1 : views();
    try (Parameters parameters =
            Parameters.of(workbench.bundle().learned(), true, workbench.device());
        Workers workers = Workers.forPieces(views())) {
      Runnable towers =
          () ->
              TensorScope.run(
                  () -> {
                    if (texts) {
                      Contexts contexts = new PromptLearner(shape, parameters).contexts();
                      words.features(clip, contexts.forTexts()).sum().backward();
                    }
                    Tensor images = batch(workbench, pixels);
                    workers.map(
                        views() / rows,
                        part -> {
                          image(clip, shape, parameters.twins(), images, part * rows, rows);
                          return part;
                        });
                    workbench.device().synchronize();
                  });
      return new Repetitions(1, STEPS_A_ROUND, Double.POSITIVE_INFINITY).time(towers);
    }
  }

  private static Tensor batch(Workbench workbench, float[] pixels) {
    int side = workbench.config().vision().imageSize();
    return workbench.device().place(Tensors.of(pixels, views(), 3, side, side));
  }

  private static void image(
      ClipModel clip, PromptShape shape, Parameters own, Tensor images, int first, int rows) {
    int perPicture = TrainingConfig.mvtec().views().count();
    long[] signals = LongStream.range(first, first + rows).map(row -> row % perPicture).toArray();
    Contexts contexts = new PromptLearner(shape, own).contexts();
    clip.vision()
        .encode(images.narrow(0, first, rows), contexts.forViews(signals), Set.of())
        .patches()
        .sum()
        .backward();
  }
}
