package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Manifests of Amazon Lookout for Vision (and SageMaker Ground Truth): a JSON object a line, with
 * {@code source-ref}, {@code anomaly-label}, {@code anomaly-label-metadata} and perhaps {@code
 * anomaly-mask-ref}.
 *
 * <p>A manifest names places in a bucket. The images are those below the manifest's folder, or the
 * folder above it, under as much of the path's end as fits most of them: {@code
 * s3://bucket/parts/train/1.jpg} may be {@code parts/train/1.jpg}, {@code train/1.jpg} or {@code
 * 1.jpg} there. One manifest is both parts: its normal images to choose shots from, all of them to
 * test with. Of several, those with {@code train} and {@code test} in their names are the parts.
 */
public final class LookoutLayout {

  private static final String EXTENSION = ".manifest";

  private LookoutLayout() {}

  /**
   * The data set of a manifest, or of a folder of manifests.
   *
   * @param root the manifest, or the folder of at most one for each part
   * @param name what the images show; empty for the manifest's folder's name
   * @return a data set of one category
   * @throws InputException if a manifest is damaged, none of its images is there, or the manifests
   *     cannot be told apart
   */
  public static InspectionDataset read(Path root, Optional<String> name) {
    if (!Files.isDirectory(root)) {
      ImageFiles.requireReadable(root);
    }
    Path folder = Files.isDirectory(root) ? root : root.toAbsolutePath().getParent();
    String category = name.orElse(ImageFiles.nameOf(folder));
    List<Path> manifests = Files.isDirectory(root) ? manifestsIn(root) : List.of(root);
    if (manifests.isEmpty()) {
      throw new InputException(root, "holds no " + EXTENSION, "name the manifest itself");
    }
    Listing listing = new Listing();
    List<Sample> train;
    List<Sample> test;
    if (manifests.size() == 1) {
      test = samples(manifests.get(0), category, listing);
      train = normal(test);
    } else {
      List<Sample> learned = samples(part(root, manifests, "train"), category, listing);
      test = samples(part(root, manifests, "test"), category, listing);
      train = normal(learned);
      int others = learned.size() - train.size();
      if (others > 0) {
        listing.note(
            "%d of the %d images to train with are left out: only those labelled normal are shots"
                .formatted(others, learned.size()));
      }
    }
    return new InspectionDataset(
        category,
        List.of(new InspectionDataset.Category(category, train, test, listing.remarks())));
  }

  /**
   * What a line of a manifest says of an image.
   *
   * @param line its number, from 1
   * @param path the names of the image's path, from the bucket on; none leads elsewhere
   * @param label what is known of the image
   */
  public record Reference(int line, List<String> path, Label label) {

    /** Copies the names. */
    public Reference {
      path = List.copyOf(path);
    }
  }

  /**
   * The lines of a manifest, wherever their images are.
   *
   * @param manifest the file
   * @param listing hears where labels and class names disagree
   * @return in their order
   * @throws InputException if the manifest is damaged
   */
  public static List<Reference> references(Path manifest, Listing listing) {
    ImageFiles.requireReadable(manifest);
    return ManifestLine.read(manifest, listing).stream()
        .map(line -> new Reference(line.number(), line.image(), line.label()))
        .toList();
  }

  /**
   * The images that a manifest names, whatever it says of them.
   *
   * @param manifest the file
   * @param listing hears of images that are not there
   * @return the images that are, in {@link ImageFiles#ORDER}
   * @throws InputException if the manifest is damaged, or none of its images is there
   */
  public static List<Path> images(Path manifest, Listing listing) {
    return samples(manifest, Sample.UNKNOWN, listing).stream().map(Sample::image).toList();
  }

  /**
   * Whether a file's name is a manifest's.
   *
   * @param file a path; only its last name counts
   * @return whether it ends so
   */
  public static boolean isManifestName(Path file) {
    return ImageFiles.nameOf(file).endsWith(EXTENSION);
  }

