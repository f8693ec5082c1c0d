package io.github.anople.torch.backbone;

import java.util.Arrays;
import java.util.Optional;

/** What a folder of weights is good for. */
public enum BackboneKind {
  /** A CLIP: what a detector stands on. */
  CLIP("clip", "CLIP: pictures and texts, what a detector stands on"),
  /** A DINOv2: pictures only. */
  DINOV2("dinov2", "DINOv2: pictures only, what a detector's memory can see with");

  private final String id;
  private final String words;

  BackboneKind(String id, String words) {
    this.id = id;
    this.words = words;
  }

  /**
   * The name in files.
   *
   * @return {@code clip} or {@code dinov2}
   */
  public String id() {
    return id;
  }

  /**
   * The kind in plain words.
   *
   * @return a phrase
   */
  public String words() {
    return words;
  }

  /** The kind of a name, if there is one. */
  static Optional<BackboneKind> of(String id) {
    return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
  }
}
