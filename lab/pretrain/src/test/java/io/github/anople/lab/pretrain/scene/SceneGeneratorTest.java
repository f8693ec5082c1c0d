package io.github.anople.lab.pretrain.scene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.image.RgbImage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SceneGeneratorTest {

  private static final int SIDE = 64;
  private static final SceneGenerator GENERATOR = new SceneGenerator(20, SIDE);
  private static List<Scene> scenes;

  @BeforeAll
  static void draw() {
    scenes = IntStream.range(0, 1200).mapToObj(GENERATOR::draw).toList();
  }

  private static Stream<Region> regions() {
    return scenes.stream().flatMap(s -> s.regions().stream());
  }

  @Test
  void aSceneIsTheSameInEveryThreadAndOrder() {
    SceneGenerator again = new SceneGenerator(20, SIDE);

    List<Scene> backwards =
        IntStream.range(0, 60).parallel().mapToObj(i -> again.draw(59 - i)).toList();

    for (int i = 0; i < 60; i++) {
      Scene one = scenes.get(i);
      Scene two = backwards.get(59 - i);
      assertEquals(one.image(), two.image(), "scene " + i);
      assertEquals(one.regions(), two.regions(), "scene " + i);
      assertEquals(one.captions(), two.captions(), "scene " + i);
      assertArrayEquals(one.regionOf(), two.regionOf(), "scene " + i);
      assertArrayEquals(one.damaged(), two.damaged(), "scene " + i);
    }
  }

  @Test
  void anotherSeedOrIndexIsAnotherScene() {
    Set<RgbImage> images = new HashSet<>();
    scenes.stream().limit(100).forEach(s -> images.add(s.image()));

    assertEquals(100, images.size());
    assertNotEquals(scenes.get(0).image(), new SceneGenerator(21, SIDE).draw(0).image());
  }

  @Test
  void damageIsSeenExactlyWhereARegionHasIt() {
    for (int i = 0; i < scenes.size(); i++) {
      Scene scene = scenes.get(i);
      boolean[] shown = new boolean[scene.regions().size()];
      for (int k = 0; k < scene.damaged().length; k++) {
        if (scene.damaged()[k]) {
          shown[scene.regionOf()[k]] = true;
        }
      }
      for (int r = 0; r < shown.length; r++) {
        Region region = scene.regions().get(r);
        assertEquals(!region.condition().isWhole(), shown[r], "scene " + i + ": " + region);
      }
    }
  }

  @Test
  void withoutDamageOnlyThePixelsOfTheMaskDiffer() {
    int compared = 0;
    for (int i = 0; i < 200; i++) {
      Scene hurt = GENERATOR.draw(i, true, false);
      Scene whole = GENERATOR.draw(i, false, false);
      assertArrayEquals(whole.regionOf(), hurt.regionOf());
      for (int k = 0; k < hurt.damaged().length; k++) {
        assertFalse(whole.damaged()[k]);
        if (!hurt.damaged()[k]) {
          assertEquals(rgb(whole, k), rgb(hurt, k), "scene " + i + ", pixel " + k);
        } else if (rgb(whole, k) != rgb(hurt, k)) {
          compared++;
        }
      }
    }
    assertTrue(compared > 1000, "only " + compared + " pixels were damaged");
  }

  private static int rgb(Scene scene, int at) {
    int x = at % SIDE;
    int y = at / SIDE;
    RgbImage image = scene.image();
    return image.red(x, y) << 16 | image.green(x, y) << 8 | image.blue(x, y);
  }

  @Test
  void everyWordIsDrawnInTheFirstScenes() {
    Set<String> materials = new HashSet<>();
    Set<String> objects = new HashSet<>();
    Set<String> damages = new HashSet<>();
    regions()
        .forEach(
            r -> {
              materials.add(r.material());
              objects.add(r.object());
              damages.add(r.condition().damage());
            });
    objects.remove("");
    damages.remove("");

    assertEquals(Set.copyOf(SceneWords.materials()), materials);
    assertEquals(Set.copyOf(SceneWords.objects()), objects);
    assertEquals(Set.copyOf(SceneWords.damages()), damages);
    assertTrue(materials.size() >= 25 && objects.size() >= 30, materials + " " + objects);
  }

  @Test
  void aboutHalfTheScenesAreDamagedAndAThirdAreBareMaterial() {
    long damaged =
        scenes.stream()
            .filter(s -> s.regions().stream().anyMatch(r -> !r.condition().isWhole()))
            .count();
    long bare =
        scenes.stream()
            .filter(s -> s.regions().stream().allMatch(r -> r.object().isEmpty()))
            .count();

    assertEquals(0.5, damaged / 1200.0, 0.07);
    assertEquals(1 / 3.0, bare / 1200.0, 0.07);
  }

  @Test
  void captionsAreSeveralShortAndNameWhatIsThere() {
    for (Scene scene : scenes) {
      List<String> captions = scene.captions();
      assertTrue(new HashSet<>(captions).size() >= 4, captions.toString());
      for (String caption : captions) {
        assertTrue(caption.split(" ", -1).length < 20, caption);
        assertTrue(
            scene.regions().stream().anyMatch(r -> names(caption, r)),
            caption + " names none of " + scene.regions());
      }
    }
  }

  private static boolean names(String caption, Region region) {
    String noun = region.object().isEmpty() ? region.material() : region.object();
    return caption.contains(noun) || caption.contains(Captions.plural(noun));
  }

  @Test
  void aDamagePhraseSaysMoreThanThePhrase() {
    regions()
        .filter(r -> !r.condition().isWhole())
        .forEach(
            r -> {
              assertTrue(r.damagePhrase().contains(r.phrase()), r.toString());
              assertNotEquals(r.phrase(), r.damagePhrase());
              assertTrue(SceneWords.damages().contains(r.condition().damage()), r.toString());
            });
  }

  @Test
  void everyNameThatARecipeUsesExists() {
    for (Thing thing : Things.ALL) {
      thing.materials().forEach(Materials::named);
      thing.ownIlls().forEach(Damages::named);
    }
    for (Material material : Materials.ALL) {
      material.ills().forEach(Damages::named);
      material.colours().forEach(c -> assertTrue(Colours.names().contains(c), c));
    }
    Materials.TABLES.forEach(Materials::named);
  }

  @Test
  void aSideOutOfRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SceneGenerator(1, 31));
    assertThrows(IllegalArgumentException.class, () -> new SceneGenerator(1, 2049));
  }

  @Test
  void pluralsAreThoseOfEverydaySpeech() {
    assertEquals("cracked batteries", Captions.plural("cracked battery"));
    assertEquals("keys with a hole", Captions.plural("key with a hole"));
    assertEquals("leaves", Captions.plural("leaf"));
    assertEquals("boxes", Captions.plural("box"));
  }
}
