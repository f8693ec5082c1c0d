package io.github.anople.torch.pretrained;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.torch.backbone.Backbone;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.clip.ClipTokenizer;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A CLIP's checkpoint on disk: a folder of OpenCLIP or of transformers as the Hugging Face hub lays
 * it out, or a weights file with its vocabulary beside it.
 *
 * <p>Opening reads the configuration and the weights' table of contents and checks one against the
 * other; the weights themselves are read by {@link #load}.
 */
public final class OpenClipWeights {

  private final Backbone files;
  private final ClipTensors tensors;
  private final List<String> notes;

  private OpenClipWeights(Backbone files, ClipTensors tensors, List<String> notes) {
    this.files = files;
    this.tensors = tensors;
    this.notes = notes;
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
    WeightsFile weights = WeightsFile.open(files.weights());
    if (DinoLayout.of(weights.tensors().keySet()).isPresent()) {
      throw Backbone.isDino(weights.file());
    }
    ClipLayout layout = ClipLayout.of(weights.tensors().keySet());
    ClipArchitecture architecture = ClipArchitecture.of(files, layout);
    weights.tensors().keySet().removeAll(layout.redundant());
    ClipTensors tensors = new ClipTensors(weights, layout, architecture.config());
    tensors.check();
    List<String> notes = new ArrayList<>();
    if (!weights.dropped().isEmpty()) {
      notes.add(
          "%s: its tensors' names have '%s' of a program that wrapped the model; read without it"
              .formatted(weights.file(), String.join("', '", weights.dropped())));
    }
    notes.addAll(architecture.notes());
    tensors.resized().ifPresent(notes::add);
    return new OpenClipWeights(files, tensors, List.copyOf(notes));
  }

  /**
   * What there is to know of how the files were taken: names without what wrappers put into them,
   * an activation that a name told or nothing, position embeddings brought to another image size.
   *
   * @return sentences in one line each, mostly none
   */
  public List<String> notes() {
    return notes;
  }

  /**
   * The architecture.
   *
   * @return never null
   */
  public ClipConfig config() {
    return tensors.config();
  }

  /**
   * The weights file.
   *
   * @return an existing file
   */
  public Path weightsFile() {
    return tensors.weights().file();
  }

  /**
   * The number of weights.
   *
   * @return numbers in all tensors
   */
  public long parameters() {
    return tensors.weights().parameters();
  }

  /**
   * The types of the stored tensors.
   *
   * @return for example {@code [F16]}
   */
  public Set<DType> dtypes() {
    return tensors.weights().dtypes();
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
            files.vocabulary(), config().text().vocabSize(), config().text().contextLength());
    OwnedTensors owner = new OwnedTensors();
    try {
      ClipModel model =
          new ClipModel(
              config(),
              tensors.named(new MappedWeights(tensors.weights(), device, owner), owner),
              tokenizer,
              precision,
              device,
              owner);
      if (!Float.isFinite(model.logitScale())) {
        throw tensors.fault("tensor logit_scale has no finite exponential");
      }
      return model;
    } catch (RuntimeException e) {
      owner.close();
      throw e;
    }
  }
}
