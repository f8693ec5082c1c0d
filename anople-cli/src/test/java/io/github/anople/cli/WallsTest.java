package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.github.anople.torch.walls.Walls;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WallsTest {

  private static final JavaClasses PRODUCTION = Walls.production();

  static List<ArchRule> walls() {
    List<ArchRule> walls = new ArrayList<>(Walls.ofClasses());
    walls.addAll(Walls.ofOnnx());
    return walls;
  }

  @ParameterizedTest
  @MethodSource("walls")
  void everyModuleKeepsTheWall(ArchRule wall) {
    wall.check(PRODUCTION);
  }

  @Test
  void noPackageNeedsOneThatNeedsIt() {
    Walls.noCycles().check(PRODUCTION);
  }

  @Test
  void theClassesOfAllModulesAreSeen() {
    assertTrue(PRODUCTION.contain("io.github.anople.core.data.Label"));
    assertTrue(PRODUCTION.contain("io.github.anople.torch.TorchDetector"));
    assertTrue(PRODUCTION.contain("io.github.anople.backbone.mini.MiniBackbone"));
    assertTrue(PRODUCTION.contain("io.github.anople.onnx.OnnxDetector"));
    assertTrue(PRODUCTION.contain("io.github.anople.export.OnnxExport"));
    assertTrue(PRODUCTION.contain(Main.class));
  }
}
