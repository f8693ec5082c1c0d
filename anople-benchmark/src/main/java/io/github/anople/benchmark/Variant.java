package io.github.anople.benchmark;

/**
 * A method with settings of its own: a row of a table.
 *
 * @param name what tables call it, unlike any other of the grid
 * @param method what it runs
 * @param fittedOn which categories a detector learns from
 * @param preset the settings that it begins with
 * @param settings a JSON object of the settings that differ from the preset, by names such as
 *     {@code optimizer.epochs}
 */
public record Variant(
    String name, Method method, FittedOn fittedOn, Preset preset, String settings) {

  /**
   * A variant of the paper's settings.
   *
   * @param name what tables call it
   * @param method what it runs
   * @param fittedOn which categories a detector learns from
   * @param settings a JSON object of the settings that differ
   */
  public Variant(String name, Method method, FittedOn fittedOn, String settings) {
    this(name, method, fittedOn, Preset.PAPER, settings);
  }

  /**
   * A method as it is: its own name, its preset's settings; AnoPLe, its untrained form and its
   * baseline learn all categories together, as in the paper's tables, others each on its own.
   *
   * @param method the method
   * @return the variant
   */
  public static Variant of(Method method) {
    return new Variant(method.id(), method, usually(method), "{}");
  }

  private static FittedOn usually(Method method) {
    return switch (method) {
      case ANOPLE, RANDOM_PROMPTS, MAPLE_DRAEM -> FittedOn.ALL;
      case MEMORY,
          PATCHCORE,
          PADIM,
          SPADE,
          FASTRECON,
          WINCLIP,
          PROMPTAD,
          PROMPTAD_G,
          PATCH_DESCRIPTORS ->
          FittedOn.ONE;
    };
  }
}