  /** Whether a path looks like a manifest, or a folder of some. */
  static boolean matches(Path root) {
    return Files.isDirectory(root)
        ? !manifestsIn(root).isEmpty()
        : Files.isRegularFile(root)
            && ImageFiles.nameOf(root).matches(".*\\.(manifest|jsonl|json)");
  }

  private static List<Sample> normal(List<Sample> samples) {
    return samples.stream().filter(sample -> sample.label() == Label.NORMAL).toList();
  }

  /**
   * The manifests that lie directly in a folder.
   *
   * @param folder the folder
   * @return in {@link ImageFiles#ORDER}
   */
  public static List<Path> manifestsIn(Path folder) {
    return ImageFiles.filesIn(folder).stream()
        .filter(file -> ImageFiles.nameOf(file).endsWith(EXTENSION))
        .toList();
  }

  private static Path part(Path root, List<Path> manifests, String part) {
    List<Path> found =
        manifests.stream().filter(file -> ImageFiles.nameOf(file).contains(part)).toList();
    if (found.size() != 1) {
      throw new InputException(
          root,
          "holds "
              + manifests.size()
              + " manifests ("
              + ImageFiles.some(manifests.stream().map(ImageFiles::nameOf).toList())
              + "), and not exactly one for '"
              + part
              + "'",
          "name the manifest itself");
    }
    return found.get(0);
  }

  private static List<Sample> samples(Path file, String category, Listing listing) {
    List<ManifestLine> lines = ManifestLine.read(file, listing);
    Places images = Places.of(file, lines.stream().map(ManifestLine::image).toList());
    Places masks = Places.of(file, lines.stream().flatMap(line -> line.mask().stream()).toList());
    Missing missing = new Missing(file, listing);
    Map<Path, Integer> seen = new HashMap<>();
    List<Sample> samples = new ArrayList<>();
    for (ManifestLine line : lines) {
      Path image = images.of(line.image());
      if (!missing.has(image, "image")) {
        continue;
      }
      Integer earlier = seen.put(image, line.number());
      if (earlier != null) {
        throw new InputException(
            TextFiles.at(file, line.number()),
            "names the same image as line " + earlier + ", " + image,
            "put the images where the whole paths fit, or remove one line");
      }
      Optional<Path> mask = line.mask().map(masks::of).filter(path -> missing.has(path, "mask"));
      samples.add(line.sample(image, mask, category));
    }
    missing.tell();
    if (samples.isEmpty()) {
      throw listing.faults().stream()
          .findFirst()
          .orElseGet(() -> new InputException(file, "names no image", "restore it"));
    }
    samples.sort(Comparator.comparing(Sample::image, ImageFiles.ORDER));
    return samples;
  }

  /**
   * Where references lie on disk: how many of their first names are dropped, and below what.
   *
   * @param base the folder
   * @param dropped how many names
   */
  private record Places(Path base, int dropped) {

    /** So many references tell. */
    private static final int TRIED = 50;

    /** The longest end of the paths that fits most of the first references. */
    static Places of(Path manifest, List<List<String>> references) {
      Path folder = manifest.toAbsolutePath().getParent();
      List<List<String>> tried = references.subList(0, Math.min(TRIED, references.size()));
      int longest = tried.stream().mapToInt(List::size).max().orElse(1);
      Places best = new Places(folder, 0);
      long most = 0;
      for (Path base :
          folder.getParent() == null ? List.of(folder) : List.of(folder, folder.getParent())) {
        for (int dropped = 0; dropped < longest; dropped++) {
          Places one = new Places(base, dropped);
          long found = tried.stream().filter(names -> Files.exists(one.of(names))).count();
          if (found > most) {
            best = one;
            most = found;
          }
        }
      }
      return best;
    }

    Path of(List<String> names) {
      Path path = base;
      for (String name : names.subList(Math.min(dropped, names.size() - 1), names.size())) {
        path = path.resolve(name);
      }
      return path;
    }
  }
}
