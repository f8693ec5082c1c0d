package io.github.anople.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.image.RgbImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A batch of prepared images as the inputs of an exported detector: {@code image}, {@code image_N}
 * for each further size N, and {@code place} where they are tiles and the memory tells places
 * apart.
 *
 * @param byName {@code [images, 3, side, side]} each, of the type of {@link OnnxInput}; of {@code
 *     place} int64 {@code [images]}
 */
public record OnnxImages(Map<String, OnnxTensor> byName) implements AutoCloseable {

  /** The input that every graph has. */
  static final String IMAGE = "image";

  /** The input that a graph has whose memory tells the places of tiles apart. */
  public static final String PLACE = "place";

  private static final int BANDS = 3;

  /**
   * The name of the input for a further size.
   *
   * @param side N, pixels
   * @return for example {@code image_448}
   */
  public static String further(int side) {
    return IMAGE + "_" + side;
  }

  /**
   * Copies images as bytes to where ONNX Runtime reads them.
   *
   * @param images at least one, all at the same sizes
   * @return tensors to close
   * @throws OrtException if ONNX Runtime cannot hold them
   */
  public static OnnxImages of(List<PreparedImage> images) throws OrtException {
    return of(images, List.of());
  }

  /**
   * The same of tiles.
   *
   * @param images at least one, all at the same sizes
   * @param places of each in the memory; none where it does not tell places apart
   * @return tensors to close
   * @throws OrtException if ONNX Runtime cannot hold them
   */
  public static OnnxImages of(List<PreparedImage> images, List<Integer> places)
      throws OrtException {
    return of(images, places, OnnxInput.UINT8);
  }

  /**
   * The same in the type that a graph takes.
   *
   * @param images at least one, all at the same sizes
   * @param places of each in the memory; none where it does not tell places apart
   * @param input the type of the samples
   * @return tensors to close
   * @throws OrtException if ONNX Runtime cannot hold them
   */
  public static OnnxImages of(List<PreparedImage> images, List<Integer> places, OnnxInput input)
      throws OrtException {
    OnnxImages inputs = new OnnxImages(new HashMap<>());
    try {
      inputs.add(IMAGE, images.stream().map(PreparedImage::image).toList(), input);
      for (int side : images.get(0).others().keySet()) {
        inputs.add(further(side), images.stream().map(image -> image.at(side)).toList(), input);
      }
      if (!places.isEmpty()) {
        inputs.byName.put(
            PLACE,
            OnnxTensor.createTensor(
                OrtEnvironments.get(),
                LongBuffer.wrap(places.stream().mapToLong(Integer::longValue).toArray()),
                new long[] {places.size()}));
      }
    } catch (OrtException | RuntimeException e) {
      inputs.close();
      throw e;
    }
    return inputs;
  }

  /**
   * Whether a graph asks for the places of tiles.
   *
   * @param inputs of the graph
   * @return whether it has the input {@code place}
   */
  public static boolean takesPlace(Map<String, NodeInfo> inputs) {
    NodeInfo place = inputs.get(PLACE);
    return place != null
        && place.getInfo() instanceof TensorInfo tensor
        && tensor.type == OnnxJavaType.INT64
        && tensor.getShape().length == 1
        && tensor.getShape()[0] < 0;
  }

  /** A plane of red, then green, then blue of each. */
  private void add(String name, List<RgbImage> images, OnnxInput input) throws OrtException {
    int width = images.get(0).width();
    int height = images.get(0).height();
    ByteBuffer samples =
        ByteBuffer.allocateDirect(images.size() * BANDS * height * width)
            .order(ByteOrder.nativeOrder());
    images.forEach(image -> image.putPlanar(samples));
    long[] shape = {images.size(), BANDS, height, width};
    byName.put(name, input.tensor(samples.flip(), shape));
  }

  /** Frees the tensors. */
  @Override
  public void close() {
    byName.values().forEach(OnnxTensor::close);
  }
}
