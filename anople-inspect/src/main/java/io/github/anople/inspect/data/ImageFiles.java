package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lists folders of images: which files count, in which order, and what to say if there are none.
 */
public final class ImageFiles {

  /** Names by the bytes of their UTF-8 form: the same everywhere, unlike what a locale does. */
  static final Comparator<String> NAME_ORDER =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  /**
   * The order of every listing, with {@code /} between names. The paths of one listing share their
   * beginning, so this is the order of their relative paths too.
   */
  public static final Comparator<Path> ORDER =
      Comparator.comparing(ImageFiles::slashed, NAME_ORDER);

  private static final Set<String> EXTENSIONS =
      Set.of(
          "png", "jpg", "jpeg", "jpe", "jfif", "jfi", "jif", "pjpeg", "pjp", "bmp", "dib", "tif",
          "tiff", "webp", "pgm", "ppm", "pbm", "pnm");

  /** The extensions of images for a message, without the rarer ones of JPEG and PNM. */
  public static final String KINDS = "png, jpg, jpeg, jpe, jfif, bmp, dib, tif, tiff, webp or pgm";

  private static final int NAMES_SHOWN = 12;

  private ImageFiles() {}

  /** The images that lie directly in a folder; the listing hears of everything else but folders. */
  static List<Path> in(Path folder, Listing listing) {
    List<Path> images = new ArrayList<>();
    try {
      for (Path entry : entries(folder)) {
        if (!Files.isDirectory(entry)) {
          add(entry, Files.isRegularFile(entry), images, listing);
        }
      }
    } catch (InputException e) {
      listing.fault(e);
    }
    return images;
  }

