package io.github.anople.benchmark.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.SyntheticParts;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The published methods on patches, as detectors. */
class RivalsTest {

  private static final RgbImage GOOD = RgbImage.of(SyntheticParts.good(0));
  private static final RgbImage BAD = RgbImage.of(SyntheticParts.scratched(3));
  private static final Set<Integer> LAYERS = Set.of(1, 2, 3);
  private static final TrainingConfig CONFIG = TrainingConfig.mvtec();

  private static LoadedBackbone backbone;

  /** How each is fitted. */
  enum Rival {
    PATCHCORE {
      @Override
      AnomalyDetector fit(FrozenPatches patches, List<RgbImage> shots) {
        return PatchCore.fit(patches, shots, CONFIG);
      }
    },
    PADIM {
      @Override
      AnomalyDetector fit(FrozenPatches patches, List<RgbImage> shots) {
        return Padim.fit(patches, shots, CONFIG);
      }
    },
    SPADE {
      @Override
      AnomalyDetector fit(FrozenPatches patches, List<RgbImage> shots) {
        return Spade.fit(patches, shots);
      }
    },
    FASTRECON {
      @Override
      AnomalyDetector fit(FrozenPatches patches, List<RgbImage> shots) {
        return FastRecon.fit(patches, shots, CONFIG);
      }
    };

    abstract AnomalyDetector fit(FrozenPatches patches, List<RgbImage> shots);
  }

  @BeforeAll
  static void open() {
    backbone = TinyTraining.backbone();
  }

  @AfterAll
  static void close() {
    backbone.close();
  }

  private static FrozenPatches patches(Set<Integer> layers) {
    return FrozenPatches.ofEnds(backbone.clip(), layers);
  }

  private static AnomalyDetector fit(Rival rival, RgbImage... shots) {
    return rival.fit(patches(LAYERS), List.of(shots));
  }

  /** FastRecon tells a picture in a few of its own rows only, and so not entirely. */
  @ParameterizedTest
  @EnumSource(
      value = Rival.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FASTRECON"})
  void aPictureThatIsRememberedIsNormalEverywhere(Rival rival) {
    try (AnomalyDetector detector = fit(rival, GOOD)) {
      Detection detection = detector.detect(GOOD);

      assertEquals(0, detection.score(), 1e-4);
      assertEquals(0, detection.map().max(), 1e-4);
    }
  }

  @ParameterizedTest
  @EnumSource(Rival.class)
  void aScratchScoresHigherThanTheGoodPicture(Rival rival) {
    for (RgbImage[] shots :
        new RgbImage[][] {{GOOD}, {GOOD, RgbImage.of(SyntheticParts.good(1))}}) {
      try (AnomalyDetector detector = fit(rival, shots)) {
        Detection good = detector.detect(GOOD);
        Detection bad = detector.detect(BAD);

        assertTrue(bad.score() > good.score(), bad.score() + " and " + good.score());
        assertTrue(bad.map().max() > good.map().max());
        assertTrue(bad.map().max() < 1, "distances are bounded");
      }
    }
  }

  /** PaDiM needs two to know how much a place differs, and then what differs counts less there. */
  @Test
  void padimForgivesWhatGoodPicturesDifferIn() {
    RgbImage other = RgbImage.of(SyntheticParts.good(1));
    try (AnomalyDetector one = fit(Rival.PADIM, GOOD);
        AnomalyDetector two = fit(Rival.PADIM, GOOD, other)) {
      assertTrue(two.detect(other).score() < one.detect(other).score());
    }
  }

  @Test
  void patchCoreKeepsAsMuchAsTheCoresetSays() {
    TrainingConfig some = CONFIG.with("memory.coreset", "0.25");
    try (AnomalyDetector all = fit(Rival.PATCHCORE, GOOD);
        AnomalyDetector few = PatchCore.fit(patches(LAYERS), List.of(GOOD), some)) {
      assertTrue(few.detect(GOOD).score() > 10 * all.detect(GOOD).score());
    }
  }

  @ParameterizedTest
  @EnumSource(Rival.class)
  void oneLayerIsEnoughAndTheMiddleOnesAreNotLookedAt(Rival rival) {
    try (AnomalyDetector one = rival.fit(patches(Set.of(2)), List.of(GOOD));
        AnomalyDetector ends = rival.fit(patches(Set.of(1, 3)), List.of(GOOD));
        AnomalyDetector all = fit(rival, GOOD)) {
      assertTrue(one.detect(BAD).score() > 0);
      assertEquals(ends.detect(BAD), all.detect(BAD));
    }
  }

  @ParameterizedTest
  @EnumSource(Rival.class)
  void manyImagesGetWhatEachWouldGetAlone(Rival rival) {
    try (AnomalyDetector detector = fit(rival, GOOD, RgbImage.of(SyntheticParts.good(1)))) {
      List<Detection> together = detector.detect(List.of(GOOD, BAD, GOOD));

      assertEquals(detector.detect(BAD).score(), together.get(1).score(), 1e-5);
      assertEquals(together.get(0).score(), together.get(2).score(), 1e-5);
    }
  }

  @ParameterizedTest
  @EnumSource(Rival.class)
  void nothingIsRememberedFromNothing(Rival rival) {
    assertThrows(IllegalArgumentException.class, () -> rival.fit(patches(LAYERS), List.of()));
    assertThrows(IllegalArgumentException.class, () -> rival.fit(patches(Set.of()), List.of(GOOD)));
  }
}
