package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** VisA's split file {@code split_csv/1cls.csv}: which image is for training, which for testing. */
final class VisaSplit {

  /** The defect type of VisA's anomalous images, as in the converted layout. */
  static final String BAD = "bad";

  /** Ten times the published file, and few enough for any heap. */
  private static final int LIMIT = 8 << 20;

  private static final List<String> COLUMNS = List.of("object", "split", "label", "image", "mask");

  /** A name becomes a folder's in reports and shot lists: it must not lead elsewhere. */
  private static final Pattern NAME = Pattern.compile("(?!\\.\\.?$)[^/\\\\:\\p{Cntrl}]+");

  private final Path root;
  private final Path file;
  private final List<Csv.Row> rows;
  private final Map<String, Integer> columns = new HashMap<>();

  private VisaSplit(Path root, Path file, List<Csv.Row> rows) {
    this.root = root;
    this.file = file;
    this.rows = rows.subList(1, rows.size());
    List<String> header =
        rows.get(0).fields().stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    for (String column : COLUMNS) {
      if (header.indexOf(column) < 0 || header.indexOf(column) != header.lastIndexOf(column)) {
        throw new InputException(
            TextFiles.at(file, rows.get(0).line()),
            "the header " + header + " does not name the column '" + column + "' exactly once",
            "it should be " + String.join(",", COLUMNS));
      }
      columns.put(column, header.indexOf(column));
    }
  }

  /**
   * The data set that a split file describes.
   *
   * @param root the folder that the paths in the file start from
   * @param file the split file
   * @param wanted the categories to read; none means all
   */
  static InspectionDataset read(Path root, Path file, List<String> wanted) {
    List<Csv.Row> rows = Csv.parse(file, TextFiles.read(file, LIMIT));
    if (rows.size() < 2) {
      throw new InputException(file, "lists no images", "restore it from VisA's archive");
    }
    return new VisaSplit(root, file, rows).dataset(wanted);
  }

  private InspectionDataset dataset(List<String> wanted) {
    int last = Collections.max(columns.values());
    for (Csv.Row row : rows) {
      if (row.fields().size() <= last) {
        throw fault(row, "has " + row.fields().size() + " fields", "write all of " + COLUMNS);
      }
      if (!NAME.matcher(value(row, "object")).matches()) {
        throw fault(
            row,
            "the object '" + value(row, "object") + "' is not the name of a folder",
            "correct it");
      }
    }
    List<String> names =
        rows.stream()
            .map(row -> value(row, "object"))
            .distinct()
            .sorted(ImageFiles.NAME_ORDER)
            .toList();
    List<InspectionDataset.Category> categories = new ArrayList<>();
    for (String name : CategoryFolders.choose(root, names, wanted)) {
      categories.add(category(name));
    }
    return new InspectionDataset(ImageFiles.nameOf(root), categories);
  }

  private InspectionDataset.Category category(String name) {
    List<Sample> train = new ArrayList<>();
    List<Sample> test = new ArrayList<>();
    Map<Path, Integer> seen = new HashMap<>();
    for (Csv.Row row : rows) {
      if (!value(row, "object").equals(name)) {
        continue;
      }
      Sample sample = sample(row, name);
      Integer earlier = seen.put(sample.image(), row.line());
      if (earlier != null) {
        throw fault(row, "repeats the image of line " + earlier, "remove one of the two");
      }
      (isTrain(row, sample) ? train : test).add(sample);
    }
    if (train.isEmpty()) {
      throw new InputException(
          file, "lists no training images of " + name, "restore it from VisA's archive");
    }
    train.sort(Comparator.comparing(Sample::image, ImageFiles.ORDER));
    test.sort(Comparator.comparing(Sample::image, ImageFiles.ORDER));
    return new InspectionDataset.Category(name, train, test);
  }

  private boolean isTrain(Csv.Row row, Sample sample) {
    String split = value(row, "split").toLowerCase(Locale.ROOT);
    if (split.equals("test")) {
      return false;
    }
    if (!split.equals("train")) {
      throw fault(row, "the split is '" + split + "'", "write train or test");
    }
    if (sample.label() != Label.NORMAL) {
      throw fault(
          row, "trains with an anomalous image", "use the one-class split, split_csv/1cls.csv");
    }
    return true;
  }

  private Sample sample(Csv.Row row, String category) {
    Path image = path(row, "image");
    String label = value(row, "label").toLowerCase(Locale.ROOT);
    if (label.equals("normal")) {
      return Sample.normal(image, category);
    }
    if (!label.equals("anomaly")) {
      throw fault(row, "the label is '" + label + "'", "write normal or anomaly");
    }
    Optional<Path> mask =
        value(row, "mask").isEmpty() ? Optional.empty() : Optional.of(path(row, "mask"));
    return new Sample(image, mask, Label.ANOMALOUS, category, BAD);
  }

  /** A path of the file, which must stay below the root: the file may come from a stranger. */
  private Path path(Csv.Row row, String column) {
    String text = value(row, column);
    Optional<Path> relative = ListedPath.relative(text);
    if (relative.isEmpty()) {
      throw fault(
          row,
          "the " + column + " '" + text + "' is not a path below " + root,
          "name it from there, as in candle/Data/Images/Normal/0000.JPG");
    }
    Path path = root.resolve(relative.get().normalize());
    if (!Files.isRegularFile(path)) {
      throw fault(row, "the " + column + " " + path + " is missing", "unpack VisA's archive again");
    }
    return path;
  }

  private String value(Csv.Row row, String column) {
    return row.fields().get(columns.get(column)).strip();
  }

  private InputException fault(Csv.Row row, String problem, String remedy) {
    return new InputException(TextFiles.at(file, row.line()), problem, remedy);
  }
}
