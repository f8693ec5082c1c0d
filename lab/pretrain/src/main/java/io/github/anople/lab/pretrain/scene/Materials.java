package io.github.anople.lab.pretrain.scene;

import java.util.List;
import java.util.stream.Stream;

/** All materials. */
final class Materials {

  static final List<Material> ALL =
      Stream.of(
              FibreTextures.all(),
              WovenTextures.all(),
              MineralTextures.all(),
              SmoothTextures.all(),
              FoodTextures.all(),
              PrintedTextures.all())
          .flatMap(List::stream)
          .toList();

  /** Quiet surfaces that things are laid on more often than on others. */
  static final List<String> TABLES =
      List.of(
          "wood",
          "paper",
          "plastic",
          "painted metal",
          "felt",
          "fabric",
          "metal",
          "cardboard",
          "concrete",
          "rubber");

  private Materials() {}

  static Material named(String name) {
    return ALL.stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no material " + name));
  }
}
