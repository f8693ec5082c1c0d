package io.github.anople.torch.backbone;

import io.github.anople.core.InputException;

/**
 * A pretrained backbone that can be downloaded.
 *
 * @param name what a user calls it, and the name of its folder in the store
 * @param architecture OpenCLIP's name of the model, such as {@code ViT-B-16-plus-240}
 * @param weights the checkpoint
 * @param vocabulary the tokenizer's merges
 */
public record BackboneRelease(
    String name, String architecture, RemoteFile weights, RemoteFile vocabulary) {

  /**
   * Checks the names.
   *
   * @param name a plain name
   * @param architecture a plain name
   * @param weights the checkpoint
   * @param vocabulary the merges
   * @throws IllegalArgumentException if a name is not plain
   */
  public BackboneRelease {
    if (!BackboneStore.isName(name) || !BackboneStore.isName(architecture)) {
      throw new IllegalArgumentException(
          "name \"" + name + "\" or architecture \"" + architecture + "\" is not plain");
    }
  }

  /**
   * The same backbone on another server.
   *
   * @param base the address of a folder that holds both files under their own names
   * @return the release with both files at {@code base/fileName}
   * @throws InputException if the base is not the address of a http or https server
   */
  public BackboneRelease mirroredAt(String base) {
    return new BackboneRelease(
        name, architecture, weights.mirroredAt(base), vocabulary.mirroredAt(base));
  }
}
