package io.github.anople.app.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.onnx.FileChecksum;
import io.github.anople.onnx.OnnxMetadata;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives an exported detector other thresholds: the defaults of its two threshold inputs and of the
 * scene check's limits, and its metadata. All else is copied, so scores and maps stay the same to
 * the bit.
 */
public final class GraphThresholds {

  /** A threshold's tensor is smaller; weights need not be parsed. */
  private static final int SMALL = 512;

  private GraphThresholds() {}

  /**
   * Writes an exported detector with other thresholds, and what it knows of drift as it is.
   *
   * @param file the detector; nobody may have it open where it is also the target
   * @param calibration its new thresholds
   * @param target the calibrated detector
   * @throws InputException if the file is not an exported detector or is damaged, or its weights
   *     lie beside it and the target is another file
   */
  public static void write(Path file, Calibration calibration, Path target) {
    write(file, calibration, Optional.empty(), target);
  }

  /**
   * Writes an exported detector with other thresholds.
   *
   * @param file the detector; nobody may have it open where it is also the target
   * @param calibration its new thresholds
   * @param drift how the pictures of the calibration looked; empty keeps what the graph has
   * @param target the calibrated detector
   * @throws InputException if the file is not an exported detector or is damaged, or its weights
   *     lie beside it and the target is another file
   */
  public static void write(
      Path file, Calibration calibration, Optional<DriftReference> drift, Path target) {
    FileChecksum.check(file);
    Optional<FileChecksum.Weights> beside =
        FileChecksum.weightsOf(file)
            .map(
                weights ->
                    new FileChecksum.Weights(weights.getFileName().toString(), Sha256.of(weights)));
    if (beside.isPresent() && !absolute(file).equals(absolute(target))) {
      throw new InputException(
          file,
          "has its weights in a file beside it, which goes with its name",
          "calibrate it in place, on a copy of both files if need be");
    }
    OnnxMetadata.Thresholds thresholds = OnnxMetadata.Thresholds.of(calibration);
    OnnxMetadata known = OnnxMetadata.of(metadata(file), file.toString()).with(thresholds);
    OnnxMetadata decided = drift.isPresent() ? known.withDrift(drift) : known;
    AtomicFile.write(target, out -> copy(file, decided, beside, out));
  }

  private static Path absolute(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private static Map<String, String> metadata(Path file) {
    Map<String, String> entries = new LinkedHashMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      CodedInputStream coded = coded(in);
      for (int tag = coded.readTag(); tag != 0; tag = coded.readTag()) {
        if (WireFormat.getTagFieldNumber(tag) == ModelProto.METADATA_PROPS_FIELD_NUMBER) {
          StringStringEntryProto entry = StringStringEntryProto.parseFrom(coded.readBytes());
          entries.put(entry.getKey(), entry.getValue());
        } else {
          coded.skipField(tag);
        }
      }
    } catch (IOException e) {
      throw new InputException(file, "cannot be read (" + e + ")", "check the file", e);
    }
    return entries;
  }

  private static void copy(
      Path file, OnnxMetadata decided, Optional<FileChecksum.Weights> beside, OutputStream target)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    CodedOutputStream out = CodedOutputStream.newInstance(new DigestOutputStream(target, digest));
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      CodedInputStream coded = coded(in);
      boolean described = false;
      for (int tag = coded.readTag(); tag != 0; tag = coded.readTag()) {
        int field = WireFormat.getTagFieldNumber(tag);
        if (field == ModelProto.METADATA_PROPS_FIELD_NUMBER) {
          coded.skipField(tag);
          if (!described) {
            // Where the export puts them, so that the same calibration gives the same bytes.
            OnnxFile.metadata(decided.toProperties()).writeTo(out);
            described = true;
          }
        } else if (field == ModelProto.GRAPH_FIELD_NUMBER) {
          copyGraph(coded, decided, out);
        } else {
          copy(coded, tag, out);
        }
      }
    }
    out.flush();
    OnnxFile.writeChecksum(digest, beside, target);
  }

  /** No tensor changes its size, and so neither does the graph. */
  private static void copyGraph(CodedInputStream in, OnnxMetadata decided, CodedOutputStream out)
      throws IOException {
    int length = in.readUInt32();
    out.writeTag(ModelProto.GRAPH_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(length);
    int outside = in.pushLimit(length);
    while (!in.isAtEnd()) {
      int tag = in.readTag();
      if (WireFormat.getTagFieldNumber(tag) == GraphProto.INITIALIZER_FIELD_NUMBER) {
        out.writeUInt32NoTag(tag);
        out.writeBytesNoTag(decided(in.readBytes(), decided));
      } else {
        copy(in, tag, out);
      }
    }
    in.popLimit(outside);
  }

  private static ByteString decided(ByteString tensor, OnnxMetadata decided) throws IOException {
    if (tensor.size() > SMALL) {
      return tensor;
    }
    TensorProto parsed = TensorProto.parseFrom(tensor);
    List<Float> values = values(parsed.getName(), decided);
    if (values.isEmpty()) {
      return tensor;
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.size()).order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(bytes::putFloat);
    bytes.flip();
    ByteString changed =
        parsed.toBuilder().setRawData(ByteString.copyFrom(bytes)).build().toByteString();
    if (changed.size() != tensor.size()) {
      throw new IOException(
          parsed.getName() + " is not " + values.size() + " numbers of four bytes");
    }
    return changed;
  }

  /** What a constant is to hold; empty for one that is not decided here. */
  private static List<Float> values(String name, OnnxMetadata decided) {
    return switch (name) {
      case DetectionGraph.IMAGE_THRESHOLD -> List.of(decided.thresholds().image());
      case DetectionGraph.PIXEL_THRESHOLD -> List.of(decided.thresholds().pixel());
      case DetectionGraph.SCENE_LIMITS ->
          decided.sceneLimits().map(SceneLimits::values).orElse(List.of());
      default -> List.of();
    };
  }

  private static void copy(CodedInputStream in, int tag, CodedOutputStream out) throws IOException {
    out.writeUInt32NoTag(tag);
    switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_VARINT -> out.writeUInt64NoTag(in.readUInt64());
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> out.writeBytesNoTag(in.readBytes());
      case WireFormat.WIRETYPE_FIXED32 -> out.writeFixed32NoTag(in.readFixed32());
      case WireFormat.WIRETYPE_FIXED64 -> out.writeFixed64NoTag(in.readFixed64());
      default -> throw new IOException("a field that no export writes: " + tag);
    }
  }

  private static CodedInputStream coded(InputStream in) {
    CodedInputStream coded = CodedInputStream.newInstance(in);
    coded.setSizeLimit(Integer.MAX_VALUE);
    return coded;
  }
}
