package io.github.anople.lab.pretrain.scene;

import java.util.List;

/** The words that scenes are described with, for judging what a model makes of them. */
public final class SceneWords {

  static final List<String> GOOD =
      List.of("new", "clean", "perfect", "flawless", "intact", "undamaged", "normal", "good");

  static final List<String> BAD =
      List.of("damaged", "defective", "faulty", "abnormal", "anomalous", "imperfect", "bad");

  private SceneWords() {}

  /**
   * All materials.
   *
   * @return their names
   */
  public static List<String> materials() {
    return Materials.ALL.stream().map(Material::name).toList();
  }

  /**
   * All kinds of objects.
   *
   * @return their names
   */
  public static List<String> objects() {
    return Things.ALL.stream().map(Thing::name).toList();
  }

  /**
   * What is said of damaged things whatever their damage is.
   *
   * @return adjectives
   */
  public static List<String> badConditions() {
    return BAD;
  }

  /**
   * All kinds of damage.
   *
   * @return their names
   */
  public static List<String> damages() {
    return Damages.ALL.stream().map(Damage::name).toList();
  }

  /**
   * Says that something has a kind of damage: "scratched gear", "gear with a hole".
   *
   * @param damage one of {@link #damages()}
   * @param phrase what has it
   * @return the phrase with the damage
   * @throws IllegalArgumentException if there is no such damage
   */
  public static String damaged(String damage, String phrase) {
    return Damages.named(damage).of(phrase);
  }
}
