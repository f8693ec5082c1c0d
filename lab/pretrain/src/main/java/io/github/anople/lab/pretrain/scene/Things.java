package io.github.anople.lab.pretrain.scene;

import java.util.List;
import java.util.stream.Stream;

/** All kinds of objects. */
final class Things {

  static final List<Thing> ALL =
      Stream.of(
              HardwareThings.all(), HouseholdThings.all(), FoodThings.all(), ElectronicThings.all())
          .flatMap(List::stream)
          .toList();

  private Things() {}
}
