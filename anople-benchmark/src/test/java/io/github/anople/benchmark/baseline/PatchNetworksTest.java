package io.github.anople.benchmark.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.InputException;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.encoder.dino.DinoSettings;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.model.Images;
import io.github.anople.torch.pretrained.DinoCheckpoint;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.pretrained.LoadedDino;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the published methods on patches see with. */
class PatchNetworksTest {

  private static final String DINO = "dinov2-small";
  private static final int DINO_SIDE = 98;
  private static final RgbImage GOOD = RgbImage.of(SyntheticParts.good(0));
  private static final RgbImage BAD = RgbImage.of(SyntheticParts.scratched(3));

  private static LoadedBackbone clip;
  private static LoadedBackbone backbone;

  @BeforeAll
  static void open() {
    clip = TinyTraining.backbone();
    backbone =
        clip.withDinos(
            name ->
                DinoCheckpoint.open(
                    Fixtures.golden("dinov2/hub/registers.pth"), OptionalInt.empty()));
  }

  @AfterAll
  static void close() {
    backbone.close();
  }

  private static TrainingConfig config(String encoder) {
    return TrainingConfig.mvtec()
        .with("memory.encoder", encoder)
        .with("dinov2.image_size", Integer.toString(DINO_SIDE));
  }

  private static List<long[]> shapes(String encoder) {
    return seen(
        encoder, seen -> seen.layers().stream().map(layer -> Tensors.shape(layer)).toList());
  }

  private static <T> T seen(String encoder, Function<FrozenPatches.Seen, T> use) {
    try (FrozenPatches patches = PatchNetworks.of(backbone, config(encoder))) {
      return TensorScope.inference(() -> use.apply(patches.remember(List.of(GOOD))));
    }
  }

  private static int side() {
    return clip.clip().config().vision().imageSize();
  }

  @Test
  void theTrunkHasAShallowLayerOnAFineGridAndADeepOneOnACoarse() {
    List<long[]> shapes = shapes("trunk");

    long fine = (side() + 7L) / 8;
    long coarse = (side() + 15L) / 16;
    assertArrayEquals(new long[] {1, fine, fine, 32}, shapes.get(0));
    assertArrayEquals(new long[] {1, coarse, coarse, 64}, shapes.get(1));
  }

  @Test
  void severalNetworksLieSideBySide() {
    List<long[]> both = shapes("clip+trunk");

    assertEquals(4, both.size());
    long width = seen("clip+trunk", one -> one.whole().size(1));
    assertEquals(seen("clip", one -> one.whole().size(1)) + 64, width);
  }

  /** Each layer is what an encoder of that layer alone says. */
  @Test
  void aDinoShowsTheLayersAtTheDepthOfThePapers() {
    List<float[]> layers =
        seen(DINO, one -> one.layers().stream().map(layer -> Tensors.floats(layer)).toList());

    // Three blocks: 7/12 of them is the second, 10/12 the third.
    for (int layer : List.of(2, 3)) {
      DinoSettings alone = new DinoSettings(DINO_SIDE, List.of(layer), true, false);
      try (LoadedDino dino = backbone.dinos().open(DINO, alone)) {
        float[] expected =
            TensorScope.inference(
                () ->
                    Tensors.floats(
                        dino.encoder()
                            .encode(
                                Images.plain(
                                    clip.clip().device(),
                                    List.of(InputSizes.one(DINO_SIDE).prepare(GOOD).image()),
                                    DINO_SIDE))));
        assertArrayEquals(expected, layers.get(layer - 2), 1e-5f, "layer " + layer);
      }
    }
  }

  @Test
  void layersThatAreNamedAreTheEnds() {
    assertEquals(List.of(2, 9), PatchNetworks.ends(List.of(9, 2, 5), 12));
    assertEquals(List.of(4), PatchNetworks.ends(List.of(4), 12));
    assertEquals(List.of(7, 10), PatchNetworks.ends(List.of(), 12));
    assertEquals(List.of(14, 20), PatchNetworks.ends(List.of(), 24));
    assertEquals(List.of(1), PatchNetworks.ends(List.of(), 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"trunk", DINO, "clip+trunk"})
  void everyRivalTellsAScratchWithIt(String encoder) {
    for (Function<FrozenPatches, AnomalyDetector> rival : rivals(config(encoder))) {
      try (AnomalyDetector detector = rival.apply(PatchNetworks.of(backbone, config(encoder)))) {
        List<Detection> seen = detector.detect(List.of(GOOD, BAD));

        assertTrue(seen.get(1).score() > seen.get(0).score(), encoder);
        assertTrue(seen.get(1).map().max() > seen.get(0).map().max(), encoder);
        assertEquals(side(), detector.imageSize());
        assertTrue(seen.get(1).map().max() < 1, encoder);
      }
    }
  }

  private static List<Function<FrozenPatches, AnomalyDetector>> rivals(TrainingConfig config) {
    return List.of(
        patches -> PatchCore.fit(patches, List.of(GOOD), config),
        patches -> Padim.fit(patches, List.of(GOOD), config),
        patches -> Spade.fit(patches, List.of(GOOD)),
        patches -> FastRecon.fit(patches, List.of(GOOD), config));
  }

  @Test
  void aLayerThatANetworkLacksIsTold() {
    TrainingConfig deep = config(DINO).with("dinov2.layers", "2,40");

    InputException fault =
        assertThrows(InputException.class, () -> PatchNetworks.of(backbone, deep));

    assertTrue(fault.getMessage().contains("layer 40"), fault.getMessage());
  }
}
