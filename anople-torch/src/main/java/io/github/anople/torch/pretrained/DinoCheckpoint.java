package io.github.anople.torch.pretrained;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.torch.backbone.DinoFiles;
import io.github.anople.torch.encoder.dino.DinoConfig;
import io.github.anople.torch.encoder.dino.DinoModel;
import io.github.anople.torch.encoder.dino.DinoTensorNames;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.layer.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A DINOv2 on disk: a file of torch hub, or a folder of transformers.
 *
 * <p>Opening reads the weights' table of contents and checks it; the weights themselves are read by
 * {@link #load}.
 */
public final class DinoCheckpoint {

  private final WeightsFile weights;
  private final DinoLayout layout;
  private final DinoConfig config;
  private final Optional<String> recorded;

  private DinoCheckpoint(
      WeightsFile weights, DinoLayout layout, DinoConfig config, Optional<String> recorded) {
    this.weights = weights;
    this.layout = layout;
    this.config = config;
    this.recorded = recorded;
  }

  /**
   * Opens a folder's DINOv2.
   *
   * @param files where its files are
   * @return the checkpoint, its tensors' names, shapes and types checked
   * @throws InputException if anything is missing, unreadable or contradicts the rest
   */
  public static DinoCheckpoint open(DinoFiles files) {
    if (Files.exists(files.directory().resolve(DinoFiles.WEIGHTS + ".index.json"))
        && !Files.exists(files.weights())) {
      throw new InputException(
          files.directory(),
          "has its weights in several files (" + DinoFiles.WEIGHTS + ".index.json)",
          "save the model as one " + DinoFiles.WEIGHTS);
    }
    return open(files.weights(), OptionalInt.empty(), files.sha256());
  }

  /**
   * Opens a weights file.
   *
   * @param weights torch hub's {@code .pth}, or a {@code model.safetensors} with its {@code
   *     config.json} beside it
   * @param heads attention heads, where a file of torch hub does not tell: otherwise what {@code
   *     num_heads} in a {@code .json} of the same name says, else as many as are 64 wide
   * @return the checkpoint, its tensors' names, shapes and types checked
   * @throws InputException if anything is missing, unreadable or contradicts the rest
   */
  public static DinoCheckpoint open(Path weights, OptionalInt heads) {
    return open(weights, heads, Optional.empty());
  }

  private static DinoCheckpoint open(Path file, OptionalInt heads, Optional<String> recorded) {
    WeightsFile weights = WeightsFile.open(file);
    DinoLayout layout =
        DinoLayout.of(weights.tensors().keySet())
            .orElseThrow(
                () ->
                    new InputException(
                        file,
                        "holds no DINOv2: none of its tensors is the patch embedding",
                        "give a .pth of torch hub, or a folder of transformers"));
    DinoShapes shapes = new DinoShapes(weights, layout);
    DinoConfig config = config(shapes, heads);
    shapes.check(config);
    weights.tensors().remove(layout.maskToken());
    return new DinoCheckpoint(weights, layout, config, recorded);
  }

  private static DinoConfig config(DinoShapes shapes, OptionalInt heads) {
    Path file = shapes.weights().file();
    if (shapes.layout() == DinoLayout.HUB) {
      return shapes.config(heads.isPresent() ? heads : DinoConfigFile.headsBeside(file));
    }
    Path config = file.resolveSibling(DinoFiles.CONFIG);
    if (!Files.isRegularFile(config)) {
      throw new InputException(
          file, "has no " + DinoFiles.CONFIG + " beside it", "add the one it was published with");
    }
    return DinoConfigFile.read(config, shapes);
  }

  /**
   * The architecture.
   *
   * @return never null
   */
  public DinoConfig config() {
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
   * The SHA-256 that was recorded when the weights were pulled.
   *
   * @return empty for what was not pulled
   */
  public Optional<String> recordedSha256() {
    return recorded;
  }

  /**
   * The number of weights that are computed with.
   *
   * @return numbers in all tensors
   */
  public long parameters() {
    return weights.parameters();
  }

  /**
   * The types of the stored tensors.
   *
   * @return for example {@code [F32]}
   */
  public Set<DType> dtypes() {
    return weights.dtypes();
  }

  /**
   * Maps the weights and builds the network.
   *
   * @param precision number format of the matrix products
   * @param device where it computes
   * @return a model to close
   * @throws InputException if a weight is not finite, or the file became shorter
   */
  public DinoModel load(Precision precision, ComputeDevice device) {
    OwnedTensors owner = new OwnedTensors();
    try {
      Weights mapped = new MappedWeights(weights, device, owner);
      return new DinoModel(config, hubNamed(mapped, owner), precision, device, owner);
    } catch (RuntimeException e) {
      owner.close();
      throw e;
    }
  }

  /** The weights by torch hub's names: what stands in three tensors is put together. */
  private Weights hubNamed(Weights mapped, OwnedTensors owner) {
    Map<String, Tensor> tensors = new HashMap<>();
    TensorScope.inference(
        () -> {
          for (String name : DinoTensorNames.shapes(config).keySet()) {
            List<String> parts = layout.names(name);
            Tensor[] rows = parts.stream().map(mapped::get).toArray(Tensor[]::new);
            Tensor whole = rows.length == 1 ? rows[0] : torch.cat(new TensorVector(rows), 0);
            tensors.put(name, owner.keep(whole));
          }
          return null;
        });
    return tensors::get;
  }
}
