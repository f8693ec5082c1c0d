package io.github.anople.benchmark;

/**
 * A method with settings of its own: a row of a table.
 *
 * @param name what tables call it, unlike any other of the grid
 * @param method what it runs
 * @param together whether one detector is fitted on all categories, or one on each
 * @param preset the settings that it begins with
 * @param settings a JSON object of the settings that differ from the preset, by names such as
 *     {@code optimizer.epochs}
 */
public record Variant(
    String name, Method method, boolean together, Preset preset, String settings) {

  /**
   * A variant of the paper's settings.
   *
   * @param name what tables call it
   * @param method what it runs
   * @param together whether one detector is fitted on all categories, or one on each
   * @param settings a JSON object of the settings that differ
   */
  public Variant(String name, Method method, boolean together, String settings) {
    this(name, method, together, Preset.PAPER, settings);
  }

  /**
   * A method as it is: its own name, its preset's settings; AnoPLe, its untrained form and its
   * baseline learn all categories together, as in the paper's tables, others each on its own.
   *
   * @param method the method
   * @return the variant
   */
  public static Variant of(Method method) {
    return new Variant(method.id(), method, togetherByDefault(method), "{}");
  }

  static boolean togetherByDefault(Method method) {
    return switch (method) {
      case ANOPLE, RANDOM_PROMPTS, MAPLE_DRAEM -> true;
      case MEMORY,
          PATCHCORE,
          PADIM,
          SPADE,
          FASTRECON,
          WINCLIP,
          PROMPTAD,
          PROMPTAD_G,
          PATCH_DESCRIPTORS ->
          false;
    };
  }
}