  /**
   * The images in a folder and all folders below it; links are followed. What is broken below it is
   * left out, and the listing hears of it.
   *
   * @param folder the folder
   * @param listing knows what to leave out, and hears what was
   * @return its images in {@link #ORDER}, perhaps none
   * @throws InputException if there is no such folder, or it cannot be listed itself
   */
  public static List<Path> under(Path folder, Listing listing) {
    requireFolder(folder, "a folder of images");
    List<Path> images = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new Collector(folder, images, listing));
    } catch (IOException e) {
      throw unlistable(folder, e);
    }
    images.sort(ORDER);
    return images;
  }

  /**
   * Takes a file that was found, or lets the listing hear why not. A pipe or a link that leads
   * nowhere is broken where it might have been an image.
   *
   * @param file the file
   * @param regular whether it is a file, and not a pipe or a broken link
   * @param images where images go
   * @param listing hears of anything else
   */
  static void add(Path file, boolean regular, List<Path> images, Listing listing) {
    if (isHidden(file)) {
      return;
    }
    boolean image = isImageName(file);
    if (image && regular) {
      images.add(file);
    } else if (!regular && (image || nameOf(file).indexOf('.') < 0)) {
      listing.fault(unreadable(file));
    } else {
      listing.leaveOut(file);
    }
  }

  /**
   * That file, if it is an image by its name and there; else the listing hears why not.
   *
   * @param file a file that was found by a pattern
   * @param listing hears of anything else
   * @return the file, or none
   */
  public static List<Path> accept(Path file, Listing listing) {
    List<Path> images = new ArrayList<>();
    add(file, Files.isRegularFile(file), images, listing);
    return images;
  }

  /** The folders that lie directly in a folder. */
  static List<Path> foldersIn(Path folder) {
    return entries(folder).stream().filter(Files::isDirectory).toList();
  }

  /** The files that lie directly in a folder, whatever their names. */
  static List<Path> filesIn(Path folder) {
    return entries(folder).stream().filter(Files::isRegularFile).toList();
  }

  /**
   * That folder, if it is one.
   *
   * @param folder a folder that somebody named
   * @param what says what it is for
   * @return the same
   * @throws InputException if it is missing, or a file
   */
  public static Path requireFolder(Path folder, String what) {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    if (Files.exists(folder)) {
      throw new InputException(
          folder, "is a file where " + what + " is expected", "name the folder instead");
    }
    throw new InputException(folder, "no such folder (" + what + ")", found(folder));
  }

  /** Those images, if there is at least one, or something broken that has been told. */
  static List<Path> requireSome(List<Path> images, Path folder, String remedy, Listing listing) {
    if (images.isEmpty()
        && listing.faults().stream().noneMatch(fault -> lies(fault.where(), folder))) {
      String others = listing.leftOutWords().map(words -> "; " + words).orElse("");
      throw new InputException(folder, "holds no image (" + KINDS + ")" + others, remedy);
    }
    return images;
  }

  private static boolean lies(String where, Path folder) {
    return where.equals(folder.toString()) || where.startsWith(folder + File.separator);
  }

  /**
   * That image file, if it is one; nothing is opened, since a pipe would never answer.
   *
   * @param image a file that somebody named
   * @return the same
   * @throws InputException if it is missing or not a regular file
   */
  public static Path requireReadable(Path image) {
    if (Files.isRegularFile(image)) {
      return image;
    }
    throw unreadable(image);
  }

  private static InputException unreadable(Path image) {
    if (Files.isSymbolicLink(image) && !Files.exists(image)) {
      return new InputException(image, "is a link to a file that is gone", "restore or remove it");
    }
    if (!Files.exists(image)) {
      return new InputException(image, "no such file", "check the path");
    }
    return new InputException(image, "is not a regular file", "name an image file or its folder");
  }

  /**
   * Whether the name is not hidden and ends as an image's does, in any letter case.
   *
   * @param file a path; only its last name counts
   * @return whether a listing shows it
   */
  public static boolean isImageName(Path file) {
    String name = nameOf(file);
    int dot = name.lastIndexOf('.');
    return dot > 0
        && !isHidden(file)
        && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** The file's name without its last extension. */
  static String stem(Path file) {
    return stem(nameOf(file));
  }

  /**
   * A name without its last extension.
   *
   * @param name a name, or a path with {@code /}
   * @return what is before the dot
   */
  public static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }

  /**
   * The path's text with {@code /} between names, on every platform.
   *
   * @param path any path
   * @return its text
   */
  public static String slashed(Path path) {
    return path.toString().replace(File.separatorChar, '/');
  }

  /** The last name of a path, also of {@code .} and of a path that ends in {@code ..}. */
  static String nameOf(Path path) {
    Path name = path.getFileName();
    if (name == null || name.toString().isEmpty() || name.toString().matches("\\.\\.?")) {
      name = path.toAbsolutePath().normalize().getFileName();
    }
    return name == null ? "root" : name.toString();
  }

  /** Names for a message: all of a few, the first of many. */
  static String some(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(names.size(), NAMES_SHOWN)));
    int rest = names.size() - NAMES_SHOWN;
    return rest > 0 ? shown + " and " + rest + " more" : shown;
  }

  /** A remedy that says what lies where the missing path was looked for. */
  static String found(Path missing) {
    Path parent = missing.toAbsolutePath().normalize().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return "check the path: the folder above it does not exist either";
    }
    List<String> names = entries(parent).stream().map(ImageFiles::nameOf).toList();
    return names.isEmpty()
        ? "check the path: " + parent + " is empty"
        : "check the path: " + parent + " holds " + some(names);
  }

  private static List<Path> entries(Path folder) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, e -> !isHidden(e))) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      throw unlistable(folder, e.getCause());
    } catch (IOException | UncheckedIOException e) {
      throw unlistable(folder, e);
    }
    entries.sort(ORDER);
    return entries;
  }

  /**
   * Whether a listing passes an entry by without a word: its name begins with a dot.
   *
   * @param entry a path; only its last name counts
   * @return whether it is hidden
   */
  public static boolean isHidden(Path entry) {
    // Not Files.isHidden: on Windows that asks for an attribute, and listings must not differ.
    return nameOf(entry).startsWith(".");
  }

  private static InputException unlistable(Path folder, Exception cause) {
    String problem =
        cause instanceof NoSuchFileException ? "no such folder" : "cannot be listed: " + cause;
    return new InputException(folder, problem, "check that it is there and readable", cause);
  }

  /** Collects image files below one folder; hidden folders are left out, the start never is. */
  private static final class Collector extends SimpleFileVisitor<Path> {
    private final Path start;
    private final List<Path> images;
    private final Listing listing;

    Collector(Path start, List<Path> images, Listing listing) {
      this.start = start;
      this.images = images;
      this.listing = listing;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return !folder.equals(start) && (isHidden(folder) || listing.skips(folder))
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      add(file, attributes.isRegularFile(), images, listing);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException fault) throws IOException {
      if (file.equals(start)) {
        throw fault;
      }
      listing.fault(
          fault instanceof FileSystemLoopException
              ? new InputException(
                  file, "is a link back to a folder above it", "remove the link", fault)
              : unlistable(file, fault));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException fault) {
      if (fault != null) {
        // What was found in it so far counts.
        listing.fault(unlistable(folder, fault));
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
