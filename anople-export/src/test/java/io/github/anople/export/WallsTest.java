package io.github.anople.export;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.github.anople.torch.walls.Walls;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WallsTest {

  private static final JavaClasses PRODUCTION = Walls.production();

  static List<ArchRule> all() {
    List<ArchRule> walls = new ArrayList<>(Walls.ofClasses());
    walls.addAll(Walls.ofOnnx());
    return walls;
  }

  static List<ArchRule> ofOnnx() {
    return Walls.ofOnnx();
  }

  @ParameterizedTest
  @MethodSource("all")
  void theEnginesAndTheExportKeepTheWall(ArchRule wall) {
    wall.check(PRODUCTION);
  }

  @ParameterizedTest
  @MethodSource("ofOnnx")
  void theWallStopsATrespasser(ArchRule wall) {
    JavaClasses trespassers =
        new ClassFileImporter()
            .importClasses(
                io.github.anople.onnx.Trespasser.class, io.github.anople.torch.Trespasser.class);

    assertTrue(wall.evaluate(trespassers).hasViolation(), wall.getDescription());
  }

  @Test
  void noPackageNeedsOneThatNeedsIt() {
    Walls.noCycles().check(PRODUCTION);
  }
}
