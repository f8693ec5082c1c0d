package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folders of Real-IAD: images in {@code realiad_1024} (or {@code _512}, {@code _256}, {@code
 * _raw}), one JSON list a category in {@code realiad_jsons}, perhaps in another folder of that name
 * in it.
 *
 * <p>Each part is photographed from five sides; a category takes all of them as they come, and
 * {@code audiojack_C1} names the images of the first camera alone. The lists of other protocols
 * ({@code realiad_jsons_sv}) are read where their folder is the root. Images that a list names and
 * that are not there are told, and the rest is read.
 */
public final class RealIadLayout {

  private static final String LISTS = "realiad_jsons";
  private static final List<String> SIZES =
      List.of("realiad_1024", "realiad_512", "realiad_256", "realiad_raw");
  private static final Pattern VIEW = Pattern.compile("(.+)_(C[1-9])");

  private RealIadLayout() {}

  /**
   * All categories below a folder, sorted by name.
   *
   * @param root Real-IAD's folder, or the folder of its lists
   * @return the data set, named after the folder
   * @throws InputException if there is no list, or one is damaged, trains with an anomalous image,
   *     or names no image that is there
   */
  public static InspectionDataset read(Path root) {
    return read(root, List.of());
  }

  /**
   * Some categories below a folder.
   *
   * @param root Real-IAD's folder, or the folder of its lists
   * @param categories the names of those to read, in the order wanted, perhaps with a view ({@code
   *     audiojack_C1}); none means all
   * @return the data set, named after the folder
   * @throws InputException as {@link #read(Path)}, and if a category is not there or asked for
   *     twice
   */
  public static InspectionDataset read(Path root, List<String> categories) {
    ImageFiles.requireFolder(root, "Real-IAD's folder");
    Path lists =
        listsOf(root)
            .orElseThrow(
                () ->
                    new InputException(
                        root,
                        "holds no lists of Real-IAD",
                        ("name the folder above %1$s, which holds <category>.json,"
                                + " or a folder of other lists, %1$s_sv")
                            .formatted(LISTS)));
    List<Path> bases = bases(root);
    List<String> names = jsonIn(lists).stream().map(ImageFiles::stem).toList();
    List<String> available = new ArrayList<>(names);
    categories.stream()
        .filter(name -> view(names, name).isPresent())
        .distinct()
        .forEach(available::add);
    List<InspectionDataset.Category> read = new ArrayList<>();
    for (String name : CategoryFolders.choose(root, available, categories)) {
      Optional<String> view = view(names, name);
      String list = view.map(camera -> name.substring(0, name.lastIndexOf('_'))).orElse(name);
      read.add(RealIadList.read(lists.resolve(list + ".json"), bases, name, view));
    }
    return new InspectionDataset(ImageFiles.nameOf(root), read);
  }

  /** Whether a folder looks like Real-IAD's. */
  static boolean matches(Path root) {
    return Files.isDirectory(root.resolve(LISTS))
        || (ImageFiles.nameOf(root).startsWith(LISTS) && listsOf(root).isPresent());
  }

  /** The camera that a category's name asks for, {@code C1} to {@code C9}. */
  private static Optional<String> view(List<String> names, String name) {
    Matcher matcher = VIEW.matcher(name);
    return !names.contains(name) && matcher.matches() && names.contains(matcher.group(1))
        ? Optional.of(matcher.group(2))
        : Optional.empty();
  }

  private static Optional<Path> listsOf(Path root) {
    Path lists = root.resolve(LISTS);
    return List.of(lists.resolve(LISTS), lists, root).stream()
        .filter(folder -> Files.isDirectory(folder) && !jsonIn(folder).isEmpty())
        .findFirst();
  }

  private static List<Path> jsonIn(Path folder) {
    return ImageFiles.filesIn(folder).stream()
        .filter(file -> ImageFiles.nameOf(file).endsWith(".json"))
        .toList();
  }

  /** Where the categories' folders may be, the best first. */
  private static List<Path> bases(Path root) {
    List<Path> bases = new ArrayList<>();
    Path above = root.toAbsolutePath().normalize();
    // Whoever names the folder of the lists has the images beside it, or one folder higher.
    int levels = ImageFiles.nameOf(root).startsWith(LISTS) ? 3 : 1;
    for (int level = 0; level < levels && above != null; level++, above = above.getParent()) {
      Path folder = level == 0 ? root : above;
      List<Path> sizes =
          ImageFiles.foldersIn(folder).stream()
              .filter(one -> ImageFiles.nameOf(one).startsWith("realiad"))
              .filter(one -> !ImageFiles.nameOf(one).startsWith(LISTS))
              .sorted(Comparator.comparingInt(RealIadLayout::rank))
              .toList();
      bases.addAll(sizes);
      bases.add(folder);
    }
    return bases;
  }

  private static int rank(Path folder) {
    int place = SIZES.indexOf(ImageFiles.nameOf(folder));
    return place < 0 ? SIZES.size() : place;
  }
}
