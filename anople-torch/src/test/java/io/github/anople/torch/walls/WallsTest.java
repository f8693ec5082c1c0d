package io.github.anople.torch.walls;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.github.anople.core.detect.Trespasser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WallsTest {

  private static final JavaClasses PRODUCTION = Walls.production();

  static List<ArchRule> walls() {
    return Walls.ofClasses();
  }

  @ParameterizedTest
  @MethodSource("walls")
  void coreAndTorchKeepTheWall(ArchRule wall) {
    wall.check(PRODUCTION);
  }

  @ParameterizedTest
  @MethodSource("walls")
  void theWallStopsATrespasser(ArchRule wall) {
    JavaClasses trespasser = new ClassFileImporter().importClasses(Trespasser.class);

    assertTrue(wall.evaluate(trespasser).hasViolation(), wall.getDescription());
  }

  @Test
  void noPackageNeedsOneThatNeedsIt() {
    Walls.noCycles().check(PRODUCTION);
  }

  @Test
  void onlyProductionClassesAreSeenAndBothModules() {
    assertTrue(PRODUCTION.contain("io.github.anople.core.data.Label"));
    assertTrue(PRODUCTION.contain("io.github.anople.torch.TorchDetector"));
    assertTrue(!PRODUCTION.contain(Trespasser.class));
    assertTrue(!PRODUCTION.contain("io.github.anople.core.Fixtures"));
  }
}
