package io.github.anople.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.anople.core.Golden;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.loss.AlignMode;
import io.github.anople.torch.loss.AnoPleLoss;
import io.github.anople.torch.loss.LossTerms;
import io.github.anople.torch.memory.MemoryBank;
import io.github.anople.torch.model.DetectionModel;
import io.github.anople.torch.model.DetectionStep;
import io.github.anople.torch.model.Images;
import io.github.anople.torch.prompt.Interaction;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every tensor is made on the device that computes, and nothing is read before the end.
 *
 * <p>On {@link ComputeDevice.Kind#META} an operation throws where one operand is the processor's,
 * and so does every reading of a number.
 */
class DeviceTest {

  private static final ComputeDevice META = new ComputeDevice(ComputeDevice.Kind.META, 0);
  private static final List<RgbImage> IMAGES =
      List.of(RgbImage.of(SyntheticParts.good(0)), RgbImage.of(SyntheticParts.scratched(1)));

  private static GoldenModel golden(Precision precision, ComputeDevice device) {
    return new GoldenModel(Interaction.BIDIRECTIONAL, precision, device);
  }

  @Test
  void aTensorOfTheProcessorIsRefused() {
    try (GoldenModel golden = golden(Precision.FP32, META)) {
      TensorScope.inference(
          () -> {
            Tensor here = GoldenModel.images(golden.clip());
            assertThrows(RuntimeException.class, () -> golden.clip().vision().encode(here));
            assertThrows(RuntimeException.class, () -> here.add(META.place(here)));
            return null;
          });
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FP32", "BF16"})
  void bothTowersStayOnTheirDevice(Precision precision) {
    try (GoldenModel golden = golden(precision, META)) {
      ClipModel clip = golden.clip();
      TensorScope.inference(
          () -> {
            Tensor images = Images.batch(clip, IMAGES);
            onMeta(clip.vision().encode(images).image());
            onMeta(clip.vision().encodeWindows(images, new long[][] {{0, 1}, {1, 2}}));
            onMeta(clip.text().encode(List.of(clip.tokenizer().encode("a part"))));
            assertEquals(
                clip.config().embedDim(),
                golden.model().textFeatures(golden.model().prompts().contexts()).size(1));
            return null;
          });
      onlyReadAtTheEnd(() -> clip.embedImage(IMAGES.get(0)), "floats");
      onlyReadAtTheEnd(() -> clip.embedText("a part"), "floats");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FP32", "BF16"})
  void detectionStaysOnItsDevice(Precision precision) {
    try (GoldenModel golden = golden(precision, META);
        DetectionModel model = detection(golden)) {
      TensorScope.inference(
          () -> {
            DetectionStep.Result result = model.step().detect(Images.batch(golden.clip(), IMAGES));
            onMeta(result.score());
            onMeta(result.map());
            onMeta(result.memoryDistance());
            onMeta(result.feature());
            onMeta(model.step().memoryFeatures(Images.batch(golden.clip(), IMAGES)));
            return null;
          });
    }
  }

  @Test
  void aMemoryOfSeveralTilesIsSearchedWhereItIs() {
    try (OwnedTensors owner = new OwnedTensors()) {
      TensorScope.inference(
          () -> {
            Tensor rows = META.place(Tensors.of(new float[2 * 20_000], 20_000, 2));
            MemoryBank memory = new MemoryBank(rows, owner);
            Tensor distances = memory.distances(rows.narrow(0, 0, 3).unsqueeze(0));
            onMeta(distances);
            assertEquals(3, distances.size(1));
            return null;
          });
    }
  }

  @ParameterizedTest
  @EnumSource(AlignMode.class)
  void aStepComputesAllGradientsOnItsDevice(AlignMode align) {
    try (GoldenModel golden = golden(Precision.BF16, META)) {
      Parameters parameters = golden.parameters();
      TensorScope.run(
          () -> {
            TrainingStep step =
                new TrainingStep(golden.model(), new AnoPleLoss(align), Optional.empty());
            LossTerms terms = step.gradients(placed(GoldenSteps.batch(golden, 0)));
            onMeta(terms.total());
            for (String name : parameters.names()) {
              assertTrue(parameters.get(name).grad().defined(), () -> "gradient of " + name);
              onMeta(parameters.get(name).grad());
            }
            assertThrows(RuntimeException.class, terms::values, "there are no numbers to read");
          });
    }
  }

  @Test
  void aRunReadsNothingOfAStepBeforeTheLosses(@TempDir Path folder) {
    TrainingConfig config = TinyTraining.config();
    TrainingClass product = TinyTraining.washers(folder, 1);
    try (GoldenModel here = golden(Precision.FP32, ComputeDevice.CPU);
        GoldenModel golden = golden(Precision.FP32, META)) {
      int side = golden.clip().config().vision().imageSize();
      Shot shot =
          Shot.read(
              "washer/0.png",
              product.shots().get(0),
              new ImageReader(),
              InputSizes.one(side),
              Optional.empty(),
              Optional.empty());
      Map<String, FloatTensor> drawn =
          InitialValues.draw(here.clip(), config.promptShape(here.clip().config()), config.seed());
      try (TrainingRun run =
          new TrainingRun(
              new Trainer(config),
              golden.clip(),
              new Shots(List.of("washer"), List.of(shot)),
              TrainingState.initial(drawn),
              TrainingFiles.NONE)) {
        onlyReadAtTheEnd(() -> run.epoch(0), "values");
      }
    }
  }

  /** Where there is a card, it must find what the processor finds. */
  @Test
  void aCardScoresAsTheProcessorDoes() {
    ComputeDevice card = ComputeDevice.auto();
    assumeTrue(card.kind() == ComputeDevice.Kind.CUDA, "libtorch sees no CUDA card");
    assertArrayEquals(scores(ComputeDevice.CPU), scores(card), 1e-4f);
    assertArrayEquals(losses(ComputeDevice.CPU), losses(card), 1e-3f);
  }

  private static float[] scores(ComputeDevice device) {
    try (GoldenModel golden = golden(Precision.FP32, device);
        DetectionModel model = detection(golden)) {
      return TensorScope.inference(
          () -> Tensors.floats(model.step().detect(Images.batch(golden.clip(), IMAGES)).score()));
    }
  }

  private static float[] losses(ComputeDevice device) {
    try (GoldenModel golden = golden(Precision.FP32, device)) {
      return TensorScope.call(
          () -> {
            TrainingStep step =
                new TrainingStep(
                    golden.model(), new AnoPleLoss(AlignMode.WEIGHTED), Optional.empty());
            LossTerms terms = step.gradients(placed(device, GoldenSteps.batch(golden, 0)));
            var values = terms.values();
            return new float[] {
              values.dice(), values.focal(), values.cePixel(), values.ceLatent(), values.align()
            };
          });
    }
  }

  private static DetectionModel detection(GoldenModel golden) {
    Golden memory = Golden.open("memory.safetensors");
    long[] shape = memory.shape("R");
    return new DetectionModel(
        golden.clip(),
        golden.recipe(),
        Map.of(
            DetectorBundle.BACKBONE_MEMORY,
            new FloatTensor(List.of(shape[0], shape[1]), memory.floats("R"))));
  }

  private static TrainingStep.Batch placed(TrainingStep.Batch batch) {
    return placed(META, batch);
  }

  private static TrainingStep.Batch placed(ComputeDevice device, TrainingStep.Batch batch) {
    return new TrainingStep.Batch(
        device.place(batch.views()),
        device.place(batch.masks()),
        batch.abnormal(),
        device.place(batch.latentNoise()),
        batch.viewsPerImage());
  }

  private static void onMeta(Tensor tensor) {
    assertTrue(tensor.is_meta(), () -> "is on " + tensor.device().str().getString());
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
