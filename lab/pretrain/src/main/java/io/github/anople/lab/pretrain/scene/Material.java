package io.github.anople.lab.pretrain.scene;

import java.util.List;

/**
 * A kind of surface.
 *
 * @param name its everyday name
 * @param colours names of the colours that it comes in
 * @param gloss how strongly it shines, 0 to 1
 * @param patterned whether it is a regular pattern, which can break or bridge
 * @param ills kinds of damage that it can have
 * @param maker makes one specimen in a given base colour
 */
record Material(
    String name,
    List<String> colours,
    float gloss,
    boolean patterned,
    List<String> ills,
    Maker maker) {

  /** Makes the texture of one specimen. */
  @FunctionalInterface
  interface Maker {
    Texel make(Dice dice, int colour);
  }

  static Material of(String name, String colours, double gloss, String ills, Maker maker) {
    return new Material(name, words(colours), (float) gloss, false, words(ills), maker);
  }

  static Material patterned(String name, String colours, double gloss, String ills, Maker maker) {
    return new Material(name, words(colours), (float) gloss, true, words(ills), maker);
  }

  static List<String> words(String spaced) {
    return List.of(spaced.split(" ", -1));
  }
}
