package io.github.anople.lab.pretrain.train;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipStem;
import io.github.anople.torch.clip.ClipTensorNames;
import io.github.anople.torch.clip.ClipTokenizer;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command: makes mini from nothing but a seed. */
@Command(
    name = "pretrain",
    mixinStandardHelpOptions = true,
    description = "Trains a small CLIP on drawn scenes; continues where an earlier run stopped.")
final class Pretrain implements Callable<Integer> {

  private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMinutes(3);

  @Option(
      names = "--output",
      required = true,
      description = "Folder of weights, checkpoint and log.")
  private Path output;

  @Option(
      names = "--from",
      paramLabel = "FOLDER",
      description =
          "An earlier run's folder: its vocabulary stays and its weights are trained on. Without "
              + "it the run starts from the seed alone.")
  private Path from;

  @Option(
      names = "--mean",
      description = "Write the mean of the weights of --from and the new ones.")
  private boolean mean;

  @Option(
      names = "--scale",
      defaultValue = "1",
      description =
          "Factor on what CLIP multiplies its cosines by, in the weights that are written: below 1 "
              + "probabilities are less sure.")
  private double scale;

  @Option(names = "--seed", defaultValue = "0")
  private long seed;

  @Option(names = "--steps", defaultValue = "4550")
  private long steps;

  @Option(names = "--batch", defaultValue = "64")
  private int batch;

  @Option(names = "--fresh", defaultValue = "16")
  private int fresh;

  @Option(names = "--pool", defaultValue = "8192")
  private int pool;

  @Option(names = "--kept-patches", defaultValue = "225")
  private int kept;

  @Option(names = "--rate", defaultValue = "1.5e-3")
  private double rate;

  @Option(names = "--warmup", defaultValue = "300")
  private int warmup;

  @Option(names = "--descriptors", defaultValue = "10")
  private double descriptors;

  @Option(names = "--contrast", defaultValue = "1")
  private double contrast;

  @Option(names = "--words", defaultValue = "1")
  private double words;

  @Option(names = "--damage", defaultValue = "4")
  private double damage;

  @Option(
      names = "--twins",
      description = "Show damaged scenes next to the same scenes undamaged, in the same batch.")
  private boolean twins;

  @Option(
      names = "--adverse-prompts",
      description =
          "Context rows go where they disturb the memory's layers most, instead of at random.")
  private boolean adverse;

  @Option(
      names = "--stem",
      description =
          "Patches see with the trunk, too (docs/trunk.md): it is added to weights that lack it.")
  private boolean stem;

  @Option(
      names = "--stem-gain",
      defaultValue = "1",
      description =
          "Where --stem adds the trunk: the length of its part of a row, in units of the built "
              + "descriptors'. Default: ${DEFAULT-VALUE}.")
  private double stemGain;

  @Option(
      names = "--learn-stem",
      description = "The trunk's projection is learned; without it, it stays as it was added.")
  private boolean learnStem;

  @Option(names = "--precision", defaultValue = "auto")
  private Precision precision;

