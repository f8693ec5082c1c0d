package io.github.anople.lab.pretrain.scene;

/**
 * A kind of damage.
 *
 * @param name its name in the vocabulary
 * @param before the adjective, "scratched", or empty
 * @param after the words behind the noun, "with a hole", or empty
 * @param painter draws it
 */
record Damage(String name, String before, String after, Painter painter) {

  /** Draws one damage into a wound. */
  @FunctionalInterface
  interface Painter {
    void paint(Wound wound);
  }

  static Damage adjective(String name, Painter painter) {
    return new Damage(name, name, "", painter);
  }

  String of(String phrase) {
    return (before + " " + phrase + " " + after).strip();
  }
}
