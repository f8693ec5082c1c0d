package io.github.anople.core.detect;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtSession;
import io.github.anople.core.decide.Threshold;
import io.github.anople.inspect.data.Label;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine;

/**
 * Breaks every wall that one class can break, so that a test can see each of them hold. Never run.
 */
@SuppressWarnings({"unused", "NonFinalStaticField"})
public final class Trespasser {

  static int count;
  static final HashMap<String, Label> SEEN = new HashMap<>();

  private final Logger log = Logger.getLogger("trespasser");
  private final Map<Label, Threshold> thresholds = Map.of();
  private io.github.anople.core.decide.Trespasser back;

  private Trespasser() {}

  /** Shows a tensor, inside something else. */
  public List<Tensor> tensors() {
    return List.of(torch.zeros(1));
  }

  void trespass(CommandLine line, ModelProto model, OrtSession session)
      throws ClassNotFoundException {
    System.out.println(Class.forName("java.lang.String"));
    System.exit(count);
  }
}
