package io.github.anople.torch.encoder;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.core.tensorfile.SafetensorsFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The trunk's weights as they come inside the program's jar: batch norm folded, convolutions as
 * {@code [out, in, height, width]}, stored in fp16 as their makers published them.
 *
 * <p>Names: {@code Conv} is the first convolution; block n has {@code n.expand} (but not block 0),
 * {@code n.dw} and {@code n.project}; each with {@code .weight} and {@code .bias}.
 */
public final class TrunkWeights {

  /** What the encoder is called. */
  public static final String NAME = "trunk";

  private static final String RESOURCE = "trunk.safetensors";
  private static final long COLOURS = 3;

  private final byte[] file;
  private final Map<String, FloatTensor> tensors;

  private TrunkWeights(byte[] file, Map<String, FloatTensor> tensors) {
    this.file = file;
    this.tensors = tensors;
  }

  /**
   * Reads them.
   *
   * @return the weights, in the heap (1 MB)
   * @throws InputException if the jar is damaged
   */
  public static TrunkWeights read() {
    return of(content(), RESOURCE);
  }

  /**
   * Weights that a detector carries with it: another version of the program may come with others.
   *
   * @param content a safetensors file
   * @param where where it is from, for messages
   * @return the weights, in the heap
   * @throws InputException if it holds something else
   */
  public static TrunkWeights of(byte[] content, String where) {
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    try (SafetensorsFile file = SafetensorsFile.of(where, content)) {
      for (Map.Entry<String, List<Long>> weight : shapes().entrySet()) {
        String name = weight.getKey();
        if (!file.contains(name) || !file.info(name).shape().equals(weight.getValue())) {
          throw new InputException(
              where,
              "holds no weight '%s' of the shape %s".formatted(name, weight.getValue()),
              "the file is damaged: train the detector again");
        }
        tensors.put(name, new FloatTensor(weight.getValue(), file.floats(name)));
      }
    }
    return new TrunkWeights(content.clone(), tensors);
  }

  /** What the trunk consists of. */
  private static Map<String, List<Long>> shapes() {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    put(shapes, "Conv", TrunkBlock.STEM_WIDTH, COLOURS, TrunkBlock.WINDOW);
    for (TrunkBlock block : TrunkBlock.ALL) {
      String name = block.number() + ".";
      if (block.expands()) {
        put(shapes, name + "expand", block.wide(), block.in(), 1);
      }
      put(shapes, name + "dw", block.wide(), 1, TrunkBlock.WINDOW);
      put(shapes, name + "project", block.out(), block.wide(), 1);
    }
    return shapes;
  }

  private static void put(
      Map<String, List<Long>> shapes, String name, long out, long in, long window) {
    shapes.put(name + ".weight", List.of(out, in, window, window));
    shapes.put(name + ".bias", List.of(out));
  }

  /**
   * The file, for a detector to carry.
   *
   * @return a copy of its bytes
   */
  public byte[] file() {
    return file.clone();
  }

  private static byte[] content() {
    try (InputStream in = TrunkWeights.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the jar was built without " + RESOURCE);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new InputException(
          "encoder " + NAME,
          RESOURCE + " cannot be read (" + e.getMessage() + ")",
          "its jar is damaged: build or download it again",
          e);
    }
  }

  /**
   * The hash by which a detector knows what its memory was made with.
   *
   * @return the file's SHA-256, 64 lower-case hexadecimal digits
   */
  public String sha256() {
    return Sha256.of(file);
  }

  /**
   * A weight.
   *
   * @param name for example {@code 3.dw.weight}
   * @return fp32, widened exactly
   */
  public FloatTensor get(String name) {
    FloatTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no weight " + name + " among " + tensors.keySet());
    }
    return tensor;
  }
}
