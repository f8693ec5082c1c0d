package io.github.anople.torch.backbone;

import io.github.anople.core.InputException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The backbones that can be asked for by name; the first is the one to take when none is named.
 *
 * @param releases the backbones, the default first
 */
public record BackboneCatalog(List<BackboneRelease> releases) {

  private static final String RELEASES =
      "https://github.com/mlfoundations/open_clip/releases/download/v0.2-weights/";
  private static final RemoteFile CLIP_VOCABULARY =
      new RemoteFile(
          "bpe_simple_vocab_16e6.txt.gz",
          URI.create(
              "https://raw.githubusercontent.com/mlfoundations/open_clip/main/src/open_clip/"
                  + "bpe_simple_vocab_16e6.txt.gz"),
          "924691ac288e54409236115652ad4aa250f48203de50a9e4722a6ecd48d6804a",
          16L << 20);

  /**
   * Copies the list.
   *
   * @param releases at least one, the default first
   * @throws IllegalArgumentException if the list is empty
   */
  public BackboneCatalog {
    releases = List.copyOf(releases);
    if (releases.isEmpty()) {
      throw new IllegalArgumentException("a catalog needs a default");
    }
  }

  /**
   * The backbones of the paper: ViT-B-16-plus-240 trained on LAION-400M, after epoch 32 (the
   * default) and 31. From OpenCLIP's releases; the digits in a file's name are the start of its
   * SHA-256.
   *
   * @return the catalog
   */
  public static BackboneCatalog standard() {
    return new BackboneCatalog(
        List.of(
            vitB16Plus240("vit-b-16-plus-240", "laion400m_e32", "699c4b84"),
            vitB16Plus240("vit-b-16-plus-240-e31", "laion400m_e31", "8fb26589")));
  }

  private static BackboneRelease vitB16Plus240(String name, String training, String sha256) {
    String fileName = "vit_b_16_plus_240-" + training + "-" + sha256 + ".pt";
    // 208 million parameters in fp32 have 0.83 GB.
    RemoteFile weights =
        new RemoteFile(fileName, URI.create(RELEASES + fileName), sha256, 2L << 30);
    return new BackboneRelease(name, "ViT-B-16-plus-240", weights, CLIP_VOCABULARY);
  }

  /**
   * The release of a name.
   *
   * @param name a backbone's name
   * @return the release
   * @throws InputException if the catalog has none of that name
   */
  public BackboneRelease get(String name) {
    return releases.stream()
        .filter(release -> release.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "backbone \"" + name + "\"", "is not known", "choose one of: " + names()));
  }

  /** The release whose checkpoint has this file name. */
  Optional<BackboneRelease> ofWeights(String fileName) {
    return releases.stream()
        .filter(release -> release.weights().fileName().equals(fileName))
        .findFirst();
  }

  private String names() {
    return releases.stream().map(BackboneRelease::name).collect(Collectors.joining(", "));
  }
}
