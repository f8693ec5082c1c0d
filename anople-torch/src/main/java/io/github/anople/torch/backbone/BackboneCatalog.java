package io.github.anople.torch.backbone;

import io.github.anople.core.InputException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The backbones, and other encoders, that can be asked for by name; the first is the backbone to
 * take when none is named.
 *
 * @param releases the backbones, the default first
 */
public record BackboneCatalog(List<BackboneRelease> releases) {

  private static final String RELEASES =
      "https://github.com/mlfoundations/open_clip/releases/download/v0.2-weights/";
  private static final String OPENCLIP_LICENCE = "MIT (OpenCLIP)";
  private static final String DINOV2 = "https://dl.fbaipublicfiles.com/dinov2/";
  private static final String DINOV2_LICENCE = "Apache-2.0 (Meta, DINOv2)";
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
   * @throws IllegalArgumentException if the list is empty, or the default is no CLIP
   */
  public BackboneCatalog {
    releases = List.copyOf(releases);
    if (releases.isEmpty() || releases.get(0).kind() != BackboneKind.CLIP) {
      throw new IllegalArgumentException("a catalog needs a default");
    }
  }

  /**
   * The backbones of the paper: ViT-B-16-plus-240 trained on LAION-400M, after epoch 32 (the
   * default) and 31. From OpenCLIP's releases; the digits in a file's name are the start of its
   * SHA-256. And DINOv2, plain and with registers, from the addresses of torch hub, which tells no
   * hashes.
   *
   * @return the catalog
   */
  public static BackboneCatalog standard() {
    List<BackboneRelease> releases = new ArrayList<>();
    releases.add(vitB16Plus240("vit-b-16-plus-240", "laion400m_e32", "699c4b84"));
    releases.add(vitB16Plus240("vit-b-16-plus-240-e31", "laion400m_e31", "8fb26589"));
    for (String registers : List.of("", "-with-registers")) {
      // 22, 87, 304 and 1,137 million parameters in fp32 have .09, .35, 1.2 and 4.5 GB.
      releases.add(dino("dinov2" + registers + "-small", "vits14", 256L << 20));
      releases.add(dino("dinov2" + registers + "-base", "vitb14", 1L << 30));
      releases.add(dino("dinov2" + registers + "-large", "vitl14", 3L << 30));
      releases.add(dino("dinov2" + registers + "-giant", "vitg14", 8L << 30));
    }
    return new BackboneCatalog(releases);
  }

  /** A DINOv2; names as transformers', files as torch hub's. */
  private static BackboneRelease dino(String name, String model, long maxBytes) {
    String stem = "dinov2_" + model;
    String architecture = name.contains("-registers") ? stem + "_reg4" : stem;
    String fileName = architecture + "_pretrain.pth";
    RemoteFile weights =
        new RemoteFile(fileName, URI.create(DINOV2 + stem + "/" + fileName), "", maxBytes);
    return new BackboneRelease(
        name, BackboneKind.DINOV2, architecture, weights, Optional.empty(), DINOV2_LICENCE);
  }

  private static BackboneRelease vitB16Plus240(String name, String training, String sha256) {
    String fileName = "vit_b_16_plus_240-" + training + "-" + sha256 + ".pt";
    // 208 million parameters in fp32 have 0.83 GB.
    RemoteFile weights =
        new RemoteFile(fileName, URI.create(RELEASES + fileName), sha256, 2L << 30);
    return new BackboneRelease(
        name,
        BackboneKind.CLIP,
        "ViT-B-16-plus-240",
        weights,
        Optional.of(CLIP_VOCABULARY),
        OPENCLIP_LICENCE);
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
                    "backbone \"" + name + "\"",
                    "is not known",
                    "choose one of: " + names(releases)));
  }

  /** The release whose checkpoint has this file name. */
  Optional<BackboneRelease> ofWeights(String fileName) {
    return releases.stream()
        .filter(release -> release.weights().fileName().equals(fileName))
        .findFirst();
  }

  /**
   * The releases of a kind.
   *
   * @param kind what they are
   * @return in the catalog's order
   */
  public List<BackboneRelease> of(BackboneKind kind) {
    return releases.stream().filter(release -> release.kind() == kind).toList();
  }

  private static String names(List<BackboneRelease> releases) {
    return releases.stream().map(BackboneRelease::name).collect(Collectors.joining(", "));
  }
}
