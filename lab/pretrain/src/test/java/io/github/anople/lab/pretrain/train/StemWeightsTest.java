package io.github.anople.lab.pretrain.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.lab.pretrain.scene.SceneGenerator;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipStem;
import io.github.anople.torch.clip.ClipTensorNames;
import io.github.anople.torch.clip.ClipTokenizer;
import io.github.anople.torch.clip.ClipTowers;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class StemWeightsTest {

  private static final int SIDE = MiniArchitecture.SIDE;
  private static final List<String> MERGES =
      MergesTrainer.merges(List.of("a photo of a damaged red metal gear on wood"), 100);

  @TempDir private Path folder;

  private static ClipConfig architecture(boolean stem) {
    return MiniArchitecture.of(
        MiniVocabulary.size(MERGES), stem ? Optional.of(StemWeights.STEM) : Optional.empty());
  }

  private static Map<String, FloatTensor> plain() {
    Map<String, FloatTensor> weights = InitialWeights.of(architecture(false), 7);
    float[] scale = new float[2 * BuiltInDescriptors.OWN];
    Arrays.fill(scale, scale.length / 2, scale.length, 0.3f);
    BuiltInDescriptors.write(
        weights, new FloatTensor(List.of(2L, (long) BuiltInDescriptors.OWN), scale));
    return weights;
  }

  private static Map<String, FloatTensor> stemmed() {
    return StemWeights.added(plain(), architecture(true), 1);
  }

  /** Rows of a drawn scene after the built blocks, {@code [patches, width]}. */
  private static float[] rows(ClipConfig architecture, Map<String, FloatTensor> values) {
    float[] scene = new SceneGenerator(3, SIDE).draw(0).image().toPlanar();
    try (Parameters weights = Parameters.of(values, false)) {
      return TensorScope.inference(
          () -> {
            try (OwnedTensors owner = new OwnedTensors()) {
              ClipTowers towers = ClipTowers.of(architecture, weights::get, Precision.FP32, owner);
              Tensor images = PretrainLoss.normalized(Tensors.of(scene, 1, 3, SIDE, SIDE));
              return Tensors.floats(
                  towers
                      .vision()
                      .encode(images, null, Set.of(BuiltInDescriptors.BLOCKS))
                      .layers()
                      .get(BuiltInDescriptors.BLOCKS));
            }
          });
    }
  }

  @Test
  void theTrunkComesBesideTheCirclesAsLoudAsThey() {
    float[] before = rows(architecture(false), plain());
    float[] after = rows(architecture(true), stemmed());
    assertEquals(before.length, after.length);
    Set<Integer> free = new HashSet<>();
    Arrays.stream(BuiltInDescriptors.freeChannels()).forEach(free::add);
    float[] circles = BuiltInDescriptors.channelShares(0);
    for (int patch = 0; patch < MiniArchitecture.WIDTH; patch += 17) {
      double trunk = 0;
      for (int channel = 0; channel < MiniArchitecture.WIDTH; channel++) {
        int at = patch % 225 * MiniArchitecture.WIDTH + channel;
        double added = after[at] - before[at];
        trunk += added * added;
        if (!free.contains(channel)) {
          assertEquals(before[at], after[at], "channel " + channel);
        }
        assertTrue(circles[channel] == 0 || !free.contains(channel), "circle " + channel);
      }
      assertEquals(BuiltInDescriptors.circlesLength(), Math.sqrt(trunk), 1e-3);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStepLeavesTheTrunkAndLearnsTheProjectionWhereItIsAskedTo(boolean learnStem) {
    PretrainConfig config =
        new PretrainConfig(7, 4, 2, 1, 3, 60, 1e-3, 2, 1, 0.2, 0.2, 0.5, false, true);
    OpenClipExport.writeVocabulary(folder, MERGES, Optional.of(StemWeights.STEM));
    ClipConfig architecture = architecture(true);
    ClipTokenizer tokenizer =
        ClipTokenizer.read(folder.resolve("merges.txt"), architecture.text().vocabSize(), 77);
    PretrainState before = PretrainState.initial(stemmed(), learnStem);
    try (PretrainRun run =
        new PretrainRun(
            config, architecture, tokenizer, before, Precision.FP32, ComputeDevice.CPU)) {
      for (int step = 0; step < 2; step++) {
        PretrainValues values = run.step();
        assertTrue(Float.isFinite(values.total()), values.toString());
      }
      PretrainState after = run.state();
      before
          .weights()
          .forEach(
              (name, value) -> {
                boolean still =
                    BuiltInDescriptors.isBuilt(name)
                        || StemWeights.isTrunk(name)
                        || (name.equals(ClipStem.PROJECTION) && !learnStem);
                assertEquals(
                    still, Arrays.equals(value.values(), after.weights().get(name).values()), name);
              });
      Path file = folder.resolve("checkpoint.safetensors");
      after.write(file, "run");
      PretrainState read =
          PretrainState.read(file, "run", ClipTensorNames.shapes(architecture), learnStem);
      assertEquals(after.first().keySet(), read.first().keySet());
    }
  }

  @Test
  void theCommandAddsAStemToAnEarlierRunsWeightsAndGoesOnFromThere() throws Exception {
    Path earlier = Files.createDirectory(folder.resolve("earlier"));
    OpenClipExport.writeVocabulary(earlier, MERGES);
    OpenClipExport.writeWeights(earlier, plain(), 0);
    assertFalse(OpenClipExport.hasStem(earlier));
    Path first = folder.resolve("first");
    assertEquals(0, pretrain(first, earlier, "--stem", "--mean"));
    assertTrue(OpenClipExport.hasStem(first));
    Map<String, FloatTensor> written = OpenClipExport.readWeights(first, architecture(true));
    stemmed()
        .forEach(
            (name, value) -> {
              if (name.startsWith("visual.stem.")) {
                assertArrayEquals(value.values(), written.get(name).values(), 1e-2f, name);
              }
            });
    try (LoadedBackbone backbone = LoadedBackbone.open(first, Precision.FP32)) {
      assertEquals(architecture(true).vision(), backbone.clip().config().vision());
    }
    Path second = folder.resolve("second");
    assertEquals(0, pretrain(second, first, "--learn-stem"));
    assertTrue(OpenClipExport.hasStem(second));
    assertEquals(1, pretrain(folder.resolve("third"), earlier, "--learn-stem"));
  }

  private static int pretrain(Path output, Path from, String... more) {
    CommandLine command = new CommandLine(new Pretrain());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionExceptionHandler((fault, line, parsed) -> 1);
    String[] common = {
      "--output",
      output.toString(),
      "--from",
      from.toString(),
      "--steps",
      "1",
      "--batch",
      "2",
      "--fresh",
      "2",
      "--pool",
      "2",
      "--warmup",
      "1",
      "--precision",
      "fp32",
      "--device",
      "cpu",
      "--kept-patches",
      "40",
      "--twins"
    };
    String[] all = Arrays.copyOf(common, common.length + more.length);
    System.arraycopy(more, 0, all, common.length, more.length);
    return command.execute(all);
  }
}
