package io.github.anople.lab.pretrain.scene;

import java.util.List;
import java.util.function.Function;

/**
 * A kind of object.
 *
 * @param name its everyday name
 * @param materials what it is made of
 * @param saysMaterial whether people name its material: a metal gear, but no dough cookie
 * @param ownIlls kinds of damage that it has besides those of its material
 * @param sketch draws one specimen
 */
record Thing(
    String name,
    List<String> materials,
    boolean saysMaterial,
    List<String> ownIlls,
    Function<Dice, Drawing> sketch) {

  static Thing of(String name, String materials, String ills, Function<Dice, Drawing> sketch) {
    List<String> made = List.of(materials.split(",", -1));
    return new Thing(name, made, made.size() > 1, Material.words(ills), sketch);
  }

  /** One whose material only stands for its look. */
  static Thing grown(String name, String materials, String ills, Function<Dice, Drawing> sketch) {
    return new Thing(name, List.of(materials.split(",", -1)), false, Material.words(ills), sketch);
  }
}
