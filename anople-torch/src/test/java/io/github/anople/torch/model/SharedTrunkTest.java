package io.github.anople.torch.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.scene.SceneLook;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One pass of the trunk for memory and scene check says what two passes say. */
class SharedTrunkTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"clip+trunk, 1", "trunk, 1", "clip+trunk, 2", "clip, 1"})
  void onePassSaysWhatTwoSay(String encoders, String shifts) {
    TrainingConfig config =
        TinyTraining.config()
            .with("optimizer.epochs", "0")
            .with("memory.encoder", encoders)
            .with("detection.shifts", shifts)
            .with("scene.enabled", "true");
    try (LoadedBackbone backbone = TinyTraining.backbone()) {
      DetectorBundle bundle = TinyTraining.train(backbone, config, folder);
      RgbImage image =
          new ImageReader().read(TinyTraining.washers(folder.resolve("more"), 1).shots().get(0));
      DetectorModels models = new DetectorModels(backbone, config);
      try (DetectionModel model = models.model(bundle, "a test");
          SceneLook alone =
              new SceneLook(
                  models.sceneSight(bundle),
                  bundle.scene().orElseThrow().patches(),
                  bundle.scene().orElseThrow().statistics(),
                  backbone.clip().device())) {
        TensorScope.inference(
            () -> {
              Seen seen = model.step().look().seen(List.of(image));
              DetectionModel.Inspected both = model.inspect(seen);
              DetectionStep.Result detection = model.step().detect(seen);
              assertEquals(detection.score().item_float(), both.detection().score().item_float());
              assertArrayEquals(
                  Tensors.floats(detection.map()), Tensors.floats(both.detection().map()));
              float[] scene = Tensors.floats(both.scene().orElseThrow());
              assertTrue(scene.length > 0);
              assertArrayEquals(
                  Tensors.floats(
                      alone.measure(Images.unnormalized(backbone.clip(), seen.images()))),
                  scene,
                  1e-4f);
              return null;
            });
      }
    }
  }
}
