package io.github.anople.benchmark.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.Draws;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PromptAD as a detector, its prompts and its scores. */
class PromptAdTest {

  private static final RgbImage GOOD = RgbImage.of(SyntheticParts.good(0));
  private static final RgbImage BAD = RgbImage.of(SyntheticParts.scratched(3));

  private static LoadedBackbone backbone;

  @BeforeAll
  static void open() {
    backbone = TinyTraining.backbone();
  }

  @AfterAll
  static void close() {
    backbone.close();
  }

  private static ClipModel clip() {
    return backbone.clip();
  }

  private static AnomalyDetector fit(PromptAd.Form form, long seed, RgbImage... shots) {
    return PromptAd.fit(clip(), List.of("metal_nut"), List.of(shots), form, seed, () -> {});
  }

  private static PromptAd.Form paper(boolean customised, boolean memory) {
    return new PromptAd.Form(PromptAdSetting.PAPER, customised, memory, 3);
  }

  @Test
  void aPictureThatIsRememberedIsNormalEverywhereWhateverThePromptsSay() {
    try (AnomalyDetector full = fit(PromptAd.Form.FULL, 0, GOOD);
        AnomalyDetector generic = fit(PromptAd.Form.GENERIC, 0, GOOD)) {
      Detection remembered = full.detect(GOOD);
      Detection scratched = full.detect(BAD);
      Detection byPrompts = generic.detect(GOOD);

      assertTrue(remembered.score() < scratched.score() / 10);
      assertTrue(remembered.map().max() < scratched.map().max() / 10);
      assertTrue(remembered.score() < byPrompts.score() / 10);
      assertTrue(remembered.map().max() < byPrompts.map().max() / 10);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void customisedStatesMatterAndTheSeedDoes(boolean memory) {
    try (AnomalyDetector generic = fit(paper(false, memory), 0, GOOD);
        AnomalyDetector customised = fit(paper(true, memory), 0, GOOD);
        AnomalyDetector again = fit(paper(true, memory), 0, GOOD);
        AnomalyDetector other = fit(paper(true, memory), 1, GOOD)) {
      Detection detection = customised.detect(BAD);

      assertEquals(detection, again.detect(BAD));
      assertNotEquals(detection.score(), generic.detect(BAD).score());
      assertNotEquals(detection.score(), other.detect(BAD).score());
    }
  }

  @Test
  void thePublishedCodesFormScoresToo() {
    PromptAd.Form code = new PromptAd.Form(PromptAdSetting.CODE, true, true, 3);
    try (AnomalyDetector inCode = fit(code, 0, GOOD);
        AnomalyDetector onPaper = fit(paper(true, true), 0, GOOD)) {
      assertTrue(inCode.detect(BAD).score() > 0);
      assertNotEquals(onPaper.detect(BAD), inCode.detect(BAD));
    }
  }

  @Test
  void manyImagesGetWhatEachWouldGetAlone() {
    try (AnomalyDetector detector =
        fit(paper(true, true), 0, GOOD, RgbImage.of(SyntheticParts.good(1)))) {
      List<Detection> together = detector.detect(List.of(GOOD, BAD, GOOD));

      assertEquals(detector.detect(BAD).score(), together.get(1).score(), 1e-5);
      assertEquals(together.get(0).score(), together.get(2).score(), 1e-5);
    }
  }

  @Test
  void aTrainingEndsBetweenEpochs() {
    AtomicInteger asked = new AtomicInteger();
    Runnable stopping =
        () -> {
          if (asked.incrementAndGet() == 3) {
            throw new CancellationException();
          }
        };

    assertThrows(
        CancellationException.class,
        () ->
            PromptAd.fit(clip(), List.of("part"), List.of(GOOD), PromptAd.Form.FULL, 0, stopping)
                .close());
    assertEquals(3, asked.get());
  }

  @Test
  void nothingIsLearnedFromNothing() {
    List<RgbImage> shots = List.of(GOOD);
    PromptAd.Form form = PromptAd.Form.FULL;

    assertThrows(
        IllegalArgumentException.class,
        () -> PromptAd.fit(clip(), List.of(), shots, form, 0, () -> {}));
    assertThrows(
        IllegalArgumentException.class,
        () -> PromptAd.fit(clip(), List.of("part"), List.of(), form, 0, () -> {}));
  }

  @Test
  void aNameThatLeavesNoRoomForItsStateIsRefused() {
    List<String> names = List.of("washer ".repeat(40));

    InputException fault =
        assertThrows(
            InputException.class,
            () -> PromptAd.fit(clip(), names, List.of(GOOD), PromptAd.Form.FULL, 0, () -> {}));

    assertTrue(fault.getMessage().contains("shorter name"), fault.getMessage());
    assertTrue(fault.getMessage().contains("washer"), fault.getMessage());
  }

  /** Whatever a name is made of, it stands between the contexts and the period. */
  @ParameterizedTest
  @ValueSource(strings = {"part", "{}", "a.b!", "", "<end_of_text>", "Schraube größer M4", "💥"})
  void everyPromptIsItsContextsItsWordsAndAPeriod(String name) {
    PromptAdPrompts.Shape shape = new PromptAdPrompts.Shape(2, 3, 2, 1);
    PromptAdStates.Named object = PromptAdStates.read().of(name, true);
    int vocabulary = clip().config().text().vocabSize();
    int[] word = clip().tokenizer().encode(object.word());
    for (PromptAdSetting.Order order : PromptAdSetting.Order.values()) {
      PromptAdPrompts prompts = PromptAdPrompts.of(clip(), List.of(object), shape, order);

      assertEquals(2, prompts.normal());
      assertEquals(2 * object.states().size(), prompts.manual());
      int first = prompts.normal() + prompts.manual();
      for (int a = 0; a < 2; a++) {
        for (int i = 0; i < 2; i++) {
          int[] prompt = prompts.texts().get(first + 2 * a + i);
          int at = order == PromptAdSetting.Order.INFIX ? 4 : 4 + word.length - 2;
          assertEquals(vocabulary + 3 * i, prompt[1]);
          assertEquals(vocabulary + 3 * i + 2, prompt[3]);
          assertEquals(vocabulary + 6 + a, prompt[at]);
          assertEquals(word.length + 5, prompt.length);
          assertArrayEquals(
              word,
              Arrays.stream(without(prompt, prompt.length - 2))
                  .filter(id -> id < vocabulary)
                  .toArray());
        }
      }
    }
  }

  private static int[] without(int[] ids, int place) {
    int[] rest = Arrays.copyOf(ids, ids.length - 1);
    System.arraycopy(ids, place + 1, rest, place, ids.length - place - 1);
    return rest;
  }

  @ParameterizedTest
  @CsvSource({
    "metal_nut,metal nut,12",
    "metal nut,metal nut,12",
    "pcb4,printed circuit board,14",
    "washer,washer,8"
  })
  void objectsOfTheDataSetsHaveStatesOfTheirOwn(String category, String word, int count) {
    PromptAdStates states = PromptAdStates.read();

    assertEquals(word, states.of(category, true).word());
    assertEquals(count, states.of(category, true).states().size());
    assertEquals(states.generic(), states.of(category, false).states());
  }

  @Test
  void everyStateNamesItsObjectOnce() {
    PromptAdStates states = PromptAdStates.read();

    assertEquals(8, states.generic().size());
    assertEquals(15 + 12, states.objects().size());
    for (String category : states.objects().keySet()) {
      List<String> all = states.of(category, true).states();
      assertEquals(all.size(), all.stream().distinct().count(), category);
      assertTrue(all.stream().allMatch(state -> state.split("\\{}", -1).length == 2), category);
    }
  }

  /** Less than both, more than half of the smaller; a distance of 0 leaves 0. */
  @Test
  void joinedScoresLieBelowBoth() {
    RandomGenerator random = Draws.of(5, "joined scores", 0, 0);
    int count = 1000;
    float[] a = new float[count];
    float[] b = new float[count];
    for (int i = 0; i < count; i++) {
      a[i] = (float) Math.pow(random.nextDouble(), 6);
      b[i] = (float) Math.pow(random.nextDouble(), 6);
    }
    a[0] = 0;
    b[1] = -1e-8f;
    b[2] = 0;
    a[2] = 0;
    float[] joined =
        TensorScope.inference(
            () ->
                Tensors.floats(PromptAdScores.joined(Tensors.of(a, count), Tensors.of(b, count))));
    for (int i = 0; i < 3; i++) {
      assertTrue(joined[i] >= 0 && joined[i] <= 1e-11, "at " + i + ": " + joined[i]);
    }
    for (int i = 3; i < count; i++) {
      float smaller = Math.min(a[i], b[i]);
      assertTrue(joined[i] <= smaller * (1 + 1e-6) && joined[i] >= smaller / 2.000001, "at " + i);
    }
  }

  /** A detector of drawn prototypes: what it says with a memory lies below what each says alone. */
  @ParameterizedTest
  @EnumSource(PromptAdSetting.Scale.class)
  void aScoreWithTheMemoryLiesBelowThatOfThePrompts(PromptAdSetting.Scale kind) {
    TensorScope.inference(
        () -> {
          try (OwnedTensors owner = new OwnedTensors()) {
            PromptAdLook look =
                new PromptAdLook(clip(), List.of(1, 3), PromptAdSetting.MemoryRows.LAYER, 1);
            Tensor texts = texts();
            double scale = kind.of(clip().logitScale());
            PromptAdScores with =
                new PromptAdScores(
                    look,
                    texts,
                    texts,
                    scale,
                    PromptAd.memories(look.remember(List.of(GOOD)), owner),
                    owner);
            PromptAdScores without =
                new PromptAdScores(look, texts, texts, scale, List.of(), owner);
            PromptAdLook.Seen seen = look.remember(List.of(BAD, GOOD));
            assertBelow(with.scored(seen, 64).score(), without.scored(seen, 64).score());
            assertBelow(with.scored(seen, 64).map(), without.scored(seen, 64).map());
            assertBelow(
                with.scored(seen, 64).map(), PromptAdScores.enlarged(with.memory(seen), 64));
          }
          return null;
        });
  }

  private static Tensor texts() {
    int width = clip().config().embedDim();
    float[] drawn = Draws.gaussians(Draws.of(7, "texts", 0, 0), 2 * width, 1);
    return Tensors.normalize(Tensors.of(drawn, 2, width));
  }

  private static void assertBelow(Tensor low, Tensor high) {
    float[] lower = Tensors.floats(low);
    float[] higher = Tensors.floats(high);
    assertEquals(higher.length, lower.length);
    boolean apart = false;
    for (int i = 0; i < lower.length; i++) {
      assertTrue(lower[i] <= higher[i] + 1e-6, i + ": " + lower[i] + " above " + higher[i]);
      apart |= lower[i] < higher[i] - 1e-6;
    }
    assertTrue(apart);
    assertFalse(Float.isNaN(lower[0]));
  }
}
