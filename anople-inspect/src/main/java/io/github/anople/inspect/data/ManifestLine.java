package io.github.anople.inspect.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.anople.core.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A line of a manifest.
 *
 * @param number its number in the file, from 1
 * @param image the names of the image's path, from the bucket on
 * @param mask the names of its mask's path, if it has one
 * @param label what its class name says; where it has none, what its label says
 * @param defect the kind of defect
 * @param background the colour of the mask where there is no defect
 */
record ManifestLine(
    int number,
    List<String> image,
    Optional<List<String>> mask,
    Label label,
    String defect,
    int background) {

  private static final int LIMIT = 64 << 20;
  private static final String METADATA = "-metadata";
  private static final String USUAL_LABEL = "anomaly-label";
  private static final String ANOMALY = "anomaly";
  private static final Set<String> PLAIN = Set.of(ANOMALY, "anomalous", "abnormal", "1");
  private static final Pattern COLOUR = Pattern.compile("#\\p{XDigit}{6}");
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://+");

  /** All lines of a file; where numbers and class names disagree, the listing hears of it. */
  static List<ManifestLine> read(Path file, Listing listing) {
    List<ManifestLine> lines = new ArrayList<>();
    int contradictions = 0;
    int number = 0;
    for (String text : TextFiles.read(file, LIMIT).split("\r\n|\r|\n", -1)) {
      number++;
      if (!text.isBlank()) {
        Parser parser =
            new Parser(JsonLists.object(text, TextFiles.at(file, number)), file, number);
        lines.add(parser.line());
        contradictions += parser.contradicts() ? 1 : 0;
      }
    }
    if (contradictions > 0) {
      listing.note(
          "%d labels of %s say otherwise than their class names, which count"
              .formatted(contradictions, ImageFiles.slashed(file)));
    }
    return lines;
  }

  /** The sample of this line. */
  Sample sample(Path found, Optional<Path> drawn, String category) {
    return switch (label) {
      case NORMAL -> Sample.normal(found, category);
      case UNKNOWN -> Sample.unknown(found, category);
      case ANOMALOUS ->
          new Sample(
              found,
              drawn,
              label,
              category,
              defect,
              new MaskStyle(background, MaskStyle.Pixels.UNSAID));
    };
  }

  /** One object, which others wrote: what is not asked for is theirs. */
  private record Parser(JsonNode object, Path file, int number) {

    ManifestLine line() {
      JsonNode map = maskMetadata().path("internal-color-map");
      Label label = label();
      return new ManifestLine(
          number,
          path(JsonLists.required(object, "source-ref", where())),
          mask().map(this::path),
          label,
          defect(map),
          background(map));
    }

    private String where() {
      return TextFiles.at(file, number);
    }

    /** The usual name of the label, or that of the labelling job that made it. */
    private String labelName() {
      return object.has(USUAL_LABEL)
          ? USUAL_LABEL
          : named("groundtruth/image-classification").orElse(USUAL_LABEL);
    }

    private Optional<String> named(String type) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        String name = field.getKey();
        if (name.endsWith(METADATA) && field.getValue().path("type").asText().equals(type)) {
          String of = name.substring(0, name.length() - METADATA.length());
          if (object.has(of) && !of.endsWith("-detected")) {
            return Optional.of(of);
          }
        }
      }
      return Optional.empty();
    }

    private String maskName() {
      return named("groundtruth/semantic-segmentation").orElse("anomaly-mask-ref");
    }

    private Optional<String> mask() {
      return JsonLists.text(object, maskName(), where());
    }

    private JsonNode maskMetadata() {
      return object.path(maskName() + METADATA);
    }

    private Optional<String> className() {
      return JsonLists.text(object.path(labelName() + METADATA), "class-name", where());
    }

    private Label label() {
      return className()
          .map(name -> GoodName.says(name) ? Label.NORMAL : Label.ANOMALOUS)
          .orElseGet(this::labelNumber);
    }

    private Label labelNumber() {
      JsonNode value = object.path(labelName());
      if (value.isMissingNode() || value.isNull()) {
        return Label.UNKNOWN;
      }
      return switch (value.asText().strip()) {
        case "0" -> Label.NORMAL;
        case "1" -> Label.ANOMALOUS;
        default ->
            throw new InputException(
                where(),
                "the label %s is neither 0 nor 1"
                    .formatted(InputException.quoted(value.toString())),
                "write 0 for normal, 1 for an anomaly");
      };
    }

    boolean contradicts() {
      String value = object.path(labelName()).asText().strip();
      return className().isPresent()
          && (value.equals("0") || value.equals("1"))
          && value.equals("0") != (label() == Label.NORMAL);
    }

    /** The kind that the mask's colours name, or the class. */
    private String defect(JsonNode map) {
      List<String> kinds = new ArrayList<>();
      for (JsonNode entry : map) {
        String name = entry.path("class-name").asText().strip();
        if (!name.isEmpty() && !isBackground(entry)) {
          kinds.add(name);
        }
      }
      if (kinds.size() == 1) {
        return kinds.get(0);
      }
      return className()
          .filter(name -> !PLAIN.contains(name.toLowerCase(Locale.ROOT)))
          .orElse(ANOMALY);
    }

    private int background(JsonNode map) {
      for (JsonNode entry : map) {
        String colour = entry.path("hex-color").asText();
        if (isBackground(entry) && COLOUR.matcher(colour).matches()) {
          return Integer.parseInt(colour.substring(1), 16);
        }
      }
      return 0;
    }

    private static boolean isBackground(JsonNode entry) {
      return entry.path("class-name").asText().strip().equalsIgnoreCase("background");
    }

    /** The names of a reference's path, none of which leads elsewhere. */
    private List<String> path(String reference) {
      String plain = SCHEME.matcher(reference).replaceFirst("");
      List<String> names = new ArrayList<>();
      for (String name : plain.split("/+", -1)) {
        if (!name.isEmpty() && !name.equals(".")) {
          Path one =
              ListedPath.relative(name)
                  .filter(path -> path.getNameCount() == 1)
                  .orElseThrow(() -> unusable(reference));
          names.add(one.toString());
        }
      }
      if (names.isEmpty()) {
        throw unusable(reference);
      }
      return names;
    }

    private InputException unusable(String reference) {
      return new InputException(
          where(), InputException.quoted(reference) + " names no file", "correct it");
    }
  }
}
