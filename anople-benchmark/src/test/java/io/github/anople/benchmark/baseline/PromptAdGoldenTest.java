package io.github.anople.benchmark.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Golden;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.GaussianBlur;
import io.github.anople.torch.train.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PromptAD against an independent implementation's numbers. */
class PromptAdGoldenTest {

  private static GoldenPromptAd golden;

  @BeforeAll
  static void open() {
    golden = new GoldenPromptAd();
  }

  @AfterAll
  static void close() {
    golden.close();
  }

  private static Golden file(String name) {
    return Golden.open("promptad/" + name + ".safetensors");
  }

  @ParameterizedTest
  @EnumSource(PromptAdSetting.MemoryRows.class)
  void bothStreamsOfTheImageTower(PromptAdSetting.MemoryRows rows) {
    TensorScope.inference(
        () -> {
          PromptAdLook.Seen shots = golden.shots(rows);
          PromptAdLook.Seen queries = golden.queries(rows);
          check(golden.vision, "z", shots.whole(), queries.whole());
          check(golden.vision, "local", shots.patches(), queries.patches());
          for (int i = 0; i < golden.config.layers().size(); i++) {
            String name = "memory_" + name(rows) + "/" + golden.config.layers().get(i);
            check(golden.vision, name, shots.layers().get(i), queries.layers().get(i));
          }
          check(golden.vision, "stream", values("shots"), values("queries"));
          return null;
        });
  }

