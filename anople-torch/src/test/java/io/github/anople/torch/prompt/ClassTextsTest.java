package io.github.anople.torch.prompt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.clip.ClipTokenizer;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The texts of classes in their states. */
class ClassTextsTest {

  private static final List<String> NAMES = List.of("metal_nut", "pill");

  private static LoadedBackbone backbone;
  private static ClipTokenizer tokenizer;

  @BeforeAll
  static void open() {
    backbone = TinyTraining.backbone();
    tokenizer = backbone.clip().tokenizer();
  }

  @AfterAll
  static void close() {
    backbone.close();
  }

  private static void tells(StateWords states, String... texts) {
    List<int[]> tokens = ClassTexts.of(tokenizer, NAMES, states, 0).tokens();
    assertEquals(texts.length, tokens.size());
    for (int i = 0; i < texts.length; i++) {
      assertArrayEquals(tokenizer.encode(texts[i]), tokens.get(i), texts[i]);
    }
  }

  @Test
  void aWordPrecedesTheName() {
    tells(
        StateWords.of(List.of("abnormal")),
        "metal nut",
        "pill",
        "abnormal metal nut",
        "abnormal pill");
  }

  @Test
  void aNameGoesWhereItsPlaceIs() {
    tells(
        new StateWords(List.of("%s", "flawless %s"), List.of("%s with flaw", "damaged")),
        "metal nut",
        "pill",
        "flawless metal nut",
        "flawless pill",
        "metal nut with flaw",
        "pill with flaw",
        "damaged metal nut",
        "damaged pill");
  }

  /** t⁺ is the mean over all normal texts, as t⁻ is over the others. */
  @Test
  void normalTextsAreAveragedToo() {
    StateWords both = new StateWords(List.of("%s", "perfect"), List.of("damaged"));
    float[] mean =
        TensorScope.inference(
            () ->
                Tensors.floats(
                    Tensors.normalize(
                        Tensors.normalize(
                                backbone
                                    .clip()
                                    .text()
                                    .encode(
                                        List.of(
                                            tokenizer.encode("pill"),
                                            tokenizer.encode("perfect pill"))))
                            .mean(0)
                            .unsqueeze(0))));

    float[] features =
        TensorScope.inference(
            () ->
                Tensors.floats(
                    ClassTexts.of(tokenizer, List.of("pill"), both, 0)
                        .features(backbone.clip(), null)
                        .narrow(0, 0, 1)));

    assertArrayEquals(mean, features, 1e-6f);
  }

  @Test
  void aNameIsCutByItsLongestText() {
    String end = "%s which has been looked at from all sides and found to be as it should be";
    StateWords states = new StateWords(List.of("%s", end), List.of("bad"));
    int room = tokenizer.length(StateWords.text(end, "pill")) - 1;

    List<ClassTexts.Cut> cut =
        ClassTexts.cut(tokenizer, List.of("pill"), states, tokenizer.contextLength() - room);

    assertEquals(1, cut.size());
    assertEquals(room + 1, cut.get(0).tokens());
    assertTrue(cut.get(0).room() == room);
  }
}
