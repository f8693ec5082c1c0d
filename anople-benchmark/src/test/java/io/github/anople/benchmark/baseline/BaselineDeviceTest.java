package io.github.anople.benchmark.baseline;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.DinoEncoders;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.pretrained.SharedDinos;
import io.github.anople.torch.prompt.Interaction;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Baselines make their tensors on the device that computes, and read nothing before the end. */
class BaselineDeviceTest {

  private static final ComputeDevice META = new ComputeDevice(ComputeDevice.Kind.META, 0);
  private static final List<RgbImage> IMAGES =
      List.of(RgbImage.of(SyntheticParts.good(0)), RgbImage.of(SyntheticParts.scratched(1)));

  /** FastRecon's coreset is read row by row when it is fitted, so it is not among them. */
  @Test
  void baselinesStayOnTheirDevice() {
    TrainingConfig config =
        TrainingConfig.mvtec()
            .with("memory.encoder", "clip+trunk")
            .with("memory.encoder_weights", "1,1");
    try (GoldenModel golden = new GoldenModel(Interaction.BIDIRECTIONAL, Precision.FP32, META);
        AnomalyDetector memory =
            PatchMemory.of(
                PatchMemory.look(backbone(golden), config), rows(golden, config), config);
        AnomalyDetector winClip = WinClip.fit(golden.clip(), List.of("part"), IMAGES);
        AnomalyDetector patchCore = PatchCore.fit(patches(golden), IMAGES, config);
        AnomalyDetector padim = Padim.fit(patches(golden), IMAGES, config);
        AnomalyDetector spade = Spade.fit(patches(golden), IMAGES);
        AnomalyDetector promptAd = promptAd(golden, PromptAd.Form.FULL);
        AnomalyDetector generic = promptAd(golden, PromptAd.Form.GENERIC)) {
      onlyReadAtTheEnd(() -> memory.detect(IMAGES), "detectBatch");
      onlyReadAtTheEnd(() -> winClip.detect(IMAGES), "detectBatch");
      onlyReadAtTheEnd(() -> patchCore.detect(IMAGES), "detectBatch");
      onlyReadAtTheEnd(() -> padim.detect(IMAGES), "detectBatch");
      onlyReadAtTheEnd(() -> spade.detect(IMAGES), "detectBatch");
      onlyReadAtTheEnd(() -> promptAd.detect(IMAGES), "detectBatch");
      onlyReadAtTheEnd(() -> generic.detect(IMAGES), "detectBatch");
    }
  }

  private static FrozenPatches patches(GoldenModel golden) {
    return FrozenPatches.ofEnds(golden.clip(), Set.of(1, 2));
  }

  private static AnomalyDetector promptAd(GoldenModel golden, PromptAd.Form form) {
    return PromptAd.fit(golden.clip(), List.of("part"), IMAGES, form, 0, () -> {});
  }

  private static LoadedBackbone backbone(GoldenModel golden) {
    return new LoadedBackbone(
        golden.clip(),
        new Provenance.Backbone("golden", "0".repeat(64)),
        new SharedDinos(DinoEncoders::installed, Precision.FP32, META));
  }

  private static Map<String, FloatTensor> rows(GoldenModel golden, TrainingConfig config) {
    ClipConfig clip = golden.clip().config();
    return Map.of(
        "clip", rows(clip.vision().width()), "trunk", rows(config.trunk().on(clip).width()));
  }

  private static FloatTensor rows(int width) {
    return new FloatTensor(List.of(2L, (long) width), new float[2 * width]);
  }

  /** It fails for want of numbers, where its results are read, and nowhere before. */
  private static void onlyReadAtTheEnd(Runnable work, String reader) {
    RuntimeException fault = assertThrows(RuntimeException.class, work::run);
    assertTrue(
        String.valueOf(fault.getMessage()).contains("Cannot copy out of meta tensor"),
        fault::toString);
    assertTrue(
        Arrays.stream(fault.getStackTrace()).anyMatch(at -> at.getMethodName().contains(reader)),
        () -> "read elsewhere: " + Arrays.toString(fault.getStackTrace()));
  }
}
