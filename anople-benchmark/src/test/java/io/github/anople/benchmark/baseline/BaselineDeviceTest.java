package io.github.anople.benchmark.baseline;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.SyntheticParts;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.prompt.Interaction;
import java.util.Arrays;
import java.util.List;
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
    TrainingConfig shiftedTwice = TrainingConfig.mvtec().with("memory.shifts", "2");
    try (GoldenModel golden = new GoldenModel(Interaction.BIDIRECTIONAL, Precision.FP32, META);
        AnomalyDetector memory =
            PatchMemory.fit(golden.clip(), IMAGES, Set.of(1, 2), shiftedTwice);
        AnomalyDetector winClip = WinClip.fit(golden.clip(), List.of("part"), IMAGES);
        AnomalyDetector patchCore =
            PatchCore.fit(golden.clip(), IMAGES, Set.of(1, 2), shiftedTwice);
        AnomalyDetector padim = Padim.fit(golden.clip(), IMAGES, Set.of(1, 2), shiftedTwice);
        AnomalyDetector spade = Spade.fit(golden.clip(), IMAGES, Set.of(1, 2))) {
      onlyReadAtTheEnd(() -> memory.detect(IMAGES), "detectBatch");
      onlyReadAtTheEnd(() -> winClip.detect(IMAGES), "detectBatch");
      onlyReadAtTheEnd(() -> patchCore.detect(IMAGES), "detectBatch");
      onlyReadAtTheEnd(() -> padim.detect(IMAGES), "detectBatch");
      onlyReadAtTheEnd(() -> spade.detect(IMAGES), "detectBatch");
    }
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
