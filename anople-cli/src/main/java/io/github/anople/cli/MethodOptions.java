package io.github.anople.cli;

import io.github.anople.core.InputException;
import io.github.anople.torch.loss.AlignMode;
import io.github.anople.torch.prompt.Interaction;
import io.github.anople.torch.train.ScaledLayer;
import io.github.anople.torch.train.TrainingConfig;
import io.github.anople.torch.train.TrainingConfigBuilder;
import io.github.anople.torch.train.TrainingConfigJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The method's settings: a preset, or a file, and what is changed of it. */
final class MethodOptions {

  private static final Pattern RANGE = Pattern.compile("(\\d{1,4})-(\\d{1,4})");

  enum Preset {
    MVTEC,
    VISA
  }

  @Option(
      names = "--preset",
      paramLabel = "mvtec|visa",
      defaultValue = "mvtec",
      description = "The paper's settings for a data set. Default: ${DEFAULT-VALUE}.")
  private Preset preset;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "All settings as JSON, instead of a preset; see --print-config.")
  private Path file;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of every draw. Default: 0.")
  private Long seed;

  @Option(
      names = "--interaction",
      paramLabel = "MODE",
      description =
          "bidirectional, text-to-image, image-to-text, independent, text-only or image-only.")
  private String interaction;

  @Option(names = "--text-context", paramLabel = "N", description = "Textual context rows.")
  private Integer textContext;

  @Option(names = "--visual-context", paramLabel = "N", description = "Visual context rows.")
  private Integer visualContext;

  @Option(names = "--depth", paramLabel = "N", description = "Layers with prompts of their own.")
  private Integer depth;

  @Option(
      names = "--no-sub-images",
      negatable = true,
      description = "Train on the whole picture alone, without its quadrants.")
  private Boolean noSubImages;

  @Option(
      names = "--no-view-signal",
      negatable = true,
      description = "Leave out the signal that tells views apart.")
  private Boolean noViewSignal;

  @Option(names = "--align", paramLabel = "MODE", description = "none, mean or weighted.")
  private String align;

  @Option(
      names = "--no-pixel-anomalies",
      negatable = true,
      description = "Simulate no anomalies in pictures.")
  private Boolean noPixelAnomalies;

  @Option(
      names = "--no-latent-anomalies",
      negatable = true,
      description = "Simulate no anomalies among features.")
  private Boolean noLatentAnomalies;

  @Option(
      names = "--no-pixel-losses",
      negatable = true,
      description = "Teach pictures alone, not their pixels.")
  private Boolean noPixelLosses;

  @Option(
      names = "--state-word",
      paramLabel = "WORD",
      description = "What precedes the name of a bad thing; several make an ensemble.")
  private List<String> stateWords;

  @Option(
      names = "--class-word",
      paramLabel = "name|object",
      description = "Call things by their name, or all of them object.")
  private TrainingConfig.ClassWord classWord;

  @Option(names = "--no-memory", negatable = true, description = "Detect without memory.")
  private Boolean noMemory;

  @Option(
      names = "--memory-layers",
      paramLabel = "A-B",
      description = "Layers that the memory reads, such as 7-10, counted from 1.")
  private String memoryLayers;

  @Option(
      names = "--memory-shifts",
      paramLabel = "N",
      description = {
        "Places of the patch grid, along each axis, at which the memory sees each shot. 1 is the",
        "paper's; 3 finds more and costs nine rows for one: see docs/results.md."
      })
  private Integer memoryShifts;

  @Option(
      names = "--detection-shifts",
      paramLabel = "N",
      description = {
        "Places of the patch grid, along each axis, at which detection looks at a picture. 1 is the",
        "paper's; 2, with --memory-shifts, can find much more and takes four times as long: see",
        "docs/results.md."
      })
  private Integer detectionShifts;

  @Option(
      names = "--coreset",
      paramLabel = "SHARE",
      description = {
        "How much of its patches the memory keeps, those that lie farthest from each other: a",
        "share such as 0.25, or a number of patches such as 1000. Default: all of them."
      })
  private Double coreset;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the shots.")
  private Integer epochs;

  @Option(names = "--prompt-rate", paramLabel = "R", description = "Learning rate of prompts.")
  private Double promptRate;

  @Option(names = "--decoder-rate", paramLabel = "R", description = "Learning rate of the decoder.")
  private Double decoderRate;

  @Option(names = "--warmup-epochs", paramLabel = "N", description = "Epochs of rising rates.")
  private Integer warmupEpochs;

  @Option(names = "--momentum", paramLabel = "M", description = "Momentum of the descent.")
  private Double momentum;

  @Option(names = "--weight-decay", paramLabel = "D", description = "Weight decay.")
  private Double weightDecay;

  @Option(
      names = "--image-size",
      paramLabel = "S",
      description = "Refuse any backbone that takes pictures of another size.")
  private Integer imageSize;

  /** The settings, checked as far as they can be without a backbone. */
  TrainingConfig config() {
    TrainingConfigBuilder builder = base().toBuilder();
    Optional.ofNullable(seed).ifPresent(builder::seed);
    Optional.ofNullable(interaction).map(Interaction::of).ifPresent(builder::interaction);
    Optional.ofNullable(textContext).ifPresent(builder::textContext);
    Optional.ofNullable(visualContext).ifPresent(builder::visualContext);
    Optional.ofNullable(depth).map(ScaledLayer::exactly).ifPresent(builder::depth);
    Optional.ofNullable(noSubImages).ifPresent(off -> builder.subImages(!off));
    Optional.ofNullable(noViewSignal).ifPresent(off -> builder.viewSignal(!off));
    Optional.ofNullable(align).map(AlignMode::of).ifPresent(builder::align);
    Optional.ofNullable(noPixelAnomalies).ifPresent(off -> builder.pixelAnomalies(!off));
    Optional.ofNullable(noLatentAnomalies).ifPresent(off -> builder.latentAnomalies(!off));
    Optional.ofNullable(noPixelLosses).ifPresent(off -> builder.pixelLosses(!off));
    Optional.ofNullable(stateWords).ifPresent(builder::stateWords);
    Optional.ofNullable(classWord).ifPresent(builder::classWord);
    Optional.ofNullable(noMemory).ifPresent(off -> builder.memory(!off));
    Optional.ofNullable(memoryLayers).ifPresent(range -> memoryLayers(builder, range));
    Optional.ofNullable(memoryShifts).ifPresent(builder::memoryShifts);
    Optional.ofNullable(detectionShifts).ifPresent(builder::detectionShifts);
    Optional.ofNullable(coreset).ifPresent(builder::coreset);
    Optional.ofNullable(epochs).ifPresent(builder::epochs);
    Optional.ofNullable(promptRate).ifPresent(builder::promptRate);
    Optional.ofNullable(decoderRate).ifPresent(builder::decoderRate);
    Optional.ofNullable(warmupEpochs).ifPresent(builder::warmupEpochs);
    Optional.ofNullable(momentum).ifPresent(builder::momentum);
    Optional.ofNullable(weightDecay).ifPresent(builder::weightDecay);
    Optional.ofNullable(imageSize).ifPresent(builder::imageSize);
    return builder.build();
  }

  private TrainingConfig base() {
    if (file != null) {
      try {
        return TrainingConfigJson.parse(Files.readString(file), file.toString());
      } catch (IOException e) {
        throw new InputException(
            file, "cannot be read (" + e.getMessage() + ")", "name a file of settings", e);
      }
    }
    return preset == Preset.VISA ? TrainingConfig.visa() : TrainingConfig.mvtec();
  }

  private static void memoryLayers(TrainingConfigBuilder builder, String range) {
    Matcher ends = RANGE.matcher(range);
    if (!ends.matches()) {
      throw new InputException(
          "--memory-layers", "'" + range + "' is no range", "write it as 7-10");
    }
    builder.memoryLayers(
        ScaledLayer.exactly(Integer.parseInt(ends.group(1))),
        ScaledLayer.exactly(Integer.parseInt(ends.group(2))));
  }
}
