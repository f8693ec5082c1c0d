package io.github.anople.cli.walls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.github.anople.core.detect.Trespasser;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class WallsTest {

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(at -> !at.contains("/test-classes/") && !at.contains("-tests.jar"))
          .importPackages(Room.ROOT);

  private static final JavaClasses TRESPASSERS =
      new ClassFileImporter()
          .importClasses(Trespasser.class, io.github.anople.core.decide.Trespasser.class);

  static List<ArchRule> walls() {
    return Walls.all();
  }

  @ParameterizedTest
  @MethodSource("walls")
  void everyRoomKeepsTheWall(ArchRule wall) {
    wall.check(PRODUCTION);
  }

  @ParameterizedTest
  @MethodSource("walls")
  void theWallStopsATrespasser(ArchRule wall) {
    assertTrue(wall.evaluate(TRESPASSERS).hasViolation(), wall.getDescription());
  }

  @Test
  void noPackageNeedsOneThatNeedsIt() {
    Walls.noCycles().check(PRODUCTION);

    assertTrue(Walls.noCycles().evaluate(TRESPASSERS).hasViolation());
  }

  @Test
  void everyPackageIsARoomOfTheTableAndEveryRoomAPackage() {
    SortedSet<String> packages =
        PRODUCTION.stream()
            .map(type -> Room.nameOf(type.getPackageName()))
            .collect(Collectors.toCollection(TreeSet::new));
    SortedSet<String> rooms =
        Rooms.ALL.stream().map(Room::name).collect(Collectors.toCollection(TreeSet::new));

    assertEquals(packages, rooms);
    assertEquals(Rooms.ALL.size(), rooms.size(), "a room stands twice in the table");
  }

  @ParameterizedTest
  @FieldSource("io.github.anople.cli.walls.Rooms#ALL")
  void theTableAllowsWhatIsUsedAndNoMore(Room room) {
    SortedSet<String> used =
        PRODUCTION.stream()
            .filter(type -> Room.nameOf(type.getPackageName()).equals(room.name()))
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .map(Dependency::getTargetClass)
            .map(type -> type.getBaseComponentType().getPackageName())
            .filter(name -> name.startsWith(Room.ROOT))
            .map(Room::nameOf)
            .collect(Collectors.toCollection(TreeSet::new));

    List<String> idle =
        room.mayUse().stream()
            .filter(allowed -> used.stream().noneMatch(other -> Room.covers(allowed, other)))
            .toList();
    assertEquals(List.of(), idle, () -> room.name() + " may use these and does not");
  }

  @Test
  void thePageHasTheSameTable() throws IOException {
    assertEquals(
        lines(Rooms.ALL), lines(RoomsPage.rows().stream().map(RoomsPage.Row::room).toList()));
  }

  private static String lines(List<Room> rooms) {
    return rooms.stream()
        .map(room -> room.name() + " | " + RoomsPage.mayUse(room))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  @Test
  void everyTypeToEnterARoomByIsThereAndPublic() throws IOException {
    for (RoomsPage.Row row : RoomsPage.rows()) {
      assertFalse(row.enterBy().isEmpty(), row.room().name());
      for (String type : row.enterBy()) {
        String name = Room.ROOT + "." + row.room().name() + "." + type;
        assertTrue(PRODUCTION.contain(name), name);
      }
    }
  }

  @Test
  void noModuleButThoseThatHoldTensorsShowsOne() {
    SortedSet<String> found =
        PublicSurface.showing(PRODUCTION, type -> type.getPackageName().startsWith("org.bytedeco"));

    assertEquals(
        new TreeSet<>(),
        found.stream()
            .filter(member -> !member.startsWith("torch."))
            .collect(Collectors.toCollection(TreeSet::new)));
    assertEquals(
        new TreeSet<>(List.of("core.detect.Trespasser.tensors")),
        PublicSurface.showing(
            TRESPASSERS, type -> type.getPackageName().startsWith("org.bytedeco")));
  }

  @Test
  void noPublicMemberShowsATreeOfJson() {
    assertEquals(new TreeSet<>(), PublicSurface.showing(PRODUCTION, WallsTest::isJsonTree));
    assertEquals(
        new TreeSet<>(List.of("core.decide.Trespasser.tree", "core.decide.Trespasser.trees")),
        PublicSurface.showing(TRESPASSERS, WallsTest::isJsonTree));
  }

  private static boolean isJsonTree(JavaClass type) {
    return type.getPackageName().startsWith("com.fasterxml.jackson.databind");
  }

  @Test
  void onlyProductionClassesAreSeenAndThoseOfAllModules() {
    List.of(
            "core.InputException",
            "inspect.data.Label",
            "onnx.OnnxDetector",
            "torch.TorchDetector",
            "app.export.OnnxExport",
            "benchmark.Benchmark",
            "cli.Main")
        .forEach(type -> assertTrue(PRODUCTION.contain(Room.ROOT + "." + type), type));
    assertFalse(PRODUCTION.contain(Trespasser.class));
    assertFalse(PRODUCTION.contain("io.github.anople.core.Fixtures"));
  }
}
