package io.github.anople.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.anople.core.InputException;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.detect.Tiling;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a graph takes: its inputs and outputs are those of an exported detector.
 *
 * @param input the type in which it takes pictures
 * @param resizes whether it makes its further sizes itself, and so must be given the picture as it
 *     is
 */
record OnnxSignature(OnnxInput input, boolean resizes) {

  static final String SCORE = "score";
  static final String MAP = "map";
  static final String SCENE = "scene";

  private static final String REMEDY = "export the detector again";

  /**
   * Reads a graph's signature.
   *
   * @param metadata what the graph says of itself
   * @param file for messages
   * @throws InputException if it has other inputs or outputs than an exported detector
   */
  static OnnxSignature of(OrtSession session, OnnxMetadata metadata, Path file)
      throws OrtException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    boolean fits =
        takes(inputs, OnnxImages.IMAGE, metadata.imageSize())
            && session.getOutputNames().containsAll(Set.of(SCORE, MAP))
            && (metadata.scene().isEmpty() || tellsScene(session))
            && OnnxImages.takesPlace(inputs)
                == metadata.tiles().filter(Tiling::byPlace).isPresent();
    List<Integer> further = metadata.furtherSizes();
    boolean given =
        further.stream().allMatch(side -> takes(inputs, OnnxImages.further(side), side));
    boolean open = fits && tensor(inputs, OnnxImages.IMAGE).getShape()[2] < 0;
    if (!fits || !(given || open)) {
      throw new InputException(
          file, "does not have the inputs and outputs of an exported detector", REMEDY);
    }
    return new OnnxSignature(input(inputs, given ? further : List.of(), file), !given);
  }

  /** The one type of all pictures. */
  private static OnnxInput input(Map<String, NodeInfo> inputs, List<Integer> further, Path file) {
    List<String> names =
        Stream.concat(Stream.of(OnnxImages.IMAGE), further.stream().map(OnnxImages::further))
            .toList();
    if (names.stream().map(name -> tensor(inputs, name).type).distinct().count() == 1) {
      Optional<OnnxInput> known = OnnxInput.of(tensor(inputs, OnnxImages.IMAGE).type);
      if (known.isPresent()) {
        return known.get();
      }
    }
    throw new InputException(
        file,
        "takes pictures as "
            + names.stream()
                .map(name -> tensor(inputs, name).type.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" and "))
            + ", where an exported detector takes all as uint8, or all as float",
        REMEDY);
  }

  private static boolean tellsScene(OrtSession session) throws OrtException {
    NodeInfo scene = session.getOutputInfo().get(SCENE);
    return scene != null
        && scene.getInfo() instanceof TensorInfo tensor
        && tensor.getShape().length == 2
        && tensor.getShape()[1] == Scene.SIZE;
  }

  private static boolean takes(Map<String, NodeInfo> inputs, String name, int side) {
    NodeInfo image = inputs.get(name);
    return image != null
        && image.getInfo() instanceof TensorInfo tensor
        && accepts(tensor.getShape(), side);
  }

  /** Of an input that {@link #takes} has seen. */
  private static TensorInfo tensor(Map<String, NodeInfo> inputs, String name) {
    return (TensorInfo) inputs.get(name).getInfo();
  }

  /** Whether a batch of pictures of that side may go in: sizes that are left open are negative. */
  private static boolean accepts(long[] shape, int side) {
    long[] wanted = {-1, 3, side, side};
    boolean accepts = shape.length == wanted.length && shape[0] < 0;
    for (int i = 1; accepts && i < shape.length; i++) {
      accepts = shape[i] == wanted[i] || (shape[i] < 0 && i > 1);
    }
    return accepts;
  }
}
