package io.github.anople.app.export;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.model.FrozenDetector;
import java.util.List;

/** What picture and pixels have in common when they are compared with the texts. */
final class TextGraph {

  private TextGraph() {}

  /**
   * t⁻ − t⁺, {@code [d, 1]}. Of two classes, softmax's second is the sigmoid of the difference of
   * their logits, which is one product instead of two.
   */
  static String difference(GraphScope room, FrozenDetector detector) {
    float[] texts = detector.texts().values();
    int joint = texts.length / 2;
    float[] difference = new float[joint];
    for (int i = 0; i < joint; i++) {
      difference[i] = texts[joint + i] - texts[i];
    }
    return room.floats("difference", new FloatTensor(List.of((long) joint, 1L), difference));
  }

  /** Logits of cosines. */
  static String scaled(GraphScope room, FrozenDetector detector, String cosines) {
    String scale = room.number("logit_scale", detector.logitScale());
    return room.node("Mul", "logits", List.of(cosines, scale));
  }
}
