package io.github.anople.core.detect;

import io.github.anople.cli.Planted;
import io.github.anople.core.data.Label;
import io.github.anople.torch.engine.TorchRuntime;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Logger;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Breaks every wall that one class can break, so that a test can see each of them hold. Never run.
 */
@SuppressWarnings({"unused", "NonFinalStaticField"})
public final class Trespasser implements Planted {

  static int count;
  static final HashMap<String, Label> SEEN = new HashMap<>();

  private final Logger log = Logger.getLogger("trespasser");
  private final Map<Label, Tensor> tensors = Map.of();

  private Trespasser() {}

  void trespass() throws ClassNotFoundException {
    System.out.println(TorchRuntime.threads());
    System.out.println(torch.zeros(1).numel());
    System.out.println(Class.forName("java.lang.String"));
    System.exit(count);
  }
}
