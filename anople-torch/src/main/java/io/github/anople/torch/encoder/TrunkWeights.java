package io.github.anople.torch.encoder;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.core.tensorfile.SafetensorsFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
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

  private final String sha256;
  private final Map<String, FloatTensor> tensors;

  private TrunkWeights(String sha256, Map<String, FloatTensor> tensors) {
    this.sha256 = sha256;
    this.tensors = tensors;
  }

  /**
   * Reads them.
   *
   * @return the weights, in the heap (1 MB)
   * @throws InputException if the jar is damaged
   */
  public static TrunkWeights read() {
    byte[] content = content();
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    try (SafetensorsFile file = SafetensorsFile.of(RESOURCE, content)) {
      for (String name : file.names()) {
        tensors.put(name, new FloatTensor(file.info(name).shape(), file.floats(name)));
      }
    }
    return new TrunkWeights(Sha256.of(content), tensors);
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
    return sha256;
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
