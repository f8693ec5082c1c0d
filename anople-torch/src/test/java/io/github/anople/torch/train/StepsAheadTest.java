package io.github.anople.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.anople.core.InputException;
import io.github.anople.core.image.ClipNormalization;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.synth.AnomalySource;
import io.github.anople.torch.synth.Draws;
import io.github.anople.torch.view.MultiScaleViews;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepsAheadTest {

  private static final int SIDE = 32;
  private static final int EPOCHS = 4;
  private static final int SHOTS = 3;

  @Test
  void stepsAreTheSameHoweverManyAreMadeAtATime() {
    List<StepsAhead.Step> expected = steps(AnomalySource.ofItself(), 0, 1);
    assertEquals(EPOCHS * SHOTS, expected.size());
    for (int threads : new int[] {2, 5, 100}) {
      assertSameSteps(expected, steps(AnomalySource.ofItself(), 0, threads));
    }
  }

  @Test
  void anEpochLooksAtEveryShotOnce() {
    List<StepsAhead.Step> steps = steps(AnomalySource.ofItself(), 0, 2);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      TreeSet<Integer> seen = new TreeSet<>();
      steps.subList(epoch * SHOTS, (epoch + 1) * SHOTS).forEach(step -> seen.add(step.shot()));
      assertEquals(SHOTS, seen.size());
    }
  }

  @Test
  void aTrainingThatGoesOnSeesTheStepsItWouldHaveSeen() {
    List<StepsAhead.Step> all = steps(AnomalySource.ofItself(), 0, 1);
    assertSameSteps(all.subList(2 * SHOTS, all.size()), steps(AnomalySource.ofItself(), 2, 3));
  }

  @Test
  void aFaultInThePreparationIsTheStepsOwn() {
    InputException fault = new InputException("texture.png", "is broken", "remove it");
    AnomalySource broken =
        (image, side, random) -> {
          throw fault;
        };
    try (StepsAhead steps = ahead(broken, 0, 2)) {
      assertSame(fault, assertThrows(InputException.class, steps::next));
    }
    AnomalySource wrong =
        (image, side, random) -> {
          throw new IllegalStateException("a defect of the program");
        };
    try (StepsAhead steps = ahead(wrong, 0, 2)) {
      RuntimeException thrown = assertThrows(RuntimeException.class, steps::next);
      assertEquals("a defect of the program", thrown.getCause().getMessage());
    }
  }

  private static List<StepsAhead.Step> steps(AnomalySource source, int firstEpoch, int threads) {
    List<StepsAhead.Step> steps = new ArrayList<>();
    try (StepsAhead ahead = ahead(source, firstEpoch, threads)) {
      for (int i = firstEpoch * SHOTS; i < EPOCHS * SHOTS; i++) {
        steps.add(ahead.next());
      }
      assertThrows(NoSuchElementException.class, ahead::next);
    }
    return steps;
  }

  private static StepsAhead ahead(AnomalySource source, int firstEpoch, int threads) {
    StepInputs.Recipe recipe =
        new StepInputs.Recipe(
            TrainingConfig.mvtec()
                .with("optimizer.epochs", String.valueOf(EPOCHS))
                .with("optimizer.warmup_epochs", "1")
                .with("seed", "7"),
            new MultiScaleViews(SIDE, true),
            source,
            ClipNormalization.CLIP,
            16);
    List<Shot> shots =
        IntStream.range(0, SHOTS).mapToObj(i -> new Shot(null, image(i), image(i))).toList();
    return new StepsAhead(recipe, shots, firstEpoch, recipe.config().optimizer().epochs(), threads);
  }

  private static RgbImage image(int shot) {
    byte[] samples = new byte[3 * 4 * SIDE * SIDE];
    Draws.of(shot, "picture", 0, 0).nextBytes(samples);
    return RgbImage.of(2 * SIDE, 2 * SIDE, samples);
  }

  private static void assertSameSteps(List<StepsAhead.Step> expected, List<StepsAhead.Step> steps) {
    assertEquals(expected.size(), steps.size());
    for (int i = 0; i < steps.size(); i++) {
      StepInputs inputs = steps.get(i).inputs();
      assertEquals(expected.get(i).shot(), steps.get(i).shot());
      assertArrayEquals(expected.get(i).inputs().views(), inputs.views());
      assertArrayEquals(expected.get(i).inputs().masks(), inputs.masks());
      assertArrayEquals(expected.get(i).inputs().latentNoise(), inputs.latentNoise());
    }
  }
}
