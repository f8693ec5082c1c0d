package io.github.anople.app.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A graph's twin that multiplies its whole numbers as fp64 ones: each product and each sum is exact
 * on every processor, for all stay below 2⁵³.
 */
final class ExactTwin {

  private static final String INTEGERS = "MatMulInteger";

  /** How far the scores and maps of two machines may be from each other. */
  private static final float SAME = 1e-3f;

  private ExactTwin() {}

  /**
   * Requires that a graph scores as its twin, and as it does itself where the runtime leaves it as
   * it is: other kernels, fused otherwise, round otherwise, as those of another machine do.
   */
  static void requireSame(Path graph, List<RgbImage> images, int side) throws Exception {
    List<RgbImage> resized =
        images.stream().map(image -> Resampler.resize(image, side, side)).toList();
    Path twin = write(graph);
    try (RawSession here = new RawSession(graph, Map.of());
        RawSession exact = new RawSession(twin, Map.of());
        RawSession plain = new RawSession(graph, Map.of(), OptLevel.NO_OPT)) {
      for (RgbImage image : resized) {
        RawSession.Answer expected = exact.run(List.of(image));
        requireSame(expected, here.run(List.of(image)));
        requireSame(expected, plain.run(List.of(image)));
      }
    }
  }

  private static void requireSame(RawSession.Answer expected, RawSession.Answer actual) {
    assertArrayEquals(expected.score(), actual.score(), SAME);
    for (int y = 0; y < expected.map()[0].length; y++) {
      assertArrayEquals(expected.map()[0][y], actual.map()[0][y], SAME);
    }
  }

  /** Writes the twin beside the graph. */
  static Path write(Path graph) throws IOException {
    ModelProto model = read(graph);
    GraphProto.Builder twin = model.getGraph().toBuilder().clearNode();
    for (NodeProto node : model.getGraph().getNodeList()) {
      twin.addAllNode(node.getOpType().equals(INTEGERS) ? exact(node) : List.of(node));
    }
    return write(graph, "twin", model.toBuilder().setGraph(twin).build());
  }

  static ModelProto read(Path graph) throws IOException {
    try (InputStream in = Files.newInputStream(graph)) {
      return ModelProto.parseFrom(in);
    }
  }

  static Path write(Path graph, String ending, ModelProto model) throws IOException {
    return Files.write(
        graph.resolveSibling(graph.getFileName() + "." + ending), model.toByteArray());
  }

  /** The products of whole numbers of a model. */
  static List<NodeProto> products(ModelProto model) {
    return model.getGraph().getNodeList().stream()
        .filter(node -> node.getOpType().equals(INTEGERS))
        .toList();
  }

  private static List<NodeProto> exact(NodeProto product) {
    List<NodeProto> nodes = new ArrayList<>();
    String name = product.getName();
    String left = aboveZero(nodes, name + ".left", product.getInput(0), product.getInput(2));
    String right = aboveZero(nodes, name + ".right", product.getInput(1), product.getInput(3));
    String sum = node(nodes, "MatMul", name + ".sum", left, right);
    nodes.add(
        cast(sum, name + ".integers", TensorProto.DataType.INT32).toBuilder()
            .setOutput(0, product.getOutput(0))
            .build());
    return nodes;
  }

  private static String aboveZero(List<NodeProto> nodes, String name, String x, String zero) {
    nodes.add(cast(x, name + "_fp64", TensorProto.DataType.DOUBLE));
    if (zero.isEmpty()) {
      return name + "_fp64";
    }
    nodes.add(cast(zero, name + "_zero_fp64", TensorProto.DataType.DOUBLE));
    return node(nodes, "Sub", name, name + "_fp64", name + "_zero_fp64");
  }

  private static String node(List<NodeProto> nodes, String type, String name, String... inputs) {
    nodes.add(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(name)
            .addAllInput(List.of(inputs))
            .addOutput(name)
            .build());
    return name;
  }

  private static NodeProto cast(String x, String name, TensorProto.DataType to) {
    return NodeProto.newBuilder()
        .setOpType("Cast")
        .setName(name)
        .addInput(x)
        .addOutput(name)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("to")
                .setType(AttributeProto.AttributeType.INT)
                .setI(to.getNumber()))
        .build();
  }
}