  private static Tensor values(String pictures) {
    return golden
        .clip
        .vision()
        .encodeWithValues(golden.pixels(pictures), golden.config.firstValues(), Set.of())
        .values();
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void check(Golden file, String name, Tensor... parts) {
    file.check(name, Tensors.floats(Tensors.concat(0, parts)));
  }

  /** What stands in the prompts besides contexts is what the reference run put there. */
  @Test
  void theWordsAreTokenizedAsTheirs() {
    int vocabulary = golden.clip.config().text().vocabSize();
    List<List<Integer>> words =
        golden.prompts("full", PromptAdSetting.Order.SUFFIX).texts().stream()
            .map(ids -> Arrays.stream(ids).filter(id -> id < vocabulary).boxed().toList())
            .toList();
    int each = golden.config.shape().normal();
    List<List<Integer>> expected = new ArrayList<>(times(each, golden.config.objectIds()));
    golden.config.stateIds().forEach(ids -> expected.addAll(times(each, ids)));
    expected.addAll(times(each * golden.config.shape().abnormal(), golden.config.objectIds()));

    assertEquals(expected, words);
  }

  private static List<List<Integer>> times(int count, List<Integer> ids) {
    return Collections.nCopies(count, ids);
  }

  @ParameterizedTest
  @EnumSource(PromptAdSetting.Order.class)
  void promptsAndPrototypes(PromptAdSetting.Order order) {
    TensorScope.inference(
        () -> {
          golden.config.sets().keySet().forEach(set -> checkPrompts(set, order));
          return null;
        });
  }

  private static void checkPrompts(String set, PromptAdSetting.Order order) {
    PromptAdPrompts.Features texts = golden.features(set, order);
    if (set.equals("full")) {
      golden.prompts.check("w_m", Tensors.floats(texts.manual()));
    }
    golden.prompts.check("w_n", Tensors.floats(texts.normal()));
    golden.prompts.check("w_l/" + name(order), Tensors.floats(texts.learned()));
    golden.prompts.check(
        "prototypes/" + set + "/" + name(order), Tensors.floats(texts.prototypes()));
  }

  @ParameterizedTest
  @CsvSource({
    "paper,full,cls", "paper,full,seg", "paper,generic,cls", "paper,generic,seg",
    "paper,none,cls", "paper,none,seg", "code,full,cls", "code,full,seg",
    "code,generic,cls", "code,generic,seg", "code,none,cls", "code,none,seg"
  })
  void lossesAndTheirGradients(String setting, String set, String task) {
    Golden losses = file("losses");
    PromptAdSetting choices = golden.config.settings().get(setting);
    String group = setting + "/" + set + "/" + task + "/";
    TensorScope.run(
        () -> {
          Tensor seen = seen(choices, task);
          golden.contexts.zeroGradients();
          PromptAdLosses.Terms terms =
              golden.losses(choices).of(seen, golden.features(set, choices.order()));
          losses.check(group + "clip", Tensors.floats(terms.contrast()));
          losses.check(group + "ema", Tensors.floats(terms.margin()));
          assertEquals(losses.contains(group + "align"), terms.align().isPresent());
          terms.align().ifPresent(term -> losses.check(group + "align", Tensors.floats(term)));
          losses.check(group + "total", Tensors.floats(terms.total()));
          terms.total().backward();
          for (String name : golden.contexts.names()) {
            losses.check(group + "grad/" + name, Tensors.floats(golden.contexts.get(name).grad()));
          }
        });
  }

  private static Tensor seen(PromptAdSetting choices, String task) {
    PromptAdLook.Seen shots = TensorScope.withoutGradients(() -> golden.shots(choices.rows()));
    return task.equals("cls") ? shots.whole() : shots.patches();
  }

  @ParameterizedTest
  @ValueSource(strings = {"image", "patch"})
  void everyVariantOfATermOfGivenFeatures(String task) {
    Golden losses = file("losses");
    TensorScope.inference(
        () -> {
          Tensor seen = GoldenModel.whole(losses, "unit/z_" + task);
          PromptAdPrompts.Features texts =
              new PromptAdPrompts.Features(
                  GoldenModel.whole(losses, "unit/w_n"),
                  GoldenModel.whole(losses, "unit/w_m"),
                  GoldenModel.whole(losses, "unit/w_l"));
          List<String> checked = new ArrayList<>();
          for (PromptAdSetting.Distance distance : PromptAdSetting.Distance.values()) {
            String name = "unit/" + task + "/ema_" + name(distance);
            if (losses.contains(name)) {
              Tensor term =
                  unit(losses, distance, PromptAdSetting.Alignment.MEANS)
                      .margin(seen, texts.prototypes());
              losses.check(name, Tensors.floats(term));
              checked.add(name);
            }
          }
          assertTrue(checked.size() >= 2, checked::toString);
          for (PromptAdSetting.Alignment alignment : PromptAdSetting.Alignment.values()) {
            PromptAdLosses terms = unit(losses, PromptAdSetting.Distance.EUCLID, alignment);
            losses.check("unit/align_" + name(alignment), Tensors.floats(terms.align(texts)));
            losses.check("unit/" + task + "/clip", Tensors.floats(terms.contrast(seen, texts)));
          }
          return null;
        });
  }

  private static PromptAdLosses unit(
      Golden losses, PromptAdSetting.Distance distance, PromptAdSetting.Alignment alignment) {
    return new PromptAdLosses(
        Double.parseDouble(losses.setting("unit_scale")),
        distance,
        alignment,
        Double.parseDouble(losses.setting("unit_margin")),
        0);
  }

  @ParameterizedTest
  @CsvSource({"paper,cls,1000", "code,seg,1000", "paper,cls,5", "code,seg,1"})
  void everyStepOfATraining(String setting, String task, int atOnce) {
    Golden training = file("training");
    PromptAdSetting choices = golden.config.settings().get(setting);
    PromptAdTraining learning =
        new PromptAdTraining(
            golden.prompts("full", choices.order()),
            golden.losses(choices),
            golden.config.schedule(),
            atOnce);
    Map<String, List<Float>> losses = new LinkedHashMap<>();
    Map<String, FloatTensor> before = golden.first();
    try (GoldenPromptAd own = new GoldenPromptAd();
        Sgd sgd = learning.optimizer(own.contexts, before)) {
      for (int epoch = 0; epoch < golden.config.steps(); epoch++) {
        int now = epoch;
        TensorScope.run(
            () -> {
              Tensor seen = seen(choices, task);
              PromptAdLosses.Terms terms = learning.step(seen, own.contexts, sgd, now);
              note(losses, "clip", terms.contrast());
              note(losses, "ema", terms.margin());
              note(losses, "align", terms.align().orElseThrow());
              note(losses, "total", terms.total());
            });
        checkContexts(training, setting + "/" + task + "/after_" + (epoch + 1) + "/", own, before);
      }
    }
    losses.forEach(
        (name, values) -> training.check(setting + "/" + task + "/loss/" + name, array(values)));
  }

  private static void note(Map<String, List<Float>> losses, String name, Tensor value) {
    losses.computeIfAbsent(name, any -> new ArrayList<>()).add(Tensors.floats(value)[0]);
  }

  private static float[] array(List<Float> values) {
    float[] numbers = new float[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.get(i);
    }
    return numbers;
  }

  /** The values, and how far they moved: a tolerance of the one may hide the other. */
  private static void checkContexts(
      Golden training, String group, GoldenPromptAd own, Map<String, FloatTensor> before) {
    own.contexts
        .values()
        .forEach(
            (name, now) -> {
              if (training.contains(group + name)) {
                training.check(group + name, now.values());
                float[] start = before.get(name).values();
                float[] expected = training.floats(group + name);
                double error = 0;
                double moved = 0;
                for (int i = 0; i < start.length; i++) {
                  error = Math.max(error, Math.abs(now.values()[i] - expected[i]));
                  moved = Math.max(moved, Math.abs(expected[i] - start[i]));
                }
                assertTrue(error < 0.01 * moved, group + name + ": " + error + " of " + moved);
              }
            });
  }

  @Test
  void theRateFallsAlongACosine() {
    Golden training = file("training");
    float[] rates = new float[(int) training.shape("rate")[0]];
    for (int epoch = 0; epoch < rates.length; epoch++) {
      rates[epoch] = (float) golden.config.schedule().at(epoch);
    }

    training.check("rate", rates);
  }

  @ParameterizedTest
  @CsvSource({
    "paper,full",
    "paper,generic",
    "paper,none",
    "code,full",
    "code,generic",
    "code,none"
  })
  void scoresAndMaps(String setting, String set) {
    PromptAdSetting choices = golden.config.settings().get(setting);
    TensorScope.inference(
        () -> {
          try (OwnedTensors owner = new OwnedTensors()) {
            checkScores(setting + "/" + set + "/", choices, set, owner);
          }
          return null;
        });
  }

  private static void checkScores(
      String group, PromptAdSetting choices, String set, OwnedTensors owner) {
    Golden scores = file("scores");
    int out = golden.config.out();
    Tensor texts = golden.features(set, choices.order()).prototypes();
    PromptAdLook.Seen seen = golden.queries(choices.rows());
    PromptAdScores with =
        new PromptAdScores(
            golden.look(choices.rows()),
            texts,
            texts,
            choices.scale().of(golden.clip.logitScale()),
            PromptAd.memories(golden.shots(choices.rows()), owner),
            owner);
    PromptAdScores without =
        new PromptAdScores(with.look(), texts, texts, with.scale(), List.of(), owner);
    Tensor blur = GaussianBlur.matrix(out, golden.config.sigma());
    Map<String, Tensor> made = new LinkedHashMap<>();
    made.put("p", without.scored(seen, out).score());
    made.put("M_text", with.text(seen));
    made.put("M_memory", with.memory(seen));
    made.put("M_both", PromptAdScores.joined(with.text(seen), with.memory(seen)));
    made.put("memory_up", PromptAdScores.enlarged(with.memory(seen), out));
    made.put("map", GaussianBlur.apply(with.scored(seen, out).map(), blur));
    made.put("map_text", GaussianBlur.apply(without.scored(seen, out).map(), blur));
    made.put("score", with.scored(seen, out).score());
    long checked = made.entrySet().stream().filter(one -> checkIfThere(scores, group, one)).count();
    assertEquals(scores.names().stream().filter(name -> name.startsWith(group)).count(), checked);
  }

  private static boolean checkIfThere(Golden scores, String group, Map.Entry<String, Tensor> made) {
    boolean there = scores.contains(group + made.getKey());
    if (there) {
      scores.check(group + made.getKey(), Tensors.floats(made.getValue()));
    }
    return there;
  }

  /** Both settings are what the file says they are. */
  @Test
  void theProgramsSettingsAreTheReferences() {
    assertEquals(golden.config.settings().get("paper"), PromptAdSetting.PAPER);
    assertEquals(golden.config.settings().get("code"), PromptAdSetting.CODE);
    assertEquals(
        golden.config.shots(),
        (int) golden.vision.shape("shots")[0],
        Arrays.toString(golden.vision.shape("shots")));
  }
}
