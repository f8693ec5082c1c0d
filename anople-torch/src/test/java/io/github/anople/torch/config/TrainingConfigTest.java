package io.github.anople.torch.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.torch.backbone.BackboneCatalog;
import io.github.anople.torch.backbone.BackboneKind;
import io.github.anople.torch.backbone.BackboneRelease;
import io.github.anople.torch.encoder.dino.DinoSettings;
import io.github.anople.torch.loss.AlignMode;
import io.github.anople.torch.memory.Fusion;
import io.github.anople.torch.memory.ImageScore;
import io.github.anople.torch.memory.ShotViews;
import io.github.anople.torch.prompt.Interaction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingConfigTest {

  private static final TrainingConfig MVTEC = TrainingConfig.mvtec();

  /** What the program printed when all settings were at one level. */
  private static String flat(String preset) throws IOException {
    try (InputStream text =
        TrainingConfigTest.class.getResourceAsStream("flat-" + preset + ".json")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String fault(Runnable reading) {
    return assertThrows(InputException.class, reading::run).getMessage();
  }

  @Test
  void thePresetsAreThoseThatThePreviousFormatHad() throws IOException {
    assertEquals(MVTEC, TrainingConfig.parse(flat("mvtec"), "old"));
    assertEquals(TrainingConfig.visa(), TrainingConfig.parse(flat("visa"), "old"));
  }

  @Test
  void everyFlatSettingIsRead() throws IOException {
    TrainingConfig all =
        new TrainingConfig(
            new PromptSettings(
                Interaction.TEXT_ONLY,
                4,
                6,
                ScaledLayer.exactly(2),
                List.of("bent", "torn"),
                List.of("%s"),
                PromptSettings.ClassWord.OBJECT),
            new ViewSettings(false, true),
            new AnomalySettings(false, true),
            new LossSettings(AlignMode.MEAN, false),
            new MemorySettings(
                false,
                "clip",
                List.of(),
                new ScaledLayer(1, 3),
                new ScaledLayer(2, 3),
                ShotViews.NONE,
                2,
                0.5),
            new TrunkOptions(0, List.of(2, 5, 9)),
            new DinoOptions(448, List.of(), DinoOptions.Combine.MEAN, true),
            new DetectionSettings(3, ImageScore.MAX, Fusion.Rule.HARMONIC, List.of()),
            new SceneSettings(false),
            TileSettings.NONE,
            new OptimizerSettings(7, false, 0.1, 0.2, 3, 0.4, 0.5),
            240,
            9_000_000_000L);
    String json =
        """
        {"interaction": "text-only", "text_context": 4, "visual_context": 6,
         "depth": {"layer": 2, "of": 0}, "sub_images": false, "view_signal": true,
         "align": "mean", "pixel_anomalies": false, "latent_anomalies": true,
         "pixel_losses": false, "state_words": ["bent", "torn"], "class_word": "object",
         "memory": false, "memory_first": {"layer": 1, "of": 3},
         "memory_last": {"layer": 2, "of": 3}, "memory_shifts": 2, "detection_shifts": 3,
         "coreset": 0.5, "epochs": 7, "prompt_rate": 0.1, "decoder_rate": 0.2,
         "warmup_epochs": 3, "momentum": 0.4, "weight_decay": 0.5, "image_size": 240,
         "seed": 9000000000}
        """;

    assertEquals(all, TrainingConfig.parse(json, "old"));
    assertEquals(all, MVTEC.changed(json, "grid"));
    assertEquals(all, TrainingConfig.parse(all.toJson(), "new"));
  }

  /** Detectors from before the settings were there. */
  @Test
  void aConfigurationWithoutMemorySettingsIsThePapers() throws IOException {
    String json = flat("mvtec").replaceAll("\"(memory_shifts|detection_shifts|coreset)\".*\n", "");

    assertTrue(!json.contains("coreset"), json);
    assertEquals(MVTEC, TrainingConfig.parse(json, "old"));
  }

  /** Detectors from before the memory saw with several encoders. */
  @Test
  void aNestedConfigurationWithoutLaterSettingsIsThePapers() {
    String json =
        MVTEC
            .toJson()
            .replace("\"encoder\":\"clip\",\"encoder_weights\":[],", "")
            .replace("\"views\":\"none\",\"shifts\"", "\"shifts\"")
            .replace("\"trunk\":{\"grid\":0,\"blocks\":[2,5,9]},", "")
            .replaceFirst("\"dinov2\":\\{[^}]*\\},", "")
            .replace(",\"image_score\":\"max\",\"fusion\":\"harmonic\",\"prompt_weights\":[]", "")
            .replace("\"scene\":{\"enabled\":false},", "");

    assertFalse(
        json.contains("encoder")
            || json.contains("trunk")
            || json.contains("dinov2")
            || json.contains("scene"),
        json);
    assertEquals(MVTEC, TrainingConfig.parse(json, "old"));
  }

  @Test
  void encodersOfAMemoryAreNamedOnceEachAndWeightedAllOrNone() {
    TrainingConfig joined =
        MVTEC.with(Map.of("memory.encoder", "clip+trunk", "memory.encoder_weights", "0.3,1"));
    assertEquals(List.of("clip", "trunk"), joined.memory().encoders());
    assertEquals(0.3, joined.memory().weight("clip"));
    assertEquals(joined, TrainingConfig.parse(joined.toJson(), "new"));
    assertEquals(1, MVTEC.with("memory.encoder", "trunk").memory().weight("trunk"));
    assertEquals(List.of(5, 9), MVTEC.with("trunk.blocks", "5, 9").trunk().blocks());
    assertEquals(List.of(5), MVTEC.with("trunk.blocks", "5").trunk().blocks());
    for (String wrong : List.of("", "clip+", "clip+clip", "eye", "clip,trunk")) {
      String told = fault(() -> MVTEC.with("memory.encoder", wrong));
      assertTrue(told.contains("memory.encoder"), told);
    }
    for (String wrong : List.of("1", "1,2,3", "0,1", "-1,1", "1,1e9")) {
      String told =
          fault(
              () ->
                  MVTEC.with(
                      Map.of("memory.encoder", "clip+trunk", "memory.encoder_weights", wrong)));
      assertTrue(told.contains("memory.encoder_weights"), told);
    }
  }

  @Test
  void aMemorySeesWithEveryDinoThatCanBePulled() {
    for (BackboneRelease release : BackboneCatalog.standard().of(BackboneKind.DINOV2)) {
      String joined = "clip+" + release.name();
      assertEquals(joined, MVTEC.with("memory.encoder", joined).memory().encoder());
    }
    for (String wrong : List.of("dinov2", "dinov2-tiny", "vit-b-16-plus-240", "../dinov2-small")) {
      String told = fault(() -> MVTEC.with("memory.encoder", wrong));
      assertTrue(told.contains("memory.encoder is " + wrong), told);
    }
    DinoOptions options =
        MVTEC
            .with(
                Map.of(
                    "dinov2.image_size", "518",
                    "dinov2.layers", "8, 12",
                    "dinov2.combine", "join",
                    "dinov2.norm", "false"))
            .dinov2();
    assertEquals(new DinoSettings(518, List.of(8, 12), false, true), options.settings());
    assertEquals(DinoSettings.STANDARD, MVTEC.dinov2().settings());
    for (String wrong : List.of("0", "100000")) {
      String told = fault(() -> MVTEC.with("dinov2.image_size", wrong));
      assertTrue(told.contains("image size"), told);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"epochs\" : 60;\"epochs\" : 60.5;old.json, configuration.optimizer.epochs: should be a"
            + " whole",
        "\"epochs\" : 60,; ;old.json, configuration.optimizer.epochs: is missing",
        "\"epochs\" : 60;\"epochs\" : 60, \"epoch\" : 1;old.json, configuration.epoch: is not a"
            + " field",
        "\"layer\" : 9;\"layer\" : 9.5;configuration.prompts.depth: should be a layer such as 7, or"
            + " 9/12",
        "\"layer\" : 9;\"layer\" : 13;is '13/12'",
        "\"memory\" : true;\"memory\" : {};old.json, configuration.memory",
      })
  void faultsOfTheFlatFormAreNamedAsToday(String good, String bad, String part) throws IOException {
    String json = flat("mvtec").replace(good, bad == null ? "" : bad);

    String told = fault(() -> TrainingConfig.parse(json, "old.json"));

    assertTrue(told.contains(part), told);
  }

  @Test
  void aConfigurationIsWrittenByItsNames() {
    assertEquals(
        "{\"prompts\":{\"interaction\":\"bidirectional\",\"text_context\":3,\"visual_context\":3,"
            + "\"depth\":\"9/12\",\"state_words\":[\"abnormal\"],\"normal_words\":[\"%s\"],\"class_word\":\"name\"},"
            + "\"views\":{\"sub_images\":true,\"signal\":true},"
            + "\"anomalies\":{\"pixel\":true,\"latent\":true},"
            + "\"losses\":{\"align\":\"weighted\",\"pixel\":true},"
            + "\"memory\":{\"enabled\":true,\"encoder\":\"clip\",\"encoder_weights\":[],"
            + "\"first_layer\":\"7/12\",\"last_layer\":\"10/12\",\"views\":\"none\","
            + "\"shifts\":1,\"coreset\":1.0},\"trunk\":{\"grid\":0,\"blocks\":[2,5,9]},"
            + "\"dinov2\":{\"image_size\":448,\"layers\":[],\"combine\":\"mean\",\"norm\":true},"
            + "\"detection\":{\"shifts\":1,\"image_score\":\"max\",\"fusion\":\"harmonic\","
            + "\"prompt_weights\":[]},"
            + "\"scene\":{\"enabled\":false},"
            + "\"optimizer\":{\"epochs\":60,\"shared_epochs\":false,\"prompt_rate\":0.001,\"decoder_rate\":2.0E-4,"
            + "\"warmup_epochs\":5,\"momentum\":0.9,\"weight_decay\":1.0E-5},"
            + "\"image_size\":0,\"seed\":0}",
        MVTEC.toJson());
    assertEquals(MVTEC, TrainingConfig.parse(MVTEC.toPrettyJson(), "pretty"));
    assertEquals(46, Settings.names().size());
  }

  @Test
  void aSettingIsChangedByNameAndText() {
    assertEquals(ScaledLayer.exactly(7), MVTEC.with("prompts.depth", "7").prompts().depth());
    assertEquals(
        new ScaledLayer(3, 24),
        MVTEC.with("prompts.depth", "7").with("prompts.depth", "3/24").prompts().depth());
    assertEquals(
        List.of("bent", "torn"),
        MVTEC.with("prompts.state_words", "bent, torn").prompts().stateWords());
    assertEquals(
        List.of("a, b"), MVTEC.with("prompts.state_words", "[\"a, b\"]").prompts().stateWords());
    assertEquals(List.of("7"), MVTEC.with("prompts.state_words", "7").prompts().stateWords());
    assertEquals(AlignMode.NONE, MVTEC.with("losses.align", "none").losses().align());
    assertEquals(1e-5, MVTEC.with("optimizer.prompt_rate", "1e-5").optimizer().promptRate());
    assertEquals(-7, MVTEC.with("seed", "-7").seed());
    assertTrue(!MVTEC.with("memory.enabled", "false").memory().enabled());
  }

  @Test
  void changesAreJudgedByTheirOutcomeAlone() {
    TrainingConfig latent = MVTEC.with("anomalies.pixel", "false");

    TrainingConfig pixel =
        latent.with(Map.of("anomalies.latent", "false", "anomalies.pixel", "true"));

    assertEquals(new AnomalySettings(true, false), pixel.anomalies());
  }

  @Test
  void changesOfAGridMayBeNestedOrNamed() {
    TrainingConfig expected =
        MVTEC.with(Map.of("memory.enabled", "false", "prompts.depth", "3/12"));
    for (String json :
        List.of(
            "{\"memory.enabled\": false, \"prompts.depth\": \"3/12\"}",
            "{\"memory\": {\"enabled\": false}, \"prompts\": {\"depth\": \"3/12\"}}",
            "{\"memory\": false, \"depth\": {\"layer\": 3, \"of\": 12}}")) {
      assertEquals(expected, MVTEC.changed(json, "grid"), json);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "prompts.depth;0;prompts.depth: should be a layer such as 7, or 9/12 for layer 9 of 12, is"
            + " '0'",
        "prompts.depth;13/12;is '13/12'",
        "prompts.depth;deep;is 'deep'",
        "prompts.text_context;0;prompts.text_context is 0; use 1 or more context rows",
        "prompts.visual_context;-1;prompts.visual_context is -1",
        "prompts.class_word;thing;prompts.class_word: should be one of name, object, is string"
            + " \"thing\"",
        "prompts.state_words;` `;prompts.state_words is []; leave no word blank",
        "prompts.state_words;[];prompts.state_words is empty",
        "prompts.state_words;a,a;name each word once",
        "prompts.normal_words;[];such as %s",
        "losses.align;much;losses.align: should be one of none, mean, weighted, is string \"much\"",
        "views.signal;no;views.signal: should be true or false, is string \"no\"",
        "memory.shifts;9;memory.shifts is 9; use 1 to 8, such as 3",
        "detection.shifts;0;detection.shifts is 0; use 1 to 8, such as 2",
        "memory.coreset;1.5;memory.coreset is 1.5; use a share up to 1",
        "optimizer.epochs;1.0;optimizer.epochs: should be a whole number of 32 bits, is number 1.0",
        "optimizer.epochs;-1;optimizer.epochs is -1",
        "optimizer.warmup_epochs;-1;optimizer.warmup_epochs is -1",
        "optimizer.prompt_rate;1000;optimizer.prompt_rate is 1000.0; use 0 to 1000, such as 0.001",
        "optimizer.decoder_rate;-1;optimizer.decoder_rate is -1.0",
        "optimizer.momentum;1;optimizer.momentum is 1.0",
        "optimizer.weight_decay;1;optimizer.weight_decay is 1.0",
        "image_size;-1;image_size is -1",
        "seed;many;seed: should be a whole number of 64 bits, is string \"many\"",
        "epochs;1;there is no setting 'epochs': use optimizer.epochs;",
        "prompts.dept;1;there is no setting 'prompts.dept': use prompts.depth;",
        "memory;false;there is no setting 'memory': use memory.enabled",
        "shifts;2;use memory.shifts or detection.shifts",
        "magic;2;use one of prompts.interaction, prompts.text_context,",
      })
  void nonsenseIsNamedWithItsValueAndWhatIsAllowed(String name, String value, String part) {
    String told = fault(() -> MVTEC.with(name, value));

    assertTrue(told.contains(part), told);
    assertEquals(1, told.lines().count());
  }

  @Test
  void theShotsOfAClassShareTheEpochsOfTheUsualSettings() {
    OptimizerSettings usual = TrainingConfig.usual().optimizer();
    assertEquals(60, usual.passes(1));
    assertEquals(30, usual.passes(2));
    assertEquals(15, usual.passes(4));
    assertEquals(9, usual.passes(7));
    assertEquals(1, usual.passes(100));
    assertEquals(60, MVTEC.optimizer().passes(4));
    assertEquals(0, TrainingConfig.usual().with("optimizer.epochs", "0").optimizer().passes(3));
  }
}
