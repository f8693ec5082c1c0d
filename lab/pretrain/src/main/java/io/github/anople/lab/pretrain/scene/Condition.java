package io.github.anople.lab.pretrain.scene;

/**
 * The state that a region is in.
 *
 * @param word one everyday word: "flawless", or for damage "scratched", "defective"
 * @param damage the kind of damage, one of {@link SceneWords#damages()}, or empty if whole
 */
public record Condition(String word, String damage) {

  /**
   * Whether nothing is wrong.
   *
   * @return true if there is no damage
   */
  public boolean isWhole() {
    return damage.isEmpty();
  }
}
