package io.github.anople.torch.checkpoint;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.bundle.Sha256;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.engine.Precision;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A CLIP that is loaded, and its identity.
 *
 * @param clip the model
 * @param identity its architecture's name and its weights' hash
 */
public record LoadedBackbone(ClipModel clip, Provenance.Backbone identity)
    implements AutoCloseable {

  /**
   * Loads a checkpoint; its hash is computed beside.
   *
   * @param location an OpenCLIP folder or weights file
   * @param precision number format of the encoders
   * @return a backbone to close
   * @throws InputException if the checkpoint is unusable
   */
  public static LoadedBackbone open(Path location, Precision precision) {
    return open(OpenClipCheckpoint.open(location), precision);
  }

  /**
   * Loads a checkpoint; its hash is computed beside.
   *
   * @param checkpoint the checkpoint
   * @param precision number format of the encoders
   * @return a backbone to close
   * @throws InputException if the weights are unusable
   */
  public static LoadedBackbone open(OpenClipCheckpoint checkpoint, Precision precision) {
    CompletableFuture<String> hash =
        CompletableFuture.supplyAsync(() -> Sha256.of(checkpoint.weightsFile()));
    ClipModel clip = checkpoint.load(precision);
    try {
      return new LoadedBackbone(
          clip, new Provenance.Backbone(checkpoint.config().name(), hash.join()));
    } catch (CompletionException e) {
      clip.close();
      throw e.getCause() instanceof InputException fault ? fault : e;
    }
  }

  /** Frees the model. */
  @Override
  public void close() {
    clip.close();
  }
}
