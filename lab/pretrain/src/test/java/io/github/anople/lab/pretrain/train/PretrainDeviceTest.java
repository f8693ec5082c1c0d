package io.github.anople.lab.pretrain.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipTokenizer;
import io.github.anople.torch.clip.ClipTowers;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every tensor of a step is made on the device that computes. */
class PretrainDeviceTest {

  private static final ComputeDevice META = new ComputeDevice(ComputeDevice.Kind.META, 0);

  @TempDir private Path folder;

  @Test
  void theLossesStayOnTheirDevice() {
    List<String> merges = MiniVocabulary.merges(0).subList(0, 40);
    OpenClipExport.writeVocabulary(folder, merges);
    ClipConfig architecture = MiniArchitecture.of(MiniVocabulary.size(merges));
    ClipTokenizer tokenizer =
        ClipTokenizer.read(folder.resolve("merges.txt"), architecture.text().vocabSize(), 77);
    PretrainConfig config =
        new PretrainConfig(7, 4, 2, 1, 3, 50, 1e-3, 2, 1, 0.2, 0.2, 0.5, false, false);
    SceneBatch batch = new SceneStream(config, 0).next(0);
    try (Parameters weights = Parameters.of(InitialWeights.of(architecture, 7), true, META)) {
      TensorScope.run(
          () -> {
            try (OwnedTensors owner = new OwnedTensors()) {
              PretrainLoss.Terms terms =
                  new PretrainLoss(config, tokenizer)
                      .of(
                          ClipTowers.of(architecture, weights::get, Precision.BF16, owner),
                          batch,
                          RandomPrompts.of(7, 1, META),
                          config.patches(0),
                          weights.get("logit_scale"));
              assertTrue(terms.total().is_meta());
              assertThrows(RuntimeException.class, terms::values, "there is nothing to read");
            }
          });
    }
  }

  @Test
  void theOptimizerReadsNothing() {
    Map<String, FloatTensor> start = Map.of("a", new FloatTensor(List.of(2L, 2L), new float[4]));
    try (Parameters parameters = Parameters.of(start, true, META);
        AdamW optimizer = new AdamW(parameters, start, start, META)) {
      TensorScope.run(
          () -> {
            Tensor a = parameters.get("a");
            a.mul(a).sum().backward();
            optimizer.step(1, 0.1);
            assertTrue(a.is_meta());
          });
    }
  }

  @Test
  void longGradientsAreCutToLengthOne() {
    FloatTensor zero = new FloatTensor(List.of(2L), new float[2]);
    Map<String, FloatTensor> still = Map.of("a", zero, "b", zero);
    try (Parameters parameters = Parameters.of(still, true);
        AdamW optimizer = new AdamW(parameters, still, still, ComputeDevice.CPU)) {
      TensorScope.run(
          () -> {
            Tensor a = Tensors.of(new float[] {0, 20}, 2).mul(parameters.get("a")).sum();
            Tensor b = Tensors.of(new float[] {0, 15}, 2).mul(parameters.get("b")).sum();
            a.add(b).backward();
            optimizer.step(1, 0.1);
          });
      // The running means after one step are a tenth of the gradients, 20/25 and 15/25.
      assertArrayEquals(new float[] {0, 0.08f}, optimizer.first().get("a").values(), 1e-6f);
      assertArrayEquals(new float[] {0, 0.06f}, optimizer.first().get("b").values(), 1e-6f);
    }
  }
}
