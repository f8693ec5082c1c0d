package io.github.anople.lab.pretrain.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipTensorNames;
import io.github.anople.torch.clip.ClipTokenizer;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainRunTest {

  private static final List<String> MERGES =
      MergesTrainer.merges(List.of("a photo of a damaged red metal gear on wood"), 100);

  @TempDir private Path folder;

  private static PretrainConfig config(int kept) {
    return new PretrainConfig(7, 4, 2, 1, 3, kept, 1e-3, 2, 1, 0.2, 0.2, 0.5, false, false);
  }

  private PretrainRun run(PretrainConfig config, PretrainState from) {
    OpenClipExport.writeVocabulary(folder, MERGES);
    ClipConfig architecture = architecture();
    ClipTokenizer tokenizer =
        ClipTokenizer.read(folder.resolve("merges.txt"), architecture.text().vocabSize(), 77);
    return new PretrainRun(
        config, architecture, tokenizer, from, Precision.FP32, ComputeDevice.CPU);
  }

  private static ClipConfig architecture() {
    return MiniArchitecture.of(MiniVocabulary.size(MERGES));
  }

  private static Map<String, FloatTensor> weights() {
    Map<String, FloatTensor> weights = InitialWeights.of(architecture(), 7);
    float[] scale = new float[2 * BuiltInDescriptors.OWN];
    Arrays.fill(scale, scale.length / 2, scale.length, 0.3f);
    BuiltInDescriptors.write(
        weights, new FloatTensor(List.of(2L, (long) BuiltInDescriptors.OWN), scale));
    return weights;
  }

  private static PretrainState start() {
    return PretrainState.initial(weights());
  }

  @Test
  void aRunThatStopsAndGoesOnEndsWithTheSameWeights() {
    PretrainState whole;
    try (PretrainRun run = run(config(225), start())) {
      for (int i = 0; i < 4; i++) {
        run.step();
      }
      whole = run.state();
    }
    Path file = folder.resolve("checkpoint.safetensors");
    try (PretrainRun run = run(config(225), start())) {
      run.step();
      run.step();
      run.state().write(file, "this run");
    }
    PretrainState half =
        PretrainState.read(file, "this run", ClipTensorNames.shapes(architecture()));
    assertEquals(2, half.steps());
    try (PretrainRun run = run(config(225), half)) {
      run.step();
      run.step();
      run.state()
          .weights()
          .forEach(
              (name, value) ->
                  assertArrayEquals(whole.weights().get(name).values(), value.values(), name));
    }
  }

  @Test
  void aStepMovesWhatIsLearnedAndLeavesWhatIsBuilt() {
    PretrainState before = start();
    try (PretrainRun run = run(config(60), before)) { // patch dropping as well
      PretrainValues values = run.step();
      assertTrue(Float.isFinite(values.total()) && values.words() > 0, values.toString());
      run.step();
      Map<String, FloatTensor> after = run.state().weights();
      before
          .weights()
          .forEach(
              (name, value) ->
                  assertEquals(
                      BuiltInDescriptors.isBuilt(name),
                      Arrays.equals(value.values(), after.get(name).values()),
                      name));
    }
  }

  @Test
  void contextRowsThatDisturbTheMemoryGiveFiniteLosses() {
    PretrainConfig adverse =
        new PretrainConfig(7, 4, 2, 1, 3, 60, 1e-3, 2, 1, 0.2, 0.2, 0.5, false, true);
    try (PretrainRun run = run(adverse, start())) {
      for (int i = 0; i < 4; i++) {
        PretrainValues values = run.step();
        assertTrue(Float.isFinite(values.total()), values.toString());
      }
    }
  }

  @Test
  void whatIsExportedIsACompleteBackbone() {
    OpenClipExport.writeVocabulary(folder, MERGES);
    OpenClipExport.writeWeights(folder, start().weights(), 0);
    assertTrue(folder.resolve("open_clip_model.safetensors").toFile().length() < 12_000_000);
    try (LoadedBackbone backbone = LoadedBackbone.open(folder, Precision.FP32)) {
      assertEquals(architecture().vision(), backbone.clip().config().vision());
      assertEquals(MiniArchitecture.EMBED, backbone.clip().embedText("a gear").length);
    }
  }

  @Test
  void theScaleOfWhatIsWrittenCanBeSmaller() {
    FloatTensor scaled =
        OpenClipExport.scaled(new FloatTensor(List.of(), new float[] {(float) Math.log(22)}), 0.5);
    assertEquals(11, Math.exp(scaled.values()[0]), 1e-4);
  }

  @Test
  void anEarlierRunsFolderIsReadAndMeansLieHalfway() {
    InputException nothing =
        assertThrows(InputException.class, () -> OpenClipExport.readVocabulary(folder));
    assertTrue(nothing.getMessage().contains("merges.txt"), nothing.getMessage());
    Map<String, FloatTensor> written = start().weights();
    OpenClipExport.writeVocabulary(folder, MERGES);
    OpenClipExport.writeWeights(folder, written, 3);
    assertEquals(MERGES, OpenClipExport.readVocabulary(folder));
    Map<String, FloatTensor> read = OpenClipExport.readWeights(folder, architecture());
    assertEquals(written.keySet(), read.keySet());
    FloatTensor projection = read.get("visual.proj");
    assertArrayEquals(
        written.get("visual.proj").values(), projection.values(), 1e-3f); // halves are that near
    FloatTensor moved = new FloatTensor(projection.shape(), new float[projection.values().length]);
    float[] half =
        OpenClipExport.mean(Map.of("visual.proj", projection), Map.of("visual.proj", moved))
            .get("visual.proj")
            .values();
    for (int i = 0; i < half.length; i++) {
      assertEquals(projection.values()[i] / 2, half[i]);
    }
  }

  @Test
  void anotherRunsCheckpointIsRefusedByName() throws Exception {
    Path file = folder.resolve("checkpoint.safetensors");
    start().write(file, "seed 1");
    InputException fault =
        assertThrows(
            InputException.class,
            () -> PretrainState.read(file, "seed 2", ClipTensorNames.shapes(architecture())));
    assertTrue(fault.getMessage().contains("checkpoint.safetensors"), fault.getMessage());
    Files.write(file, new byte[] {1, 2, 3});
    assertThrows(
        InputException.class,
        () -> PretrainState.read(file, "seed 2", ClipTensorNames.shapes(architecture())));
  }
}
