package io.github.anople.pretrain.train;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.pretrain.scene.SceneGenerator;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipTensorNames;
import io.github.anople.torch.clip.ClipTokenizer;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command: makes mini from nothing but a seed. */
@Command(
    name = "pretrain",
    mixinStandardHelpOptions = true,
    description = "Trains a small CLIP on drawn scenes; goes on where an earlier call stopped.")
final class Pretrain implements Callable<Integer> {

  private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMinutes(3);
  private static final int SCALE_SCENES = 256;

  @Option(
      names = "--output",
      required = true,
      description = "Folder of weights, checkpoint and log.")
  private Path output;

  @Option(names = "--seed", defaultValue = "0")
  private long seed;

  @Option(names = "--steps", defaultValue = "5500")
  private long steps;

  @Option(names = "--batch", defaultValue = "16")
  private int batch;

  @Option(names = "--fresh", defaultValue = "4")
  private int fresh;

  @Option(names = "--pool", defaultValue = "4096")
  private int pool;

  @Option(names = "--kept-patches", defaultValue = "225")
  private int kept;

  @Option(names = "--rate", defaultValue = "1.5e-3")
  private double rate;

  @Option(names = "--warmup", defaultValue = "200")
  private int warmup;

  @Option(names = "--descriptors", defaultValue = "1")
  private double descriptors;

  @Option(names = "--contrast", defaultValue = "0.2")
  private double contrast;

  @Option(names = "--words", defaultValue = "0.2")
  private double words;

  @Option(names = "--damage", defaultValue = "0.5")
  private double damage;

  @Option(names = "--precision", defaultValue = "auto")
  private Precision precision;

  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new Pretrain());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionExceptionHandler(
        (fault, line, parsed) -> {
          if (fault instanceof InputException) {
            line.getErr().println(fault.getMessage());
            return 1;
          }
          throw fault;
        });
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Files.createDirectories(output);
    PretrainConfig config =
        new PretrainConfig(
            seed,
            steps,
            batch,
            fresh,
            pool,
            kept,
            rate,
            warmup,
            descriptors,
            contrast,
            words,
            damage);
    List<String> merges = MiniVocabulary.merges(seed);
    OpenClipExport.writeVocabulary(output, merges);
    ClipConfig architecture = MiniArchitecture.of(MiniVocabulary.size(merges));
    ClipTokenizer tokenizer =
        ClipTokenizer.read(
            output.resolve("merges.txt"),
            architecture.text().vocabSize(),
            architecture.text().contextLength());
    PretrainState from = start(config, architecture);
    try (PretrainRun run = new PretrainRun(config, architecture, tokenizer, from, precision)) {
      learn(run, config);
    }
    return 0;
  }

  private Path checkpoint() {
    return output.resolve("checkpoint.safetensors");
  }

  private PretrainState start(PretrainConfig config, ClipConfig architecture) {
    if (Files.exists(checkpoint())) {
      return PretrainState.read(
          checkpoint(), config.toString(), ClipTensorNames.shapes(architecture));
    }
    return PretrainState.initial(InitialWeights.of(architecture, seed), scale());
  }

  /** Mean and deviation of the descriptors over scenes that are not trained on. */
  private FloatTensor scale() {
    SceneGenerator generator = new SceneGenerator(seed ^ 0x5ca1e, MiniArchitecture.SIDE);
    List<float[]> pictures = new ArrayList<>();
    for (int i = 0; i < SCALE_SCENES; i++) {
      pictures.add(generator.draw(i).image().toPlanar());
    }
    int side = MiniArchitecture.SIDE;
    return TensorScope.inference(
        () -> {
          TensorVector statistics = new TensorVector();
          for (float[] picture : pictures) {
            statistics.push_back(
                DescriptorTeacher.statistics(Tensors.of(picture, 1, 3, side, side)));
          }
          return DescriptorTeacher.scale(torch.cat(statistics, 0));
        });
  }

  private void learn(PretrainRun run, PretrainConfig config) throws IOException {
    try (PretrainLog log = PretrainLog.open(output.resolve("pretrain.csv"), run.steps())) {
      Instant saved = Instant.now();
      while (run.steps() < config.steps()) {
        log.add(run.steps() + 1, config.rate(run.steps()), run.step());
        if (Duration.between(saved, Instant.now()).compareTo(BETWEEN_CHECKPOINTS) > 0) {
          save(run, config);
          saved = Instant.now();
        }
      }
      save(run, config);
    }
  }

  private void save(PretrainRun run, PretrainConfig config) {
    PretrainState state = run.state();
    OpenClipExport.writeWeights(output, state.weights(), state.steps());
    state.write(checkpoint(), config.toString());
  }
}
