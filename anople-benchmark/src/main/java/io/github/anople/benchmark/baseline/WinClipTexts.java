package io.github.anople.benchmark.baseline;

import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.engine.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * WinCLIP's compositional prompt ensemble: every state of a thing in every template of a picture,
 * averaged (section 4.1 of the paper; its appendix A has the lists). The states are those of
 * anomalib's WinCLIP; of the templates it lacks two, "a cropped photo of a" and "a jpeg corrupted
 * photo of a", and counts one twice. Each text counts alike here: features are of unit length
 * before they are averaged.
 */
final class WinClipTexts {

  static final List<String> NORMAL =
      List.of(
          "%s",
          "flawless %s",
          "perfect %s",
          "unblemished %s",
          "%s without flaw",
          "%s without defect",
          "%s without damage");

  static final List<String> ABNORMAL =
      List.of("damaged %s", "%s with flaw", "%s with defect", "%s with damage");

  private static final List<String> IMAGES =
      List.of("cropped", "close-up", "bright", "dark", "jpeg corrupted", "blurry");

  private static final List<String> SIZES = List.of("small", "large");

  private static final List<String> PURPOSES = List.of("visual inspection", "anomaly detection");

  private WinClipTexts() {}

  /** The 22 templates, each with one place for a state. */
  static List<String> templates() {
    List<String> templates = new ArrayList<>();
    for (String article : List.of("a", "the")) {
      IMAGES.forEach(kind -> templates.add("a " + kind + " photo of " + article + " %s."));
      templates.add("a photo of " + article + " %s.");
      SIZES.forEach(size -> templates.add("a photo of " + article + " " + size + " %s."));
      PURPOSES.forEach(aim -> templates.add("a photo of " + article + " %s for " + aim + "."));
    }
    return List.copyOf(templates);
  }

  /** All texts of a thing in some states. */
  static List<String> texts(List<String> states, String name) {
    List<String> texts = new ArrayList<>();
    for (String state : states) {
      String thing = state.replace("%s", name.replace('_', ' '));
      templates().forEach(template -> texts.add(template.replace("%s", thing)));
    }
    return texts;
  }

  /** The mean text features of normal and abnormal, {@code [2, d]} of unit length. */
  static Tensor features(ClipModel clip, List<String> names) {
    return Tensors.normalize(
        Tensors.concat(0, mean(clip, NORMAL, names), mean(clip, ABNORMAL, names)));
  }

  /** The mean over all texts, a name's at a time, {@code [1, d]}. */
  private static Tensor mean(ClipModel clip, List<String> states, List<String> names) {
    return Rows.of(names, name -> List.of(mean(clip, texts(states, name))))
        .get(0)
        .mean(0)
        .unsqueeze(0);
  }

  private static Tensor mean(ClipModel clip, List<String> texts) {
    List<int[]> tokens = texts.stream().map(text -> clip.tokenizer().encode(text)).toList();
    return Tensors.normalize(clip.text().encode(tokens)).mean(0).unsqueeze(0);
  }
}
