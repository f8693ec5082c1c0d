package io.github.anople.app.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.tensorfile.TensorSource;
import io.github.anople.onnx.FileChecksum;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a model constant by constant: a message that held all weights at once would not fit a
 * small heap.
 */
final class OnnxFile {

  /** Standard operators of December 2022: layer normalisation and antialiased resizing are in. */
  static final int OPSET = 18;

  private static final int IR_VERSION = 8;
  private static final String PRODUCER = "AnoPLe for the JVM";

  /** A protobuf message is smaller than that, and so is a constant. */
  static final long LARGEST = Integer.MAX_VALUE - (1 << 20);

  private OnnxFile() {}

  /**
   * Writes a model, whole or not at all. Where it is too large, the weights go to a file beside it.
   *
   * @param target the file, replaced if it is there, and with it the weights beside it
   * @param graph the graph
   * @param version the program's version
   * @param metadata entries by key
   * @param largest what a file may hold, at most {@link #LARGEST}
   */
  static void write(
      Path target, OnnxGraph graph, String version, Map<String, String> metadata, long largest) {
    GraphProto nodes = graph.proto();
    Optional<WeightsFile> beside =
        size(nodes, graph.constants(), Optional.empty()) > largest
            ? Optional.of(new WeightsFile(target, requireWritable(target, graph.constants())))
            : Optional.empty();
    long size = size(nodes, graph.constants(), beside);
    if (size > LARGEST) {
      throw tooLarge(target, size);
    }
    Optional<Path> old = WeightsFile.beside(target);
    Optional<Path> written = beside.map(weights -> weights.write(target));
    boolean done = false;
    try {
      ModelProto header = header(version, metadata);
      AtomicFile.write(
          target, out -> write(header, nodes, (int) size, graph.constants(), beside, out));
      done = true;
    } finally {
      // The weights of the graph that is there stay, those of the other one go.
      Optional<Path> kept = done ? written : old;
      (done ? old : written)
          .filter(file -> !kept.equals(Optional.of(file)))
          .ifPresent(OnnxFile::deleteQuietly);
    }
  }

  /** Removes a model and the weights beside it. */
  static void delete(Path target) throws IOException {
    Optional<Path> weights = WeightsFile.beside(target);
    Files.deleteIfExists(target);
    if (weights.isPresent()) {
      Files.deleteIfExists(weights.get());
    }
  }

  static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Still in use, on Windows: what is left over has the graph's name.
    }
  }

  private static List<TensorSource> requireWritable(Path target, List<TensorSource> constants) {
    for (TensorSource constant : constants) {
      if (constant.byteSize() > LARGEST) {
        throw tooLarge(target, constant.byteSize());
      }
    }
    return constants;
  }

  private static InputException tooLarge(Path target, long size) {
    return new InputException(
        target,
        "would hold %d MB in one piece, and a piece of an ONNX model must be smaller than 2 GB"
            .formatted(size >> 20),
        "choose the precision fp16 or int8, or a smaller backbone");
  }

  private static void write(
      ModelProto header,
      GraphProto nodes,
      int size,
      List<TensorSource> constants,
      Optional<WeightsFile> beside,
      OutputStream out)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    CodedOutputStream coded = CodedOutputStream.newInstance(new DigestOutputStream(out, digest));
    header.writeTo(coded);
    coded.writeTag(ModelProto.GRAPH_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    coded.writeUInt32NoTag(size);
    nodes.writeTo(coded);
    for (TensorSource constant : constants) {
      write(constant, beside, coded);
    }
    coded.flush();
    writeChecksum(digest, beside.map(WeightsFile::file), out);
  }

  /** Protobuf joins what follows a message to it, so the hash can come last. */
  static void writeChecksum(
      MessageDigest digest, Optional<FileChecksum.Weights> beside, OutputStream out)
      throws IOException {
    metadata(Map.of(FileChecksum.KEY, FileChecksum.value(digest, beside))).writeTo(out);
  }

  /** A part of a model: entries of its metadata. */
  static ModelProto metadata(Map<String, String> entries) {
    ModelProto.Builder model = ModelProto.newBuilder();
    entries.forEach((key, value) -> model.addMetadataProps(entry(key, value)));
    return model.build();
  }

  private static ModelProto header(String version, Map<String, String> metadata) {
    return metadata(metadata).toBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName(PRODUCER)
        .setProducerVersion(version)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .build();
  }

  private static StringStringEntryProto.Builder entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value);
  }

  private static TensorProto description(TensorSource constant, Optional<WeightsFile> beside) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(constant.name())
            .setDataType(OnnxGraph.elementType(constant.dtype()))
            .addAllDims(constant.shape());
    return beside
        .filter(weights -> weights.holds(constant))
        .map(weights -> weights.place(tensor, constant))
        .orElse(tensor)
        .build();
  }

  /** Bytes of the graph, without the weights that lie beside it. */
  private static long size(
      GraphProto nodes, List<TensorSource> constants, Optional<WeightsFile> beside) {
    long size = nodes.getSerializedSize();
    for (TensorSource constant : constants) {
      size += fieldSize(GraphProto.INITIALIZER_FIELD_NUMBER, tensorSize(constant, beside));
    }
    return size;
  }

  private static long tensorSize(TensorSource constant, Optional<WeightsFile> beside) {
    int described = description(constant, beside).getSerializedSize();
    return isInside(constant, beside)
        ? described + fieldSize(TensorProto.RAW_DATA_FIELD_NUMBER, constant.byteSize())
        : described;
  }

  private static boolean isInside(TensorSource constant, Optional<WeightsFile> beside) {
    return beside.filter(weights -> weights.holds(constant)).isEmpty();
  }

  private static long fieldSize(int field, long content) {
    if (content > LARGEST) {
      return content; // too large whatever its frame takes
    }
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt32SizeNoTag((int) content)
        + content;
  }

  private static void write(
      TensorSource constant, Optional<WeightsFile> beside, CodedOutputStream out)
      throws IOException {
    out.writeTag(GraphProto.INITIALIZER_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag((int) tensorSize(constant, beside));
    description(constant, beside).writeTo(out);
    if (isInside(constant, beside)) {
      out.writeTag(TensorProto.RAW_DATA_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag((int) constant.byteSize());
      out.writeRawBytes(bytes(constant));
    }
  }

  /** A constant's numbers, as many as it says. */
  static ByteBuffer bytes(TensorSource constant) {
    ByteBuffer bytes = constant.bytes().get();
    if (bytes.remaining() != constant.byteSize()) {
      throw new IllegalStateException(
          constant.name() + " has " + bytes.remaining() + " bytes, not " + constant.byteSize());
    }
    return bytes;
  }
}
