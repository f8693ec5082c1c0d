package io.github.anople.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * A detector on its way from the driver to the executors: its files in pieces, each a broadcast of
 * its own, so that a detector of several gigabytes needs no array of that size.
 *
 * @param name of the detector's file, without folders
 * @param sha256 of that file, lower-case hexadecimal; where weights lie beside it, it names theirs
 * @param graph the detector's file
 * @param weights what lies beside it; empty for nothing
 */
record DetectorBroadcast(String name, String sha256, Part graph, List<Part> weights)
    implements Serializable {

  /** Whatever the file was called: an executor's locale may not know the name's letters. */
  private static final String GRAPH = "detector.onnx";

  /** A file: its name, and its bytes in order. */
  record Part(String name, List<Broadcast<byte[]>> pieces) implements Serializable {

    private void writeTo(Path file) throws IOException {
      try (OutputStream out = Files.newOutputStream(file)) {
        for (Broadcast<byte[]> piece : pieces) {
          out.write(piece.value());
        }
      }
    }
  }

  /** What results say of the detector: {@code bracket.onnx@sha256:…}. */
  String label() {
    return name + "@sha256:" + sha256;
  }

  /**
   * Writes the files on an executor.
   *
   * @param folder where to
   * @return the detector's file
   * @throws IOException if they cannot be written
   */
  Path writeTo(Path folder) throws IOException {
    for (Part beside : weights) {
      beside.writeTo(folder.resolve(beside.name()));
    }
    Path file = folder.resolve(GRAPH);
    graph.writeTo(file);
    return file;
  }
}
