package io.github.anople.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Files that come with this room. */
final class BenchmarkResource {

  private BenchmarkResource() {}

  static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(BenchmarkResource.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
