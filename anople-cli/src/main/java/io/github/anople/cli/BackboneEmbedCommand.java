package io.github.anople.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.console.BackboneOption;
import io.github.anople.console.Output;
import io.github.anople.console.PictureOptions;
import io.github.anople.core.InputException;
import io.github.anople.core.image.ImageReader;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code anople backbone embed}: which text says what a picture shows? */
@Command(
    name = "embed",
    description =
        "Compares pictures with texts: cosine, and softmax over the texts at CLIP's temperature.",
    mixinStandardHelpOptions = true)
final class BackboneEmbedCommand implements Callable<Integer> {

  @Mixin private BackboneOption backbone;

  @Option(names = "--image", paramLabel = "FILE", description = "A picture; may be repeated.")
  private List<Path> images = List.of();

  @Option(names = "--text", paramLabel = "TEXT", description = "A text; may be repeated.")
  private List<String> texts = List.of();

  @Mixin private PictureOptions pictures;

  @Mixin private Output output;

  @Override
  public Integer call() {
    try (LoadedBackbone loaded = backbone.load(output)) {
      ClipModel clip = loaded.clip();
      PictureNotes notes = new PictureNotes(output);
      ImageReader reader = pictures.reader(notes);
      List<float[]> imageFeatures = new ArrayList<>();
      for (Path image : images) {
        imageFeatures.add(clip.embedImage(reader.read(image)));
      }
      notes.finished();
      List<float[]> textFeatures = new ArrayList<>();
      for (String text : texts) {
        int tokens = clip.tokenizer().length(text);
        if (tokens > clip.tokenizer().contextLength()) {
          output.info(
              "note: the text %s has %d tokens, the text window room for %d: its end is cut off"
                  .formatted(
                      InputException.quoted(text), tokens, clip.tokenizer().contextLength()));
        }
        textFeatures.add(clip.embedText(text));
      }
      if (output.json()) {
        output.result().println(json(clip, imageFeatures, textFeatures).toPrettyString());
      } else {
        table(clip, imageFeatures, textFeatures);
      }
    }
    return 0;
  }

  private void table(ClipModel clip, List<float[]> imageFeatures, List<float[]> textFeatures) {
    PrintWriter out = output.result();
    int width = texts.stream().mapToInt(String::length).max().orElse(0);
    for (int i = 0; i < images.size(); i++) {
      double[] cosines = cosines(imageFeatures.get(i), textFeatures);
      double[] shares = softmax(cosines, clip.logitScale());
      out.println(images.get(i));
      for (int j = 0; j < cosines.length; j++) {
        out.println(
            String.format(
                Locale.ROOT,
                "  %-" + Math.max(1, width) + "s  cosine %7.4f  softmax %6.4f",
                texts.get(j),
                cosines[j],
                shares[j]));
      }
    }
    if (images.isEmpty() || texts.isEmpty()) {
      out.println(
          "%d pictures and %d texts embedded in %d numbers each; give both to compare, or --json"
              .formatted(images.size(), texts.size(), clip.config().embedDim()));
    }
  }

  private ObjectNode json(ClipModel clip, List<float[]> imageFeatures, List<float[]> textFeatures) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("logit_scale", clip.logitScale());
    ArrayNode rows = json.putArray("images");
    for (int i = 0; i < images.size(); i++) {
      ObjectNode row = rows.addObject().put("path", images.get(i).toString());
      putAll(row.putArray("vector"), imageFeatures.get(i));
      double[] cosines = cosines(imageFeatures.get(i), textFeatures);
      putAll(row.putArray("cosine"), cosines);
      putAll(row.putArray("softmax"), softmax(cosines, clip.logitScale()));
    }
    ArrayNode words = json.putArray("texts");
    for (int j = 0; j < texts.size(); j++) {
      ObjectNode text = words.addObject().put("text", texts.get(j));
      putAll(text.putArray("vector"), textFeatures.get(j));
    }
    return json;
  }

  private static void putAll(ArrayNode array, float[] values) {
    for (float value : values) {
      array.add(value);
    }
  }

  private static void putAll(ArrayNode array, double[] values) {
    for (double value : values) {
      array.add(value);
    }
  }

  private static double[] cosines(float[] feature, List<float[]> others) {
    return others.stream().mapToDouble(other -> dot(feature, other)).toArray();
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static double[] softmax(double[] cosines, double scale) {
    double[] shares = new double[cosines.length];
    double largest = Double.NEGATIVE_INFINITY;
    for (double cosine : cosines) {
      largest = Math.max(largest, cosine);
    }
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.exp(scale * (cosines[i] - largest));
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }
}
