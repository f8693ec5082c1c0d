package io.github.anople.app.export;

import static io.github.anople.app.export.Attributes.integer;
import static io.github.anople.app.export.Attributes.integers;
import static io.github.anople.app.export.Attributes.number;
import static io.github.anople.app.export.Attributes.text;

import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.region.FilledRegion;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.onnx.OnnxImages;
import io.github.anople.onnx.OnnxInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The inputs that take pictures, and what comes before anything looks at them.
 *
 * @param graph where they stand
 * @param sizes at which the detector looks at a picture
 * @param region which part of it counts
 * @param settings of which the type of the inputs is read, and whether the graph resizes
 */
record PictureGraph(
    OnnxGraph graph, InputSizes sizes, Optional<FilledRegion> region, ExportSettings settings) {

  private static final String IMAGE = "image";
  private static final float PILLOW_CUBIC = -0.5f;

  /** Adds the inputs; returns numbers from 0 to 255, {@code [images, 3, N, N]} for each size N. */
  Map<Integer, String> numbers() {
    List<Integer> all = new ArrayList<>(List.of(sizes.side()));
    all.addAll(sizes.others());
    Optional<String> any = settings.withResize() ? Optional.of(bytesOfAnySize()) : Optional.empty();
    Map<Integer, String> numbers = new HashMap<>();
    for (int one : all) {
      GraphScope room = graph.room(one == sizes.side() ? IMAGE : OnnxImages.further(one));
      String seen =
          any.map(bytes -> widened(room, resized(room.room("resize"), bytes, one)))
              .orElseGet(() -> given(room, one));
      numbers.put(one, region.map(some -> CountedMaps.painted(room, seen, one, some)).orElse(seen));
    }
    return numbers;
  }

  /** Resizing rounds to bytes, as Pillow does. */
  private String bytesOfAnySize() {
    String any = input(IMAGE, "height", "width");
    return settings.input() == OnnxInput.UINT8
        ? any
        : Products.cast(graph.room(IMAGE), "bytes", any, DType.U8);
  }

  private String given(GraphScope room, int side) {
    String size = Integer.toString(side);
    String samples = input(room.name(), size, size);
    return settings.input() == OnnxInput.UINT8 ? widened(room, samples) : samples;
  }

  private String input(String name, String height, String width) {
    DType type = settings.input() == OnnxInput.UINT8 ? DType.U8 : DType.F32;
    return graph.input(name, type, "batch", "3", height, width);
  }

  private static String widened(GraphScope room, String bytes) {
    return Products.cast(room, "numbers", bytes, DType.F32);
  }

  /** Pillow's antialiased bicubic, on 8-bit samples. */
  private static String resized(GraphScope room, String samples, int side) {
    return room.node(
        "Resize",
        "square",
        List.of(samples, "", "", room.integers("sizes", side, side)),
        text("mode", "cubic"),
        number("cubic_coeff_a", PILLOW_CUBIC),
        text("coordinate_transformation_mode", "half_pixel"),
        integers("axes", 2, 3),
        integer("antialias", 1),
        integer("exclude_outside", 1));
  }
}
