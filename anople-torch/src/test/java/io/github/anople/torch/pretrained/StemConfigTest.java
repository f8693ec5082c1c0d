package io.github.anople.torch.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.torch.StemBackbone;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipStem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StemConfigTest {

  @TempDir Path temporary;
  private TinyCheckpoint stemmed;

  @BeforeEach
  void write() {
    stemmed = new TinyCheckpoint(StemBackbone.write(temporary.resolve("stem"), 2, 0.1));
  }

  private void stem(String json) throws IOException {
    stemmed.model(
        model -> {
          try {
            ((ObjectNode) model.get("vision_cfg")).set("stem", new JsonMapper().readTree(json));
          } catch (IOException e) {
            throw new IllegalArgumentException(e);
          }
        });
  }

  @Test
  void aStemIsReadWithItsBlocksAndItsLayer() {
    ClipConfig config = OpenClipWeights.open(stemmed.folder()).config();
    assertEquals(Optional.of(new ClipStem(List.of(5, 9), 2)), config.vision().stem());
    assertEquals(4, config.vision().trunk().orElseThrow().grid());
  }

  @Test
  void aStemThatIsOffIsNone() throws IOException {
    TinyCheckpoint tiny = TinyCheckpoint.in(temporary.resolve("tiny"));
    float[] features = tiny.features();
    tiny.model(model -> ((ObjectNode) model.get("vision_cfg")).put("stem", false));
    assertArrayEquals(features, tiny.features());
    tiny.model(model -> ((ObjectNode) model.get("vision_cfg")).putNull("stem"));
    assertArrayEquals(features, tiny.features());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "3, no object stem",
        "`[5, 9]`, no object stem",
        "{}, vision_cfg.stem.kind is missing",
        "`{\"kind\": \"conv\", \"blocks\": [5], \"layer\": 2}`, vision_cfg.stem.kind is \"conv\"",
        "`{\"kind\": 7, \"blocks\": [5], \"layer\": 2}`, vision_cfg.stem.kind is 7",
        "`{\"kind\": \"trunk\", \"layer\": 2}`, vision_cfg.stem.blocks is missing",
        "`{\"kind\": \"trunk\", \"blocks\": [], \"layer\": 2}`, the blocks are []",
        "`{\"kind\": \"trunk\", \"blocks\": [5, 5], \"layer\": 2}`, `the blocks are [5, 5]`",
        "`{\"kind\": \"trunk\", \"blocks\": [10], \"layer\": 2}`, the blocks are [10]",
        "`{\"kind\": \"trunk\", \"blocks\": [-1], \"layer\": 2}`, the blocks are [-1]",
        "`{\"kind\": \"trunk\", \"blocks\": [5.5], \"layer\": 2}`, vision_cfg.stem.blocks is [5.5]",
        "`{\"kind\": \"trunk\", \"blocks\": [\"5\"], \"layer\": 2}`, vision_cfg.stem.blocks is",
        "`{\"kind\": \"trunk\", \"blocks\": [99999999999], \"layer\": 2}`, vision_cfg.stem.blocks",
        "`{\"kind\": \"trunk\", \"blocks\": \"5\", \"layer\": 2}`, vision_cfg.stem.blocks is \"5\"",
        "`{\"kind\": \"trunk\", \"blocks\": [5, 9]}`, vision_cfg.stem.layer is missing",
        "`{\"kind\": \"trunk\", \"blocks\": [5, 9], \"layer\": 1.5}`, vision_cfg.stem.layer is 1.5",
        "`{\"kind\": \"trunk\", \"blocks\": [5, 9], \"layer\": 4}`, layer is 4",
        "`{\"kind\": \"trunk\", \"blocks\": [5, 9], \"layer\": -1}`, layer is -1",
        "`{\"kind\": \"trunk\", \"blocks\": [5], \"layer\": 2, \"x\": 1}`, vision_cfg.stem.x = 1",
      })
  void whatIsNoStemIsRefusedByName(String json, String said) throws IOException {
    stem(json);
    stemmed.refused(TinyCheckpoint.CONFIG, said);
  }

  @Test
  void aLongListIsCutInTheMessage() throws IOException {
    stem("{\"kind\": \"trunk\", \"layer\": 2, \"blocks\": [" + "1,".repeat(50_000) + "1]}");
    stemmed.refused(TinyCheckpoint.CONFIG, "vision_cfg.stem.blocks is [1,1,1");
  }

  @Test
  void weightsThatDoNotFitTheStemAreRefusedByTensor() throws IOException {
    stem("{\"kind\": \"trunk\", \"blocks\": [5], \"layer\": 2}");
    stemmed.refused(TinyCheckpoint.WEIGHTS, ClipStem.PROJECTION, "[48, 96], not [48, 32]");
    stem("{\"kind\": \"trunk\", \"blocks\": [5, 8], \"layer\": 2}");
    stemmed.refused(TinyCheckpoint.WEIGHTS, ClipStem.TRUNK + "9.", "does not belong there");
    stemmed.model(model -> ((ObjectNode) model.get("vision_cfg")).remove("stem"));
    stemmed.refused(TinyCheckpoint.WEIGHTS, "visual.stem.", "does not belong there");
  }

  @Test
  void aTrunkThatIsMissingOrNotFiniteIsRefused() throws IOException {
    stemmed.value(ClipStem.TRUNK + "3.dw.weight", 7, Float.NaN);
    stemmed.refused(TinyCheckpoint.WEIGHTS, ClipStem.TRUNK + "3.dw.weight", "not finite");
    stemmed.tensors(tensors -> tensors.remove(ClipStem.TRUNK + "3.dw.weight"));
    stemmed.refused(TinyCheckpoint.WEIGHTS, "has no tensor " + ClipStem.TRUNK + "3.dw.weight");
  }
}
