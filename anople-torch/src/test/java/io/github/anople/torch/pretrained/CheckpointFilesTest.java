package io.github.anople.torch.pretrained;

import static io.github.anople.torch.pretrained.TinyCheckpoint.CONFIG;
import static io.github.anople.torch.pretrained.TinyCheckpoint.MERGES;
import static io.github.anople.torch.pretrained.TinyCheckpoint.WEIGHTS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.Fixtures;
import io.github.anople.core.tensorfile.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CheckpointFilesTest {

  private static final String COMPLETE = "give the folder of a complete backbone";

  @TempDir Path temporary;
  private TinyCheckpoint tiny;

  @BeforeEach
  void copy() throws IOException {
    tiny = TinyCheckpoint.in(temporary.resolve("tiny"));
  }

  @Test
  void aMissingPlaceIsRefusedByName() {
    TinyCheckpoint.refused(temporary.resolve("none"), "none", "does not exist", "give the folder");
    TinyCheckpoint.refused(temporary.resolve("no.pt"), "no.pt", "does not exist");
  }

  @Test
  void missingWeightsAreRefusedWithTheNamesLookedFor() throws IOException {
    tiny.without(WEIGHTS).refused("tiny", "has no weights", WEIGHTS, COMPLETE);
  }

  @Test
  void aFolderInThePlaceOfTheWeightsIsNoWeights() throws IOException {
    Files.createDirectories(tiny.without(WEIGHTS).file(WEIGHTS));

    tiny.refused("has no weights");
    TinyCheckpoint.refused(tiny.file(WEIGHTS), WEIGHTS, "has no weights");
  }

  @Test
  void aMissingVocabularyIsRefusedWithTheNamesLookedFor() throws IOException {
    tiny.without(MERGES).refused("tiny", "has no vocabulary", MERGES, COMPLETE);
    TinyCheckpoint.refused(tiny.file(WEIGHTS), "tiny", "has no vocabulary");
  }

  @Test
  void aMissingConfigurationIsRefusedWithTheNamesThatWouldReplaceIt() throws IOException {
    tiny.without(CONFIG).refused("tiny", CONFIG, "ViT-B-16-plus-240", "ViT-L-14-336");
  }

  @Test
  void aVocabularyThatIsTooShortIsRefusedWithBothCounts() throws IOException {
    List<String> lines = Files.readAllLines(tiny.file(MERGES));
    int merges =
        new JsonMapper()
                .readTree(tiny.file(CONFIG).toFile())
                .at("/model_cfg/text_cfg/vocab_size")
                .asInt()
            - 514; // the symbols of the bytes, and the two of a text's ends
    Files.write(tiny.file(MERGES), lines.subList(0, merges)); // the comment and all but one

    tiny.refused(MERGES, "has " + (merges - 1) + " merges", "" + (514 + merges), "" + merges);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "#version\n", "#version\na b c\n", "#version\nqqq w\n"})
  void aVocabularyThatIsNoneIsRefusedByName(String text) throws IOException {
    Files.writeString(tiny.file(MERGES), text);

    tiny.refused(MERGES);
  }

  @Test
  void aVocabularySmallerThanTheBytesIsRefused() throws IOException {
    tiny.model(model -> model.withObject("/text_cfg").put("vocab_size", 513))
        .tensors(
            tensors ->
                tensors.compute(
                    "token_embedding.weight",
                    (name, old) -> {
                      long width = old.shape().get(1);
                      float[] values = new float[Math.toIntExact(513 * width)];
                      return TensorSource.of(name, List.of(513L, width), values);
                    }))
        .refused(MERGES, "vocab_size is 513");
  }

  @Test
  void aWeightsFileOfAnUnknownFormIsRefused() throws IOException {
    Path file = tiny.file("weights.h5");
    Files.copy(tiny.file(WEIGHTS), file);

    TinyCheckpoint.refused(
        file, "weights.h5", "is not a weights file", ".safetensors, .bin or .pt");
  }

  @Test
  void aWeightsFileUnderAnotherFormsNameIsRefused() throws IOException {
    Path pickle = tiny.file("model.pt");
    Files.copy(tiny.file(WEIGHTS), pickle);
    TinyCheckpoint.refused(pickle, "model.pt");

    Path safetensors = tiny.file("model.safetensors");
    Files.copy(Fixtures.golden("tiny_clip/epoch_3.pt"), safetensors);
    TinyCheckpoint.refused(safetensors, "model.safetensors");
  }

  @Test
  void aFolderWithOnlyAReleaseGivesTheSameFeatures() throws IOException {
    float[] expected = tiny.features();

    tiny.without(WEIGHTS);
    Files.copy(Fixtures.golden("tiny_clip/epoch_3.pt"), tiny.file("epoch_3.pt"));
    assertArrayEquals(expected, tiny.features());

    Files.copy(Fixtures.golden("tiny_clip/epoch_3.pt"), tiny.file("epoch_4.pt"));
    tiny.refused("tiny", "2 .pt files", "leave the one to use");
    assertArrayEquals(expected, TinyCheckpoint.features(tiny.file("epoch_4.pt")));
  }

  @Test
  void aFolderMayBeNamedInAnyScriptAndCountOfDots() throws IOException {
    float[] expected = tiny.features();

    TinyCheckpoint copy = TinyCheckpoint.in(temporary.resolve("größe 日本 50% .v1"));

    assertArrayEquals(expected, copy.features());
  }

  @Test
  void aRelativePathWorksAndTheNameIsTheFolders() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(tiny.folder());

    OpenClipWeights checkpoint = OpenClipWeights.open(relative.resolve("."));

    assertEquals("tiny", checkpoint.config().name());
    assertArrayEquals(tiny.features(), TinyCheckpoint.features(relative));
  }

  /** The tiny weights do not fit, and the message tells what they were held against. */
  @ParameterizedTest
  @CsvSource({
    "ViT-B-32,             open_clip_model,          ViT-B-32",
    "my vit_l_14 copy,     open_clip_model,          ViT-L-14",
    "ViT-L-14-336,         open_clip_model,          ViT-L-14-336",
    "vit-b-16-quickgelu,   open_clip_model,          ViT-B-16-quickgelu",
    "ViT-B-16,             ViT-B-16-plus-240-e32,    ViT-B-16-plus-240",
    "plain,                vit_b_16_plus_240-e31-8f, ViT-B-16-plus-240",
  })
  void withoutConfigurationTheNamesTellTheArchitecture(
      String folder, String file, String architecture) throws IOException {
    TinyCheckpoint named = TinyCheckpoint.in(temporary.resolve(folder)).without(CONFIG);
    Path weights = named.file(file + ".safetensors");
    Files.move(named.file(WEIGHTS), weights);

    TinyCheckpoint.refused(
        weights, weights.toString(), "does not fit the architecture " + architecture + ":");
  }

  @Test
  void aConfigurationWinsOverTheNamesButTakesTheirName() throws IOException {
    TinyCheckpoint named = TinyCheckpoint.in(temporary.resolve("ViT-B-32"));

    assertArrayEquals(tiny.features(), named.features());
    assertEquals("ViT-B-32", OpenClipWeights.open(named.folder()).config().name());
  }
}
