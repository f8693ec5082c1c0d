package io.github.anople.torch.pretrained;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * A CLIP that is loaded, its identity, and the DINOv2 that detectors on it may see with besides.
 *
 * @param clip the model
 * @param identity its architecture's name and its weights' hash
 * @param dinos those that were asked for yet; the user's installed ones, unless told otherwise
 */
public record LoadedBackbone(ClipModel clip, Provenance.Backbone identity, SharedDinos dinos)
    implements AutoCloseable {

  /**
   * Loads a checkpoint to compute on the processor; its hash is computed beside.
   *
   * @param location an OpenCLIP folder or weights file
   * @param precision number format of the encoders
   * @return a backbone to close
   * @throws InputException if the checkpoint is unusable
   */
  public static LoadedBackbone open(Path location, Precision precision) {
    return open(OpenClipWeights.open(location), precision, ComputeDevice.CPU);
  }

  /**
   * Loads a checkpoint to compute on the processor; its hash is computed beside.
   *
   * @param checkpoint the checkpoint
   * @param precision number format of the encoders
   * @return a backbone to close
   * @throws InputException if the weights are unusable
   */
  public static LoadedBackbone open(OpenClipWeights checkpoint, Precision precision) {
    return open(checkpoint, precision, ComputeDevice.CPU);
  }

  /**
   * Loads a checkpoint; its hash is computed beside.
   *
   * @param checkpoint the checkpoint
   * @param precision number format of the encoders
   * @param device where to compute, with this backbone and with all that is made of it
   * @return a backbone to close
   * @throws InputException if the weights are unusable
   */
  public static LoadedBackbone open(
      OpenClipWeights checkpoint, Precision precision, ComputeDevice device) {
    CompletableFuture<String> hash =
        CompletableFuture.supplyAsync(() -> Sha256.of(checkpoint.weightsFile()));
    ClipModel clip = checkpoint.load(precision, device);
    try {
      return new LoadedBackbone(
          clip,
          new Provenance.Backbone(checkpoint.config().name(), hash.join()),
          new SharedDinos(DinoEncoders::installed, precision, device));
    } catch (CompletionException e) {
      clip.close();
      throw e.getCause() instanceof InputException fault ? fault : e;
    }
  }

  /**
   * The same, with DINOv2 from elsewhere.
   *
   * @param find tells the weights of a name
   * @return a backbone to close in place of this one
   */
  public LoadedBackbone withDinos(Function<String, DinoCheckpoint> find) {
    return new LoadedBackbone(
        clip, identity, new SharedDinos(find, clip.precision(), clip.device()));
  }

  /** Frees the model, and those beside it. */
  @Override
  public void close() {
    dinos.close();
    clip.close();
  }
}
