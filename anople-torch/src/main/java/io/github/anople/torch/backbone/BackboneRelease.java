package io.github.anople.torch.backbone;

import io.github.anople.core.InputException;
import java.util.Objects;
import java.util.Optional;

/**
 * A pretrained backbone, or another encoder, that can be downloaded.
 *
 * @param name what a user calls it, and the name of its folder in the store
 * @param kind what it is
 * @param architecture its publisher's name of the model, such as {@code ViT-B-16-plus-240}
 * @param weights the checkpoint
 * @param vocabulary the tokenizer's merges, which a CLIP has
 * @param licence of the weights, for a person to read before they use them
 */
public record BackboneRelease(
    String name,
    BackboneKind kind,
    String architecture,
    RemoteFile weights,
    Optional<RemoteFile> vocabulary,
    String licence) {

  /**
   * Checks the names.
   *
   * @param name a plain name
   * @param kind what it is
   * @param architecture a plain name
   * @param weights the checkpoint
   * @param vocabulary the merges
   * @param licence any words
   * @throws IllegalArgumentException if a name is not plain, or a CLIP has no vocabulary
   */
  public BackboneRelease {
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(licence, "licence");
    if ((kind == BackboneKind.CLIP) != vocabulary.isPresent()) {
      throw new IllegalArgumentException(name + ": a CLIP has a vocabulary, and nothing else has");
    }
    if (!BackboneStore.isName(name) || !BackboneStore.isName(architecture)) {
      throw new IllegalArgumentException(
          "name \"" + name + "\" or architecture \"" + architecture + "\" is not plain");
    }
  }

  /**
   * The same backbone on another server.
   *
   * @param base the address of a folder that holds the files under their own names
   * @return the release with its files at {@code base/fileName}
   * @throws InputException if the base is not the address of a http or https server
   */
  public BackboneRelease mirroredAt(String base) {
    return new BackboneRelease(
        name,
        kind,
        architecture,
        weights.mirroredAt(base),
        vocabulary.map(file -> file.mirroredAt(base)),
        licence);
  }
}
