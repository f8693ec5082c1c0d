package io.github.anople.benchmark;

/** Names for files, made of names that people gave. */
public final class PlainName {

  private PlainName() {}

  /**
   * A name that every file system takes.
   *
   * @param name any characters
   * @return letters, digits and {@code ._+-}, at most 80, no dot first; two names may give one
   */
  public static String of(String name) {
    String letters = name.strip().replaceAll("[^A-Za-z0-9._+-]", "_");
    String whole = letters.startsWith(".") ? "_" + letters : letters;
    // Long names are told apart by their hash.
    return whole.length() <= 80
        ? whole
        : whole.substring(0, 70) + "-" + Integer.toHexString(name.hashCode());
  }
}
