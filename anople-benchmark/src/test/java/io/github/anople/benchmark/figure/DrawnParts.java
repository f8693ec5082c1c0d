package io.github.anople.benchmark.figure;

import io.github.anople.benchmark.FittedOn;
import io.github.anople.benchmark.Grid;
import io.github.anople.benchmark.GridData;
import io.github.anople.benchmark.Method;
import io.github.anople.benchmark.Variant;
import io.github.anople.core.SyntheticParts;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A data set of drawn washers, of which some are scratched, with masks. */
final class DrawnParts {

  /** A name that is markup, a command of LaTeX, and no name for a file elsewhere. */
  static final String HOSTILE = "a&b $x_1$ '%' 螺丝 <b>\"" + "long ".repeat(30);

  private static final String QUICK =
      "{\"optimizer.epochs\": 1, \"prompts.text_context\": 2, \"prompts.visual_context\": 2}";

  private DrawnParts() {}

  /** Writes a category; without masks where it is said so. */
  static void write(Path root, String category, boolean masks) {
    Path folder = root.resolve(category);
    SyntheticParts.writeGood(folder.resolve("train/good"), 2);
    for (int i = 0; i < 3; i++) {
      SyntheticParts.write(
          folder.resolve("test/good/%03d.png".formatted(i)), SyntheticParts.good(10 + i));
      String name = "%03d".formatted(i);
      BufferedImage scratched = SyntheticParts.scratched(20 + i);
      SyntheticParts.write(folder.resolve("test/bent/" + name + ".png"), scratched);
      if (masks) {
        SyntheticParts.write(
            folder.resolve("ground_truth/bent/" + name + "_mask.png"),
            difference(scratched, SyntheticParts.good(20 + i)));
      }
    }
  }

  private static BufferedImage difference(BufferedImage one, BufferedImage other) {
    BufferedImage mask =
        new BufferedImage(one.getWidth(), one.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        mask.setRGB(x, y, one.getRGB(x, y) == other.getRGB(x, y) ? 0 : 0xFFFFFF);
      }
    }
    return mask;
  }

  static Variant anople() {
    return new Variant("anople", Method.ANOPLE, FittedOn.ALL, QUICK);
  }

  static Grid grid(GridData data, Variant... variants) {
    return new Grid(
        "figures", Optional.empty(), List.of(data), List.of(1), List.of(0L), List.of(variants));
  }
}
