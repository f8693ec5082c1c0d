package io.github.anople.lab.pretrain.scene;

import java.util.Objects;

/**
 * One thing that is seen: a material surface (background or sheet) or an object.
 *
 * @param material one of {@link SceneWords#materials()}
 * @param object one of {@link SceneWords#objects()}, or empty for bare material
 * @param colour its main colour in one word
 * @param condition whether it is whole
 * @param phrase the region as a whole, "red metal gear"
 * @param damagePhrase its damaged pixels, "scratched red metal gear"; empty if it is whole
 */
public record Region(
    String material,
    String object,
    String colour,
    Condition condition,
    String phrase,
    String damagePhrase) {

  /**
   * Checks that words and condition agree.
   *
   * @param material its material
   * @param object the object, or empty
   * @param colour its colour
   * @param condition whether it is whole
   * @param phrase its phrase
   * @param damagePhrase the phrase of its damage, or empty
   * @throws IllegalArgumentException if a damaged region has no damage phrase, or a whole one has
   */
  public Region {
    Objects.requireNonNull(material, "material");
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(colour, "colour");
    if (condition.isWhole() != damagePhrase.isEmpty()) {
      throw new IllegalArgumentException(phrase + " is " + condition + ": " + damagePhrase);
    }
  }
}
