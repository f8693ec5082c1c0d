package io.github.anople.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.MvtecLayout;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.data.ShotSelection;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.AnomalySource;
import io.github.anople.torch.train.Trainer;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Training on real pictures, where the machine has them; the random backbone only proves the
 * plumbing.
 */
class RealDataTest {

  private static final int EPOCHS = 15;

  /** What one run came to. */
  private record Run(double firstLoss, double lastLoss, double imageAuroc) {}

  @ParameterizedTest
  @ValueSource(strings = {"aws_cookie", "deeppcb_92000"})
  void lossesFallAndBf16ScoresAsFp32(String name) {
    Optional<Path> root = Fixtures.dataSet(name);
    assumeTrue(root.isPresent(), () -> "skipped: the data set " + name + " is not here");
    InspectionDataset dataset = MvtecLayout.read(root.get());

    Run exact = run(dataset, Precision.FP32);
    Run rounded = run(dataset, Precision.BF16);

    System.out.printf(
        "%s, 1 shot, random tiny backbone: loss %.3f to %.3f, image AUROC fp32 %.4f, bf16 %.4f%n",
        name, exact.firstLoss(), exact.lastLoss(), exact.imageAuroc(), rounded.imageAuroc());
    assertTrue(exact.lastLoss() < exact.firstLoss());
    assertEquals(exact.imageAuroc(), rounded.imageAuroc(), 0.01);
  }

  private static Run run(InspectionDataset dataset, Precision precision) {
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochDone(int epoch, double meanLoss) {
            losses.add(meanLoss);
          }
        };
    TrainingConfig config = TrainingConfig.mvtec().with("optimizer.epochs", String.valueOf(EPOCHS));
    List<Path> shots =
        ShotSelection.random(1, 0).select(dataset).stream().map(Sample::image).toList();
    String category = dataset.categoryNames().get(0);
    try (LoadedBackbone backbone = LoadedBackbone.open(Fixtures.golden("tiny_clip"), precision)) {
      DetectorBundle bundle =
          new Trainer(config, AnomalySource.ofItself(), new ImageReader(), listener)
              .train(
                  backbone,
                  dataset.name(),
                  List.of(new TrainingClass(category, shots)),
                  TrainingFiles.NONE);
      try (TorchDetector detector = TorchDetector.of(bundle, category, backbone)) {
        return new Run(
            mean(losses.subList(0, 3)),
            mean(losses.subList(EPOCHS - 3, EPOCHS)),
            auroc(detector, dataset.test()));
      }
    }
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** The share of pairs (bad, good) that are ranked rightly; ties count half. */
  private static double auroc(TorchDetector detector, List<Sample> samples) {
    List<Float> good = new ArrayList<>();
    List<Float> bad = new ArrayList<>();
    ImageReader reader = new ImageReader();
    for (Sample sample : samples) {
      float score = detector.detect(reader.read(sample.image())).score();
      (sample.label() == Label.NORMAL ? good : bad).add(score);
    }
    double right = 0;
    for (float worse : bad) {
      for (float better : good) {
        right += worse > better ? 1 : worse == better ? 0.5 : 0;
      }
    }
    return right / ((double) good.size() * bad.size());
  }
}
