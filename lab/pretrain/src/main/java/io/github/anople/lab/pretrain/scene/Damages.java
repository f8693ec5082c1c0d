package io.github.anople.lab.pretrain.scene;

import java.util.List;
import java.util.stream.Stream;

/** All kinds of damage. */
final class Damages {

  static final List<Damage> ALL =
      Stream.of(LineDamages.all(), BlotchDamages.all(), ShapeDamages.all())
          .flatMap(List::stream)
          .toList();

  private Damages() {}

  static Damage named(String name) {
    return ALL.stream()
        .filter(d -> d.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no damage " + name));
  }
}
