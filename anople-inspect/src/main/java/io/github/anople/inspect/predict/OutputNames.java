package io.github.anople.inspect.predict;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names pictures' output files after the pictures, each name once. {@code a/x.jpg} becomes {@code
 * a/x.png}; where that is taken (by {@code a/x.bmp}) {@code a/x.jpg.png}, and then {@code
 * a/x.jpg-2.png} and so on. Letter case makes no difference, since on some disks it does not.
 */
public final class OutputNames {

  private final Set<String> taken = new HashSet<>();
  private final String extension;

  /** No name is taken yet. */
  public OutputNames() {
    this(".png");
  }

  /**
   * The same for files of another kind.
   *
   * @param extension what the names end in, such as {@code .html}
   */
  public OutputNames(String extension) {
    this.extension = extension;
  }

  /**
   * A name for the output of a picture.
   *
   * @param image its relative path, {@code /} between names
   * @return a path of the same form, which ends in the extension, {@code .png} unless told
   */
  public String name(String image) {
    int dot = image.lastIndexOf('.');
    String stem = dot > image.lastIndexOf('/') + 1 ? image.substring(0, dot) : image;
    String name = stem + extension;
    for (int i = 1; !take(name); i++) {
      name = image + (i == 1 ? "" : "-" + i) + extension;
    }
    return name;
  }

  /**
   * A name for a file that is of no picture: {@code x.html}, and where that is taken {@code
   * x-2.html} and so on.
   *
   * @param stem the name without its extension; dots in it are part of it
   * @return the stem, perhaps a number, and the extension
   */
  public String numbered(String stem) {
    String name = stem + extension;
    for (int i = 2; !take(name); i++) {
      name = stem + "-" + i + extension;
    }
    return name;
  }

  /** Takes a name; false if it is taken already. */
  boolean take(String name) {
    return taken.add(name.toLowerCase(Locale.ROOT));
  }
}
