package io.github.anople.cli.walls;

import java.util.List;

/**
 * A room: one package.
 *
 * @param name the package below {@code io.github.anople}
 * @param mayUse the rooms whose classes it may use; {@code torch.*} stands for {@code torch} and
 *     everything below it
 */
record Room(String name, List<String> mayUse) {

  static final String ROOT = "io.github.anople";

  static Room room(String name, String... mayUse) {
    return new Room(name, List.of(mayUse));
  }

  boolean mayUse(String other) {
    return other.equals(name) || mayUse.stream().anyMatch(allowed -> covers(allowed, other));
  }

  static boolean covers(String allowed, String room) {
    if (!allowed.endsWith(".*")) {
      return allowed.equals(room);
    }
    String base = allowed.substring(0, allowed.length() - 2);
    return room.equals(base) || room.startsWith(base + ".");
  }

  /** The name of a package's room: the package without the project's name. */
  static String nameOf(String packageName) {
    return packageName.equals(ROOT) ? "" : packageName.substring(ROOT.length() + 1);
  }
}
