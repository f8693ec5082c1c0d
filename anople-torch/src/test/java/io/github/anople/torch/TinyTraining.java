package io.github.anople.torch;

import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.Trainer;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import java.nio.file.Path;
import java.util.List;

/** A whole training in a second or two: the tiny random backbone, two drawn parts. */
public final class TinyTraining {

  private TinyTraining() {}

  /** The tiny random backbone. */
  public static LoadedBackbone backbone() {
    return LoadedBackbone.open(Fixtures.golden("tiny_clip"), Precision.FP32);
  }

  /** Settings that end soon and learn fast. */
  public static TrainingConfig config() {
    return TrainingConfig.mvtec()
        .with("prompts.text_context", "2")
        .with("prompts.visual_context", "2")
        .with("optimizer.epochs", "4")
        .with("optimizer.warmup_epochs", "1")
        .with("optimizer.prompt_rate", "0.01")
        .with("optimizer.decoder_rate", "0.01")
        .with("seed", "11");
  }

  /** A class of drawn good parts, written into a folder. */
  public static TrainingClass washers(Path folder, int shots) {
    return new TrainingClass("washer", SyntheticParts.writeGood(folder, shots));
  }

  /** Trains on two washers. */
  public static DetectorBundle train(LoadedBackbone backbone, TrainingConfig config, Path folder) {
    return new Trainer(config)
        .train(backbone, "parts", List.of(washers(folder, 2)), TrainingFiles.NONE);
  }
}
