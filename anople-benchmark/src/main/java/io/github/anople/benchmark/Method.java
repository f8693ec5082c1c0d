package io.github.anople.benchmark;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a benchmark can run: AnoPLe, and what a user might take instead. */
public enum Method {
  /** The method, with whatever settings. */
  ANOPLE("anople", 1),
  /** AnoPLe's prompts as drawn, untrained; its memory filled. */
  RANDOM_PROMPTS("random-prompts", 1),
  /** A memory of patches on the encoder without prompts. */
  MEMORY("memory", 1),
  /** PatchCore's features of two layers, Euclidean distances and weighted maximum. */
  PATCHCORE("patchcore", 1),
  /** PaDiM: a Gaussian of the features at each place. */
  PADIM("padim", 1),
  /** SPADE: the nearest pictures, and their nearest places. */
  SPADE("spade", 1),
  /** FastRecon: how well patches are told as combinations of good ones. */
  FASTRECON("fastrecon", 1),
  /** WinCLIP; without shots its zero-shot form. */
  WINCLIP("winclip", 0),
  /** PromptAD: prompts learned from good pictures alone, and a memory. */
  PROMPTAD("promptad", 1),
  /** PromptAD by generic prompts alone, without memory. */
  PROMPTAD_G("promptad-g", 1),
  /** Prompts coupled from text to image, taught by DRAEM's simulated anomalies. */
  MAPLE_DRAEM("maple+draem", 1),
  /** Hand-made descriptors of patches, no backbone. */
  PATCH_DESCRIPTORS("patch-descriptors", 1);

  private final String id;
  private final int leastShots;

  Method(String id, int leastShots) {
    this.id = id;
    this.leastShots = leastShots;
  }

  /**
   * Its name in files and options.
   *
   * @return for example {@code maple+draem}
   */
  public String id() {
    return id;
  }

  /**
   * How many shots a category must have.
   *
   * @return 1, or 0 for a method that can do without
   */
  public int leastShots() {
    return leastShots;
  }

  /**
   * The method of a name.
   *
   * @param id as {@link #id} gives it
   * @return the method
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static Method of(String id) {
    return Arrays.stream(values())
        .filter(method -> method.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is not a method, use one of %s"
                        .formatted(
                            id,
                            Arrays.stream(values())
                                .map(Method::id)
                                .collect(Collectors.joining(", ")))));
  }
}
