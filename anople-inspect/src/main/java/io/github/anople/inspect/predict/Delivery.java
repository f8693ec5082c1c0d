package io.github.anople.inspect.predict;

import io.github.anople.core.InputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What can go wrong with one image's results and must not end the run. */
public final class Delivery {

  private Delivery() {}

  /**
   * Makes and writes the results of one image.
   *
   * @param file the image's file
   * @param deliver makes and writes them
   * @param failed told where this one image's results cannot be had, while others' can
   */
  public static void guarded(Path file, Runnable deliver, Consumer<InputException> failed) {
    try {
      deliver.run();
    } catch (OutOfMemoryError e) {
      failed.accept(
          new InputException(
              file,
              "there is no memory left to draw its results",
              "give Java a larger heap (-Xmx) or leave the overlays out",
              e));
    } catch (InvalidPathException e) {
      // With a locale that has no umlauts, Java lists their files but cannot name new ones after
      // them.
      failed.accept(
          new InputException(
              file,
              "no result can be named after it in this locale (" + e.getReason() + ")",
              "set a UTF-8 locale (such as LC_ALL=C.UTF-8) or rename it",
              e));
    }
  }
}
