package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.Fixtures;
import io.github.anople.core.Golden;
import io.github.anople.core.Sha256;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.OpenClipWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BackboneCommandTest {

  private static final Path TINY = Fixtures.golden("tiny_clip");
  private static final Pattern ROW =
      Pattern.compile("  (.*?) +cosine +(-?[0-9.]+)  softmax ([0-9.]+)");
  private static final List<String> TEXTS = List.of("bottle", "abnormal bottle", "zipper");

  @TempDir Path temporary;

  @Test
  void infoTellsWhatTheCheckpointIs() throws IOException {
    Path weights = TINY.resolve("open_clip_model.safetensors");
    String text = CommandRun.of("backbone", "info", TINY.toString()).done().out();

    JsonNode vision = config("/vision_cfg");
    int side = vision.get("image_size").asInt();
    int patch = vision.get("patch_size").asInt();
    int grid = side / patch;
    int width = vision.get("width").asInt();
    int heads = width / vision.get("head_width").asInt();
    JsonNode words = config("/text_cfg");
    assertTrue(
        text.contains("%d px in patches of %d (%d x %d)".formatted(side, patch, grid, grid)), text);
    assertTrue(
        text.contains(
            "%d layers of width %d, %d heads"
                .formatted(vision.get("layers").asInt(), width, heads)),
        text);
    assertTrue(
        text.contains(
            "%d layers of width %d, %d heads, %d tokens of %d"
                .formatted(
                    words.get("layers").asInt(),
                    words.get("width").asInt(),
                    words.get("heads").asInt(),
                    words.get("context_length").asInt(),
                    words.get("vocab_size").asInt())),
        text);
    assertTrue(text.contains(String.format(Locale.ROOT, "%,d bytes", Files.size(weights))), text);
    assertTrue(text.contains(Sha256.of(weights)), text);
  }

  /** A part of the golden backbone's own configuration. */
  private static JsonNode config(String part) throws IOException {
    return new JsonMapper()
        .readTree(TINY.resolve("open_clip_config.json").toFile())
        .at("/model_cfg" + part);
  }

  @Test
  void infoAsJsonHoldsTheSame() throws IOException {
    Path weights = TINY.resolve("open_clip_model.safetensors");

    JsonNode json = CommandRun.of("backbone", "info", "--json", weights.toString()).done().json();

    assertEquals(config("/embed_dim"), json.get("embed_dim"));
    assertEquals(config("/vision_cfg/image_size"), json.at("/vision/image_size"));
    assertEquals(config("/text_cfg/vocab_size"), json.at("/text/vocab_size"));
    assertEquals("F32", json.get("dtype").asText());
    assertEquals(Files.size(weights), json.get("bytes").asLong());
    assertEquals(Sha256.of(weights), json.get("sha256").asText());
    assertEquals(OpenClipWeights.open(TINY).parameters(), json.get("parameters").asLong());
  }

  @Test
  void embedGivesTheGoldenFeatures() throws IOException {
    List<String> args = embed("--json");
    String side = "/" + config("/vision_cfg/image_size").asInt();
    for (String name : Golden.open("preprocess.safetensors").names()) {
      if (name.endsWith(side)) {
        // The JPEG as libjpeg-turbo decodes it: decoders may differ.
        String file = name.replace(side, "").replace(".jpg", "_decoded.png");
        args.addAll(List.of("--image", Fixtures.golden("images/" + file).toString()));
      }
    }

    JsonNode json = CommandRun.of(args.toArray(String[]::new)).done().json();

    List<JsonNode> vectors = new ArrayList<>();
    json.get("images").forEach(image -> image.get("vector").forEach(vectors::add));
    float[] features = new float[vectors.size()];
    for (int i = 0; i < features.length; i++) {
      features[i] = vectors.get(i).floatValue();
    }
    Golden.open("clip.safetensors").check("image_features", features);
    try (ClipModel clip = OpenClipWeights.open(TINY).load(Precision.FP32)) {
      for (int i = 0; i < TEXTS.size(); i++) {
        JsonNode text = json.get("texts").get(i);
        assertEquals(TEXTS.get(i), text.get("text").asText());
        assertArrayEquals(clip.embedText(TEXTS.get(i)), floats(text.get("vector")));
      }
      assertEquals(clip.logitScale(), json.get("logit_scale").floatValue());
    }
  }

  @Test
  void cosinesAndSharesFollowFromTheVectors() throws IOException {
    List<String> args = embed("--json", "--image", image());

    JsonNode json = CommandRun.of(args.toArray(String[]::new)).done().json();

    JsonNode image = json.get("images").get(0);
    double sum = 0;
    double normalizer = 0;
    for (int i = 0; i < TEXTS.size(); i++) {
      double cosine = image.get("cosine").get(i).doubleValue();
      double dot = 0;
      for (int k = 0; k < image.get("vector").size(); k++) {
        dot +=
            image.get("vector").get(k).doubleValue()
                * json.get("texts").get(i).get("vector").get(k).doubleValue();
      }
      assertEquals(dot, cosine, 1e-6);
      assertTrue(Math.abs(cosine) <= 1 + 1e-6, "cosine " + cosine);
      sum += image.get("softmax").get(i).doubleValue();
      normalizer += Math.exp(json.get("logit_scale").doubleValue() * cosine);
    }
    assertEquals(1, sum, 1e-9);
    for (int i = 0; i < TEXTS.size(); i++) {
      double logit =
          json.get("logit_scale").doubleValue() * image.get("cosine").get(i).doubleValue();
      assertEquals(Math.exp(logit) / normalizer, image.get("softmax").get(i).doubleValue(), 1e-7);
    }
  }

  @Test
  void theTableSaysTheSameToFourDigits() throws IOException {
    JsonNode json =
        CommandRun.of(embed("--json", "--image", image()).toArray(String[]::new)).done().json();

    List<String> lines =
        CommandRun.of(embed("--image", image()).toArray(String[]::new)).done().lines();

    assertEquals(1 + TEXTS.size(), lines.size());
    assertEquals(image(), lines.get(0));
    for (int i = 0; i < TEXTS.size(); i++) {
      Matcher row = ROW.matcher(lines.get(1 + i));
      assertTrue(row.matches(), lines.get(1 + i));
      assertEquals(TEXTS.get(i), row.group(1));
      JsonNode image = json.get("images").get(0);
      assertEquals(
          image.get("cosine").get(i).doubleValue(), Double.parseDouble(row.group(2)), 6e-5);
      assertEquals(
          image.get("softmax").get(i).doubleValue(), Double.parseDouble(row.group(3)), 6e-5);
    }
  }

  @Test
  void embedWithoutImagesSaysWhatIsMissing() throws IOException {
    String out = CommandRun.of(embed().toArray(String[]::new)).done().out();

    int joint = config("/embed_dim").asInt();
    assertTrue(out.startsWith("0 pictures and 3 texts embedded in " + joint + " numbers"), out);
  }

  @Test
  void aFaultOfAnImageNamesIt() throws IOException {
    Path damaged = temporary.resolve("damaged.png");
    Files.write(damaged, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0});

    for (String image : List.of(damaged.toString(), temporary.resolve("none.png").toString())) {
      CommandRun.of(embed("--image", image).toArray(String[]::new)).inputFault(image);
    }
    CommandRun.of(embed("--image", temporary.toString()).toArray(String[]::new))
        .inputFault(temporary.toString());
  }

  @Test
  void aFaultOfACheckpointNamesItsFile() throws IOException {
    Path weights = temporary.resolve("open_clip_model.safetensors");
    Files.copy(TINY.resolve("merges.txt"), temporary.resolve("merges.txt"));
    Files.copy(TINY.resolve("open_clip_config.json"), temporary.resolve("open_clip_config.json"));
    Files.write(weights, new byte[100]);

    CommandRun.of("backbone", "info", temporary.toString()).inputFault(weights.toString());
    CommandRun.of("backbone", "embed", "--backbone", temporary.toString())
        .inputFault(weights.toString());
    CommandRun.of("backbone", "info", temporary.resolve("none").toString()).inputFault("none");
    CommandRun.of("backbone", "info", "\0").inputFault("is not a path");
  }

  private static List<String> embed(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("backbone", "embed", "--backbone", TINY.toString(), "--compute", "fp32"));
    TEXTS.forEach(text -> args.addAll(List.of("--text", text)));
    args.addAll(List.of(more));
    return args;
  }

  private static String image() throws IOException {
    return Fixtures.goldenImage().toString();
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).floatValue();
    }
    return values;
  }
}
