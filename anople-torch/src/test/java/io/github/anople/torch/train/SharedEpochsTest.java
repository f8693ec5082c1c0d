package io.github.anople.torch.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.SyntheticParts;
import io.github.anople.core.image.ImageReader;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.AnomalySource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedEpochsTest {

  @TempDir Path folder;

  @Test
  void aClassIsLookedAtAsOftenWhateverItsNumberOfShots() {
    TrainingConfig config =
        TinyTraining.config().with("optimizer.epochs", "5").with("optimizer.shared_epochs", "true");
    List<Integer> passes = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochDone(int epoch, double meanLoss) {
            passes.add(epoch);
          }
        };
    List<TrainingClass> classes =
        List.of(
            new TrainingClass("washer", SyntheticParts.writeGood(folder.resolve("a"), 2)),
            new TrainingClass("gasket", SyntheticParts.writeGood(folder.resolve("b"), 1)));
    try (LoadedBackbone backbone = TinyTraining.backbone()) {
      new Trainer(config, AnomalySource.ofItself(), new ImageReader(), listener)
          .train(backbone, "parts", classes, TrainingFiles.NONE);
    }
    assertEquals(List.of(1, 2, 3), passes);
  }
}
