package io.github.anople.app.export;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.Sha256;
import io.github.anople.core.tensorfile.TensorSource;
import io.github.anople.onnx.FileChecksum;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The weights of a graph that is too large for one file: ONNX's external data, one file beside the
 * graph. It is named after its content, so that a new export never overwrites the weights of the
 * graph that it replaces: until the new graph is there, the old one is whole.
 */
final class WeightsFile {

  /** Places begin at a page, so that they can be mapped. */
  private static final int ALIGNMENT = 4096;

  /** Smaller constants stay in the graph: whoever works out shapes has to see them. */
  private static final int SMALLEST = ALIGNMENT;

  private static final int NAME_DIGITS = 8;

  /** Characters taken of the graph's name: a file's name has 255 bytes at most. */
  private static final int LONGEST_NAME = 60;

  private final List<TensorSource> constants;
  private final Map<String, Long> offsets = new LinkedHashMap<>();
  private final FileChecksum.Weights file;

  /**
   * The weights of a graph, not written yet.
   *
   * @param target the graph's file
   * @param constants all of its constants
   */
  WeightsFile(Path target, List<TensorSource> constants) {
    this.constants =
        constants.stream().filter(constant -> constant.byteSize() >= SMALLEST).toList();
    long end = 0;
    for (TensorSource constant : this.constants) {
      long start = aligned(end);
      offsets.put(constant.name(), start);
      end = start + constant.byteSize();
    }
    String hash = hash();
    this.file = new FileChecksum.Weights(name(target, hash.substring(0, NAME_DIGITS)), hash);
  }

  private static String name(Path target, String digits) {
    String graph = target.getFileName().toString().replaceAll("[^\\p{L}\\p{N}._ -]", "_");
    return graph.substring(0, Math.min(LONGEST_NAME, graph.length())) + "." + digits + ".data";
  }

  /** The file beside a graph that holds its weights and no other's, where there is one. */
  static Optional<Path> beside(Path target) {
    return FileChecksum.weightsOf(target).filter(file -> isOf(target, file));
  }

  /** Whether a file holds, by its name, weights of that graph and of no other. */
  private static boolean isOf(Path target, Path weights) {
    String digits = weights.getFileName().toString();
    digits = digits.substring(0, Math.max(0, digits.length() - ".data".length()));
    digits = digits.substring(Math.max(0, digits.length() - NAME_DIGITS));
    return weights.equals(target.resolveSibling(name(target, digits)));
  }

  /** Its name and hash. */
  FileChecksum.Weights file() {
    return file;
  }

  /** Whether it holds this constant. */
  boolean holds(TensorSource constant) {
    return offsets.containsKey(constant.name());
  }

  /** Adds to a tensor where its numbers are. */
  TensorProto.Builder place(TensorProto.Builder tensor, TensorSource constant) {
    return tensor
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", file.name()))
        .addExternalData(entry("offset", Long.toString(offsets.get(constant.name()))))
        .addExternalData(entry("length", Long.toString(constant.byteSize())));
  }

  private static StringStringEntryProto.Builder entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value);
  }

  /** Writes it, whole or not at all, into the graph's folder; returns the file. */
  Path write(Path target) {
    Path path = target.resolveSibling(file.name());
    AtomicFile.write(path, this::writeTo);
    return path;
  }

  /** The weights are made twice, as the name has to be known before they are written. */
  private String hash() {
    MessageDigest digest = Sha256.digest();
    try {
      writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written
    }
    return Sha256.hex(digest);
  }

  private void writeTo(OutputStream out) throws IOException {
    WritableByteChannel channel = Channels.newChannel(out);
    long end = 0;
    for (TensorSource constant : constants) {
      long start = offsets.get(constant.name());
      out.write(new byte[Math.toIntExact(start - end)]);
      channel.write(OnnxFile.bytes(constant));
      end = start + constant.byteSize();
    }
  }

  private static long aligned(long position) {
    return (position + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
