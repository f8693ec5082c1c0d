package io.github.anople.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Files that come with the benchmark. */
public final class BenchmarkResource {

  private BenchmarkResource() {}

  /**
   * Reads a text.
   *
   * @param name the file's
   * @return all of it
   */
  public static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(BenchmarkResource.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
