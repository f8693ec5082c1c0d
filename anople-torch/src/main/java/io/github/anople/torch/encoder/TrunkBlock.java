package io.github.anople.torch.encoder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One inverted residual block of MobileNetV2 (Sandler et al. 2018, table 1): widen by 1×1, a
 * depthwise 3×3, narrow by 1×1 without an activation; what came in is added where shapes allow.
 *
 * @param number from 0, as its weights are named
 * @param in channels that come in
 * @param stride step of its 3×3 along both sides, 1 or 2
 * @param out channels that go out
 */
public record TrunkBlock(int number, int in, int stride, int out) {

  /** The blocks of the trunk, in order; before them is one convolution of {@link #STEM_STRIDE}. */
  public static final List<TrunkBlock> ALL = all();

  /** The step of the first convolution along both sides. */
  public static final int STEM_STRIDE = 2;

  /** The side of every convolution that is not 1×1. */
  public static final int WINDOW = 3;

  /** Channels after the first convolution. */
  static final int STEM_WIDTH = 32;

  private static final int WIDENING = 6;

  /** How many times as many channels a block has inside, where it expands. */
  private static final int EXPANSION = 6;

  private static List<TrunkBlock> all() {
    int[] widths = {16, 24, 24, 32, 32, 32, 64, 64, 64, 64};
    List<Integer> halving = List.of(1, 3, 6);
    List<TrunkBlock> blocks = new ArrayList<>();
    int in = STEM_WIDTH;
    for (int number = 0; number < widths.length; number++) {
      blocks.add(new TrunkBlock(number, in, halving.contains(number) ? 2 : 1, widths[number]));
      in = widths[number];
    }
    return List.copyOf(blocks);
  }

  /**
   * The weights of the first convolution and of blocks 0 to a last one.
   *
   * @param lastBlock from 0 to 9
   * @return shapes by the names of {@link TrunkWeights}, in the order of computation
   */
  public static Map<String, List<Long>> shapes(int lastBlock) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    convolution(shapes, "Conv", STEM_WIDTH, 3, WINDOW);
    for (TrunkBlock block : ALL.subList(0, lastBlock + 1)) {
      String name = block.number() + ".";
      int inside = block.expands() ? EXPANSION * block.in() : block.in();
      if (block.expands()) {
        convolution(shapes, name + "expand", inside, block.in(), 1);
      }
      convolution(shapes, name + "dw", inside, 1, WINDOW);
      convolution(shapes, name + "project", block.out(), inside, 1);
    }
    return shapes;
  }

  private static void convolution(
      Map<String, List<Long>> shapes, String name, long out, long in, long window) {
    shapes.put(name + ".weight", List.of(out, in, window, window));
    shapes.put(name + ".bias", List.of(out));
  }

  /**
   * Whether a 1×1 convolution widens first: in all but the first.
   *
   * @return whether there are weights {@code expand}
   */
  public boolean expands() {
    return number > 0;
  }

  /**
   * Between the first 1×1 convolution and the last.
   *
   * @return channels
   */
  public int wide() {
    return expands() ? WIDENING * in : in;
  }

  /**
   * Whether what comes in is added to what goes out.
   *
   * @return true where both have one shape
   */
  public boolean adds() {
    return stride == 1 && in == out;
  }

  /**
   * The side of the block's maps.
   *
   * @param imageSize the image's side in pixels
   * @return places along each axis
   */
  public int side(int imageSize) {
    int side = halved(imageSize, STEM_STRIDE);
    for (TrunkBlock block : ALL.subList(0, number + 1)) {
      side = halved(side, block.stride());
    }
    return side;
  }

  private static int halved(int side, int stride) {
    return (side + stride - 1) / stride;
  }

  /**
   * How much TensorFlow's SAME pads before a map's first row and column: total = max((⌈h/s⌉ − 1)·s
   * + 3 − h, 0), the smaller half first.
   *
   * @param side h
   * @param stride s
   * @return zeros at the top and at the left
   */
  public static int paddingBefore(int side, int stride) {
    return padding(side, stride) / 2;
  }

  /**
   * How much TensorFlow's SAME pads behind a map's last row and column.
   *
   * @param side h
   * @param stride s
   * @return zeros at the bottom and at the right
   */
  public static int paddingAfter(int side, int stride) {
    return padding(side, stride) - paddingBefore(side, stride);
  }

  private static int padding(int side, int stride) {
    return Math.max((halved(side, stride) - 1) * stride + WINDOW - side, 0);
  }
}
