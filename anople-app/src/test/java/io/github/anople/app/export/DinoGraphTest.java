package io.github.anople.app.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.github.anople.core.Fixtures;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.torch.encoder.dino.DinoEncoder;
import io.github.anople.torch.encoder.dino.DinoSettings;
import io.github.anople.torch.encoder.dino.FrozenDino;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.pretrained.DinoEncoders;
import io.github.anople.torch.pretrained.LoadedDino;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DinoGraphTest {

  private static final float PARITY = 1e-4f;

  @TempDir Path folder;

  /** Sizes in patches: the stored grids and others, by the rules of both layouts. */
  @ParameterizedTest
  @CsvSource({
    "hub/plain.pth, 4, false, true, false",
    "hub/plain.pth, 6, true, true, false",
    "hf/plain, 3, true, false, true",
    "hub/registers.pth, 5, false, true, false",
    "hf/registers, 7, true, false, false",
    "hub/swiglu.pth, 4, true, true, true",
    "hf/swiglu, 5, false, true, false"
  })
  void theGraphSaysWhatLibtorchSays(
      String file, int grid, boolean several, boolean norm, boolean joined) throws OrtException {
    String weights = Fixtures.golden("dinov2/" + file).toString();
    int patch = DinoEncoders.find(weights).config().patch();
    int last = DinoEncoders.find(weights).config().layers();
    // Not in rising order: what is joined stands in the order of the settings.
    List<Integer> layers = several ? List.of(last, last - 1) : List.of();
    DinoSettings settings = new DinoSettings(grid * patch, layers, norm, joined);
    try (LoadedDino dino =
        DinoEncoders.open(weights, settings, Precision.FP32, ComputeDevice.CPU)) {
      DinoEncoder encoder = dino.encoder();
      int side = encoder.imageSize();
      float[] images = EncoderGraph.noise(2 * 3 * side * side);
      float[] expected =
          TensorScope.inference(
              () -> Tensors.floats(encoder.encode(Tensors.of(images, 2, 3, side, side))));
      assertArrayEquals(
          expected, EncoderGraph.run(written(encoder), images, side, OptLevel.ALL_OPT), PARITY);
    }
  }

  private Path written(DinoEncoder encoder) {
    FrozenDino frozen = encoder.freeze();
    Products products = new FloatProducts(DinoGraph.weights(frozen), DType.F32);
    OnnxGraph graph = new OnnxGraph("dino");
    String side = Integer.toString(encoder.imageSize());
    String images = graph.input("images", DType.F32, "batch", "3", side, side);
    String rows = new DinoGraph(frozen, products, graph.room("dino")).encode(images);
    graph.output(
        rows,
        DType.F32,
        "batch",
        Integer.toString(encoder.grid() * encoder.grid()),
        Integer.toString(encoder.width()));
    Path file = folder.resolve("dino.onnx");
    OnnxFile.write(file, graph, "test", Map.of(), OnnxFile.LARGEST);
    return file;
  }
}
