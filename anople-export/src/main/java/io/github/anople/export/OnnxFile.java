package io.github.anople.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.TensorSource;
import io.github.anople.onnx.Seal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/**
 * Writes a model constant by constant: a message that held all weights at once would not fit a
 * small heap.
 */
final class OnnxFile {

  /** Standard operators of December 2022: layer normalisation and antialiased resizing are in. */
  static final int OPSET = 18;

  private static final int IR_VERSION = 8;
  private static final String PRODUCER = "AnoPLe for the JVM";

  /** A protobuf message is smaller than that. */
  private static final long LARGEST = Integer.MAX_VALUE - (1 << 20);

  private OnnxFile() {}

  /**
   * Writes a model, whole or not at all.
   *
   * @param target the file, replaced if it is there
   * @param graph the graph
   * @param version the program's version
   * @param metadata entries by key
   */
  static void write(Path target, OnnxGraph graph, String version, Map<String, String> metadata) {
    GraphProto nodes = graph.proto();
    long size = nodes.getSerializedSize();
    for (TensorSource constant : graph.constants()) {
      size += fieldSize(GraphProto.INITIALIZER_FIELD_NUMBER, tensorSize(constant));
    }
    if (size > LARGEST) {
      throw new InputException(
          target,
          "would be %d MB large, and an ONNX file is smaller than 2 GB".formatted(size >> 20),
          "choose --precision fp16 or int8, or a smaller backbone");
    }
    long graphSize = size;
    AtomicFile.write(
        target,
        out -> {
          MessageDigest digest = Seal.digest();
          CodedOutputStream coded =
              CodedOutputStream.newInstance(new DigestOutputStream(out, digest));
          header(version, metadata).writeTo(coded);
          coded.writeTag(ModelProto.GRAPH_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
          coded.writeUInt32NoTag((int) graphSize);
          nodes.writeTo(coded);
          for (TensorSource constant : graph.constants()) {
            write(constant, coded);
          }
          coded.flush();
          seal(digest, out);
        });
  }

  private static ModelProto header(String version, Map<String, String> metadata) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName(PRODUCER)
            .setProducerVersion(version)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET));
    metadata.forEach((key, value) -> model.addMetadataProps(entry(key, value)));
    return model.build();
  }

  /** Protobuf joins what follows a message to it, so the hash can come last. */
  private static void seal(MessageDigest digest, OutputStream out) throws IOException {
    String hash = HexFormat.of().formatHex(digest.digest());
    ModelProto.newBuilder().addMetadataProps(entry(Seal.KEY, hash)).build().writeTo(out);
  }

  private static StringStringEntryProto.Builder entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value);
  }

  private static TensorProto description(TensorSource constant) {
    return TensorProto.newBuilder()
        .setName(constant.name())
        .setDataType(OnnxGraph.elementType(constant.dtype()))
        .addAllDims(constant.shape())
        .build();
  }

  private static long tensorSize(TensorSource constant) {
    return description(constant).getSerializedSize()
        + fieldSize(TensorProto.RAW_DATA_FIELD_NUMBER, constant.byteSize());
  }

  private static long fieldSize(int field, long content) {
    if (content > LARGEST) {
      return content; // too large whatever its frame takes
    }
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt32SizeNoTag((int) content)
        + content;
  }

  private static void write(TensorSource constant, CodedOutputStream out) throws IOException {
    out.writeTag(GraphProto.INITIALIZER_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag((int) tensorSize(constant));
    description(constant).writeTo(out);
    out.writeTag(TensorProto.RAW_DATA_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag((int) constant.byteSize());
    ByteBuffer bytes = constant.bytes().get();
    if (bytes.remaining() != constant.byteSize()) {
      throw new IllegalStateException(
          constant.name() + " has " + bytes.remaining() + " bytes, not " + constant.byteSize());
    }
    out.writeRawBytes(bytes);
  }
}