  @Option(
      names = "--device",
      defaultValue = "auto",
      description =
          "cpu, cuda, cuda:N or auto: the first card if there is one. Equal seeds give equal "
              + "bytes on the cpu alone. Default: ${DEFAULT-VALUE}.")
  private String device;

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
    if (mean && from == null) {
      throw new InputException("--mean", "lacks earlier weights", "give --from FOLDER too");
    }
    if (!(scale > 0 && Double.isFinite(scale))) {
      throw new InputException("--scale", "is " + scale, "give a factor above 0");
    }
    if (!(stemGain >= 0 && Double.isFinite(stemGain))) {
      throw new InputException("--stem-gain", "is " + stemGain, "give a number of at least 0");
    }
    ComputeDevice where = ComputeDevice.parse(device);
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
            damage,
            twins,
            adverse);
    List<String> merges =
        from == null ? MiniVocabulary.merges(seed) : OpenClipExport.readVocabulary(from);
    int vocabSize = MiniVocabulary.size(merges);
    boolean hasStem = from != null && OpenClipExport.hasStem(from);
    Optional<ClipStem> trunk = stem || hasStem ? Optional.of(StemWeights.STEM) : Optional.empty();
    if (learnStem && trunk.isEmpty()) {
      throw new InputException("--learn-stem", "lacks a stem", "give --stem too");
    }
    OpenClipExport.writeVocabulary(output, merges, trunk);
    ClipConfig architecture = MiniArchitecture.of(vocabSize, trunk);
    ClipTokenizer tokenizer =
        ClipTokenizer.read(
            output.resolve("merges.txt"),
            architecture.text().vocabSize(),
            architecture.text().contextLength());
    Map<String, FloatTensor> earlier = from == null ? null : earlier(architecture, hasStem);
    PretrainState start = start(config, architecture, earlier);
    try (PretrainRun run =
        new PretrainRun(config, architecture, tokenizer, start, precision, where)) {
      learn(run, config, earlier);
    }
    return 0;
  }

  /** Everything that a run depends on. */
  private String settings(PretrainConfig config) {
    String run = from == null ? config.toString() : config + " from " + from.toAbsolutePath();
    String added = stem ? run + " with a stem of gain " + stemGain : run;
    return learnStem ? added + ", learned" : added;
  }

  /** The weights of the earlier run, with a stem where this run has one. */
  private Map<String, FloatTensor> earlier(ClipConfig architecture, boolean hasStem) {
    if (hasStem) {
      return OpenClipExport.readWeights(from, architecture);
    }
    Map<String, FloatTensor> plain = OpenClipExport.readWeights(from, plain(architecture));
    return stem ? StemWeights.added(plain, architecture, stemGain) : plain;
  }

  private static ClipConfig plain(ClipConfig architecture) {
    return MiniArchitecture.of(architecture.text().vocabSize());
  }

  private Path checkpoint() {
    return output.resolve("checkpoint.safetensors");
  }

  private PretrainState start(
      PretrainConfig config, ClipConfig architecture, Map<String, FloatTensor> earlier) {
    if (Files.exists(checkpoint())) {
      return PretrainState.read(
          checkpoint(), settings(config), ClipTensorNames.shapes(architecture), learnStem);
    }
    if (earlier != null) {
      return PretrainState.initial(earlier, learnStem);
    }
    ClipConfig plain = plain(architecture);
    Map<String, FloatTensor> weights = InitialWeights.of(plain, seed);
    BuiltInDescriptors.write(weights, BuiltInScale.measure(plain, weights, seed));
    return PretrainState.initial(
        stem ? StemWeights.added(weights, architecture, stemGain) : weights, learnStem);
  }

  private void learn(PretrainRun run, PretrainConfig config, Map<String, FloatTensor> earlier)
      throws IOException {
    try (PretrainLog log = PretrainLog.open(output.resolve("pretrain.csv"), run.steps())) {
      Instant saved = Instant.now();
      while (run.steps() < config.steps()) {
        log.add(run.steps() + 1, config.rate(run.steps()), run.step());
        if (Duration.between(saved, Instant.now()).compareTo(BETWEEN_CHECKPOINTS) > 0) {
          save(run, config, earlier);
          saved = Instant.now();
        }
      }
      save(run, config, earlier);
    }
  }

  private void save(PretrainRun run, PretrainConfig config, Map<String, FloatTensor> earlier) {
    PretrainState state = run.state();
    Map<String, FloatTensor> weights =
        new LinkedHashMap<>(mean ? OpenClipExport.mean(earlier, state.weights()) : state.weights());
    weights.computeIfPresent("logit_scale", (name, log) -> OpenClipExport.scaled(log, scale));
    OpenClipExport.writeWeights(output, weights, state.steps());
    state.write(checkpoint(), settings(config));
  }
}
