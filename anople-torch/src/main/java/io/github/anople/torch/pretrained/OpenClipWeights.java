package io.github.anople.torch.pretrained;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.torch.backbone.Backbone;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.clip.ClipTensorNames;
import io.github.anople.torch.clip.ClipTokenizer;
import io.github.anople.torch.clip.KnownArchitectures;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An OpenCLIP checkpoint on disk: a folder as the Hugging Face hub lays it out, or a weights file
 * with its vocabulary beside it.
 *
 * <p>Opening reads the configuration and the weights' table of contents and checks one against the
 * other; the weights themselves are read by {@link #load}.
 */
public final class OpenClipWeights {

  // Buffers that some exports store beside the weights; they follow from the architecture.
  private static final Set<String> REDUNDANT =
      Set.of("attn_mask", "visual.attn_mask", "input_resolution", "context_length", "vocab_size");

  private final Backbone files;
  private final WeightsFile weights;
  private final ClipConfig config;

  private OpenClipWeights(Backbone files, WeightsFile weights, ClipConfig config) {
    this.files = files;
    this.weights = weights;
    this.config = config;
  }

  /**
   * Opens a checkpoint.
   *
   * @param location a folder, or a weights file with its vocabulary beside it
   * @return the checkpoint, its tensors' names and shapes checked
   * @throws InputException if anything is missing, unreadable or contradicts the rest
   */
  public static OpenClipWeights open(Path location) {
    boolean isFile = Files.isRegularFile(location);
    return open(isFile ? Backbone.ofWeights(location) : Backbone.open(location));
  }

  /**
   * Opens a checkpoint.
   *
   * @param files where its files are
   * @return the checkpoint, its tensors' names and shapes checked
   * @throws InputException if anything is unreadable or contradicts the rest
   */
  public static OpenClipWeights open(Backbone files) {
    ClipConfig config = config(files);
    WeightsFile weights = WeightsFile.open(files.weights());
    check(config, weights);
    return new OpenClipWeights(files, weights, config);
  }

  /**
   * The architecture.
   *
   * @return never null
   */
  public ClipConfig config() {
    return config;
  }

  /**
   * The weights file.
   *
   * @return an existing file
   */
  public Path weightsFile() {
    return weights.file();
  }

  /**
   * The number of weights.
   *
   * @return numbers in all tensors
   */
  public long parameters() {
    return weights.parameters();
  }

  /**
   * The types of the stored tensors.
   *
   * @return for example {@code [F16]}
   */
  public Set<DType> dtypes() {
    return weights.dtypes();
  }

  /**
   * Maps the weights and builds the encoders, to compute on the processor.
   *
   * @param precision number format of the encoders
   * @return a model to close
   * @throws InputException as {@link #load(Precision, ComputeDevice)}
   */
  public ClipModel load(Precision precision) {
    return load(precision, ComputeDevice.CPU);
  }

  /**
   * Maps the weights and builds the encoders.
   *
   * @param precision number format of the encoders
   * @param device where they compute
   * @return a model to close
   * @throws InputException if a weight or the temperature is not finite, the vocabulary does not
   *     fit, or the file became shorter
   */
  public ClipModel load(Precision precision, ComputeDevice device) {
    ClipTokenizer tokenizer =
        ClipTokenizer.read(
            files.vocabulary(), config.text().vocabSize(), config.text().contextLength());
    OwnedTensors owner = new OwnedTensors();
    try {
      ClipModel model =
          new ClipModel(
              config,
              new MappedWeights(weights, device, owner),
              tokenizer,
              precision,
              device,
              owner);
      if (!Float.isFinite(model.logitScale())) {
        throw fault(weights, config, "tensor logit_scale has no finite exponential");
      }
      return model;
    } catch (RuntimeException e) {
      owner.close();
      throw e;
    }
  }

  /** The configuration file where there is one, else what the names speak of. */
  private static ClipConfig config(Backbone files) {
    Optional<ClipConfig> named =
        files
            .architecture()
            .flatMap(KnownArchitectures::mentionedIn)
            .or(() -> KnownArchitectures.mentionedIn(files.weights().getFileName().toString()))
            .or(() -> KnownArchitectures.mentionedIn(files.name()))
            .or(() -> KnownArchitectures.mentionedIn(folderName(files)));
    if (files.config().isPresent()) {
      String name =
          named.map(ClipConfig::name).or(files::architecture).orElseGet(() -> folderName(files));
      return OpenClipConfigFile.read(files.config().get(), name);
    }
    return named.orElseThrow(
        () ->
            new InputException(
                files.directory(),
                "has no open_clip_config.json and its name does not tell the architecture",
                "add that file, or name the folder after its architecture: "
                    + String.join(", ", KnownArchitectures.names())));
  }

  private static String folderName(Backbone files) {
    return String.valueOf(files.directory().toAbsolutePath().normalize().getFileName());
  }

  /**
   * The weights against the architecture: every tensor there, of the right shape, and none besides.
   */
  private static void check(ClipConfig config, WeightsFile weights) {
    if (DinoLayout.of(weights.tensors().keySet()).isPresent()) {
      throw Backbone.isDino(weights.file());
    }
    Map<String, List<Long>> expected = ClipTensorNames.shapes(config);
    weights.tensors().keySet().removeAll(REDUNDANT);
    for (Map.Entry<String, List<Long>> entry : expected.entrySet()) {
      WeightsFile.Place place = weights.tensors().get(entry.getKey());
      if (place == null) {
        throw fault(weights, config, "has no tensor " + entry.getKey());
      }
      if (!fits(entry.getValue(), place.shape())) {
        throw fault(
            weights,
            config,
            "tensor " + entry.getKey() + " is " + place.shape() + ", not " + entry.getValue());
      }
      if (!place.dtype().isFloating()) {
        throw fault(weights, config, "tensor " + entry.getKey() + " is of type " + place.dtype());
      }
    }
    for (String name : weights.tensors().keySet()) {
      if (!expected.containsKey(name)) {
        throw fault(
            weights,
            config,
            "has a tensor " + InputException.quoted(name) + " that does not belong there");
      }
    }
  }

  /** Some exports store the temperature as one number in a row. */
  private static boolean fits(List<Long> expected, List<Long> actual) {
    return expected.equals(actual) || (expected.isEmpty() && actual.equals(List.of(1L)));
  }

  private static InputException fault(WeightsFile weights, ClipConfig config, String problem) {
    return new InputException(
        weights.file(),
        problem,
        "it does not fit the architecture "
            + config.name()
            + ": use the configuration that belongs to these weights");
  }
}
