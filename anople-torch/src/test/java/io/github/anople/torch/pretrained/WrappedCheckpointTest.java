package io.github.anople.torch.pretrained;

import static io.github.anople.torch.pretrained.TinyCheckpoint.WEIGHTS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.tensorfile.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights that a program saved as it had wrapped them. */
@Timeout(60)
class WrappedCheckpointTest {

  @TempDir Path temporary;
  private TinyCheckpoint tiny;

  @BeforeEach
  void copy() throws IOException {
    tiny = TinyCheckpoint.in(temporary.resolve("tiny"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "module.",
        "_orig_mod.",
        "module._orig_mod.",
        "_orig_mod.module.",
        "model.",
        "model.module._orig_mod.",
        "_fsdp_wrapped_module."
      })
  void namesThatAllBeginWithAWrapperAreReadWithoutIt(String prefix) throws IOException {
    float[] expected = tiny.features();
    assertEquals(List.of(), OpenClipWeights.open(tiny.folder()).notes());

    renamed(name -> prefix + name);

    assertArrayEquals(expected, tiny.features());
    requireNote(OpenClipWeights.open(tiny.folder()), prefix);

    Path pickle = tiny.file("epoch_3.pt");
    Files.write(pickle, TorchArchive.of(tiny.read()).stored());
    tiny.without(WEIGHTS);
    assertArrayEquals(expected, tiny.features());
    requireNote(OpenClipWeights.open(tiny.folder()), prefix);
  }

  private static void requireNote(OpenClipWeights checkpoint, String prefix) {
    assertEquals(1, checkpoint.notes().size());
    String note = checkpoint.notes().get(0);
    assertTrue(note.contains("'" + prefix + "'"), note);
    assertTrue(note.startsWith(checkpoint.weightsFile().toString()), note);
  }

  /** {@code model.visual = torch.compile(model.visual)}. */
  @Test
  void aTowerThatWasCompiledAloneIsReadToo() {
    float[] expected = tiny.features();

    renamed(name -> name.replace("visual.", "visual._orig_mod."));

    assertArrayEquals(expected, tiny.features());
    requireNote(OpenClipWeights.open(tiny.folder()), "_orig_mod.");
  }

  @Test
  void aWrapperThatOnlySomeNamesHaveIsNamed() {
    renamed(name -> name.startsWith("visual.") ? "module." + name : name);

    tiny.refused(WEIGHTS, "has no tensor visual.");
  }

  @Test
  void twoTensorsThatWouldHaveOneNameAreNotTakenForOne() {
    tiny.tensors(
        tensors -> {
          TensorSource bias = tensors.get("ln_final.bias");
          String twin = "ln_final._orig_mod.bias";
          tensors.put(twin, TensorSource.of(twin, bias.shape(), TinyCheckpoint.floats(bias)));
        });

    tiny.refused(WEIGHTS, "ln_final._orig_mod.bias", "does not belong there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"state_dict", "model_state_dict", "model", "module"})
  void theStateDictMayLieInACheckpointOfATraining(String key) throws IOException {
    float[] expected = tiny.features();
    Files.write(tiny.file("epoch_3.pt"), TorchArchive.of(tiny.read(), key).stored());

    assertArrayEquals(expected, tiny.without(WEIGHTS).features());
  }

  private void renamed(UnaryOperator<String> rename) {
    tiny.tensors(
        tensors -> {
          Map<String, TensorSource> old = new LinkedHashMap<>(tensors);
          tensors.clear();
          old.forEach(
              (name, tensor) ->
                  tensors.put(
                      name,
                      TensorSource.of(
                          rename.apply(name), tensor.shape(), TinyCheckpoint.floats(tensor))));
        });
  }
}
