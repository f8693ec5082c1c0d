package io.github.anople.lab.speed;

import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.decoder.Decoder;

/** Operations of the towers and the decoder, counted from their shapes. */
final class EncoderWork {

  private EncoderWork() {}

  /** The image tower for one image with so many context rows. */
  static double image(ClipConfig config, int contextRows) {
    ClipConfig.Vision vision = config.vision();
    double patches = vision.patches();
    double embedding = 2.0 * patches * vision.width() * 3 * vision.patchSize() * vision.patchSize();
    return embedding
        + blocks(vision.layers(), vision.width(), vision.mlpWidth(), 1 + patches + contextRows);
  }

  /** The text tower for one text of so many tokens, context rows included. */
  static double text(ClipConfig config, int tokens) {
    ClipConfig.Text text = config.text();
    return blocks(text.layers(), text.width(), text.mlpWidth(), tokens);
  }

  /** The decoder and its pixel logits for one image. */
  static double decoder(ClipConfig config) {
    double joint = config.embedDim();
    double fine = Decoder.UPSCALE * Decoder.UPSCALE * (double) config.vision().patches();
    double mixIn = 2 * config.vision().patches() * (double) config.vision().width() * joint;
    double space = 2 * 9 * fine * joint;
    double mixOut = 2 * fine * joint * joint;
    double logits = 2 * 2 * fine * joint;
    return mixIn + space + mixOut + logits;
  }

  /** Four products of the width for attention, two of the MLP, and attention's two tables. */
  private static double blocks(int layers, double width, double mlp, double tokens) {
    double products = 2 * tokens * (4 * width * width + 2 * width * mlp);
    double tables = 4 * tokens * tokens * width;
    return layers * (products + tables);
  }
}
