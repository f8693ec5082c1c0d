package io.github.anople.torch.pretrained;

import io.github.anople.core.bundle.Provenance;
import io.github.anople.torch.encoder.dino.DinoEncoder;

/**
 * A DINOv2 that is loaded, and its identity.
 *
 * @param encoder the encoder
 * @param identity its architecture's name and its weights' hash
 */
public record LoadedDino(DinoEncoder encoder, Provenance.Backbone identity)
    implements AutoCloseable {

  /** Frees the model. */
  @Override
  public void close() {
    encoder.close();
  }
}
