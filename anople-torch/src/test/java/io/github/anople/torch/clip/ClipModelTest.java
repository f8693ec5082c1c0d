package io.github.anople.torch.clip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.ResidentMemory;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.OpenClipWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClipModelTest {

  private static ClipModel model;

  @BeforeAll
  static void load() {
    model = OpenClipWeights.open(Fixtures.golden("tiny_clip")).load(Precision.FP32);
  }

  @AfterAll
  static void free() {
    model.close();
  }

  @Test
  void featuresAreOfUnitLength() {
    assertEquals(1, length(model.embedText("a scratched washer")), 1e-5);
    assertEquals(1, length(model.embedImage(image(0))), 1e-5);
  }

  private static double length(float[] feature) {
    double sum = 0;
    for (float value : feature) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  @Test
  void aThousandEncodesLeaveMemoryFlat() {
    RgbImage image = image(1);
    for (int i = 0; i < 200; i++) {
      encode(image);
    }
    ResidentMemory memory = ResidentMemory.now();
    for (int i = 0; i < 1000; i++) {
      encode(image);
    }
    memory.requireGrowthBelow(20L << 20);
  }

  private static void encode(RgbImage image) {
    model.embedImage(image);
    model.embedText("a washer");
  }

  @Test
  void fourThreadsThatShareAModelGetTheFeaturesOfOne() throws Exception {
    List<float[]> alone = features();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<List<float[]>>> shared = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      shared.add(threads.submit(ClipModelTest::features));
    }
    for (Future<List<float[]>> future : shared) {
      for (int i = 0; i < alone.size(); i++) {
        assertArrayEquals(alone.get(i), future.get().get(i));
      }
    }
    threads.shutdown();
  }

  private static List<float[]> features() {
    List<float[]> features = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      features.add(model.embedImage(image(i)));
    }
    return features;
  }

  private static RgbImage image(int number) {
    return RgbImage.of(SyntheticParts.good(number));
  }
}
