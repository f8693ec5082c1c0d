package io.github.anople.torch.pretrained;

import static io.github.anople.torch.pretrained.TinyCheckpoint.CONFIG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.image.ClipNormalization;
import io.github.anople.torch.clip.ClipConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CheckpointConfigTest {

  @TempDir Path temporary;
  private TinyCheckpoint tiny;

  @BeforeEach
  void copy() throws IOException {
    tiny = TinyCheckpoint.in(temporary.resolve("tiny"));
  }

  @ParameterizedTest
  @CsvSource({
    "'',           embed_dim,      25,  text_projection",
    "vision_cfg,   patch_size,     32,  visual.conv1.weight",
    "vision_cfg,   width,          60,  visual.class_embedding",
    "vision_cfg,   layers,         3,   visual.transformer.resblocks.3",
    "vision_cfg,   layers,         5,   visual.transformer.resblocks.4",
    "vision_cfg,   mlp_ratio,      2.0, visual.transformer.resblocks.0.mlp.c_fc.weight",
    "text_cfg,     context_length, 76,  positional_embedding",
    "text_cfg,     vocab_size,     913, token_embedding.weight",
    "text_cfg,     width,          64,  positional_embedding",
    "text_cfg,     layers,         3,   transformer.resblocks.3",
    "text_cfg,     layers,         5,   transformer.resblocks.4",
    "text_cfg,     mlp_ratio,      2.0, transformer.resblocks.0.mlp.c_fc.weight",
  })
  void aFieldThatContradictsTheWeightsIsToldByTheTensor(
      String section, String field, String value, String tensor) throws IOException {
    set(section, field, value);

    tiny.refused(TinyCheckpoint.WEIGHTS, tensor, "configuration that belongs to these weights");
  }

  @ParameterizedTest
  @CsvSource({
    "'',         embed_dim",
    "vision_cfg, image_size",
    "vision_cfg, patch_size",
    "vision_cfg, width",
    "vision_cfg, layers",
    "text_cfg,   context_length",
    "text_cfg,   vocab_size",
    "text_cfg,   width",
    "text_cfg,   layers",
    "text_cfg,   heads",
  })
  void everySizeMustBeAWholeNumberOfAPossibleSize(String section, String field) throws IOException {
    String digits = "9".repeat(900);
    for (String value :
        new String[] {
          "0",
          "-1",
          "2147483647",
          "4294967297",
          digits,
          "1.5",
          "1e9",
          "null",
          "\"64\"",
          "true",
          "[]",
          "{}",
          "[0,0]",
          "[\"a\",\"a\"]",
          "[4294967360,4294967360]",
          "[64,32]"
        }) {
      set(section, field, value);
      tiny.refused(CONFIG, field);
    }
    tiny.model(model -> section(model, section).remove(field)).refused(CONFIG, field, "missing");
  }

  @ParameterizedTest
  @CsvSource({
    "vision_cfg, head_width, 13",
    "vision_cfg, head_width, 0",
    "vision_cfg, head_width, '\"x\"'",
    "vision_cfg, mlp_ratio,  0",
    "vision_cfg, mlp_ratio,  1e30",
    "vision_cfg, mlp_ratio,  '\"4\"'",
    "vision_cfg, mlp_ratio,  0.001",
    "vision_cfg, image_size, 65",
    "vision_cfg, patch_size, 128",
    "text_cfg,   heads,      5",
    "text_cfg,   heads,      64",
    "text_cfg,   context_length, 2",
    "'',         quick_gelu, '\"yes\"'",
    "'',         quick_gelu, 1",
    "'',         vision_cfg, '[]'",
    "'',         text_cfg,   'null'",
  })
  void impossibleValuesAreRefusedByField(String section, String field, String value)
      throws IOException {
    set(section, field, value);

    tiny.refused(CONFIG, field.equals("mlp_ratio") ? "mlp" : field);
  }

  @ParameterizedTest
  @CsvSource({
    "'',         custom_text,        true",
    "'',         multimodal_cfg,     '{}'",
    "vision_cfg, timm_model_name,    '\"resnet50\"'",
    "vision_cfg, ls_init_value,      0.1",
    "vision_cfg, attentional_pool,   true",
    "vision_cfg, pool_type,          '\"avg\"'",
    "vision_cfg, no_ln_pre,          true",
    "vision_cfg, stem_layers,        '[3,4,6,3]'",
    "text_cfg,   hf_model_name,      '\"xlm-roberta-base\"'",
    "text_cfg,   no_causal_mask,     true",
    "text_cfg,   pad_id,             1",
    "text_cfg,   embed_cls,          true",
  })
  void optionsThatTheEncodersDoNotComputeAreRefusedByName(
      String section, String field, String value) throws IOException {
    set(section, field, value);

    tiny.refused(CONFIG, field, value, "is not supported");
  }

  @Test
  void aLongOptionIsCutInTheMessage() throws IOException {
    set("text_cfg", "x".repeat(50_000), '"' + "y".repeat(50_000) + '"');

    tiny.refused(CONFIG, "text_cfg", "is not supported");
  }

  @ParameterizedTest
  @CsvSource({
    "'',         init_logit_scale,    2.6592",
    "vision_cfg, attentional_pool,    false",
    "vision_cfg, pool_type,           '\"tok\"'",
    "vision_cfg, patch_dropout,       0.0",
    "vision_cfg, image_size,          '[64, 64]'",
    "vision_cfg, mlp_ratio,           4.0",
    "text_cfg,   hf_model_name,       null",
    "text_cfg,   proj_type,           '\"linear\"'",
  })
  void optionsThatChangeNothingAreTaken(String section, String field, String value)
      throws IOException {
    float[] expected = tiny.features();

    set(section, field, value);

    assertArrayEquals(expected, tiny.features());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "7",
        "{",
        "{}",
        "{} {}",
        "no JSON",
        "{\"model_cfg\": []}",
        "{\"model_cfg\": {}, \"model_cfg\": {}}",
        "\u0000\u0001"
      })
  void whatIsNoConfigurationIsRefusedByName(String text) throws IOException {
    tiny.config(text).refused(CONFIG);
  }

  @Test
  void deepNestingAndGreatLengthAreRefused() throws IOException {
    tiny.config("[".repeat(200_000)).refused(CONFIG);
    tiny.config("{\"a\":".repeat(100_000)).refused(CONFIG);
    tiny.config(" ".repeat((1 << 20) + 1)).refused(CONFIG, "1 MiB");
  }

  @ParameterizedTest
  @CsvSource({
    "mean, '[0.5, 0.5]'",
    "mean, '[0.5, 0.5, \"a\"]'",
    "mean, '[0.5, 0.5, 1e999]'",
    "mean, 0.5",
    "mean, null",
    "std,  '[0.5, 0, 0.5]'",
    "std,  '[0.5, -1, 0.5]'",
    "std,  '{}'"
  })
  void aNormalizationMustBeThreeNumbers(String field, String value) throws IOException {
    JsonNode node = json(value);
    tiny.root(root -> ((ObjectNode) root.get("preprocess_cfg")).set(field, node));

    tiny.refused(CONFIG, field.equals("std") ? "" : "mean");
  }

  @Test
  void aNormalizationMustBeWholeOrAbsent() throws IOException {
    tiny.root(root -> ((ObjectNode) root.get("preprocess_cfg")).remove("std"));
    tiny.refused(CONFIG, "preprocess_cfg.std", "missing");

    tiny.root(root -> root.put("preprocess_cfg", 5));
    tiny.refused(CONFIG, "preprocess_cfg");

    tiny.root(root -> root.remove("preprocess_cfg"));
    assertEquals(ClipNormalization.CLIP, config().normalization());
  }

  @Test
  void quickGeluChangesTheFeatures() throws IOException {
    float[] exact = tiny.features();

    set("", "quick_gelu", "true");

    float[] quick = tiny.features();
    assertTrue(config().quickGelu());
    double difference = 0;
    for (int i = 0; i < exact.length; i++) {
      difference = Math.max(difference, Math.abs(exact[i] - quick[i]));
    }
    assertTrue(difference > 1e-4, "largest difference " + difference);
  }

  private ClipConfig config() {
    return OpenClipWeights.open(tiny.folder()).config();
  }

  private void set(String section, String field, String value) throws IOException {
    JsonNode node = json(value);
    tiny.model(model -> section(model, section).set(field, node));
  }

  private static JsonNode json(String text) throws IOException {
    return new JsonMapper().readTree(text);
  }

  private static ObjectNode section(ObjectNode model, String name) {
    return name.isEmpty() ? model : (ObjectNode) model.get(name);
  }
}
