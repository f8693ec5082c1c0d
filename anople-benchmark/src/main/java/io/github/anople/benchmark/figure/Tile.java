package io.github.anople.benchmark.figure;

import java.util.List;

/**
 * A picture of a figure.
 *
 * @param name what its file is called after, a plain name without extension
 * @param png the bytes of a PNG file
 * @param width in pixels
 * @param height in pixels
 * @param words what it shows, for those who cannot see it
 * @param title stands above it; empty for nothing
 * @param ticks names of its rows and of its columns, evenly spaced; empty for none
 */
record Tile(
    String name,
    byte[] png,
    int width,
    int height,
    String words,
    String title,
    List<String> ticks) {

  Tile {
    ticks = List.copyOf(ticks);
  }

  /** A tile without title and ticks. */
  static Tile of(String name, Raster raster, String words) {
    return new Tile(name, raster.png(), raster.width(), raster.height(), words, "", List.of());
  }
}
