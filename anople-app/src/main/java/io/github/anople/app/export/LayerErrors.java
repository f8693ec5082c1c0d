package io.github.anople.app.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.github.anople.core.InputException;
import io.github.anople.core.NativeWork;
import io.github.anople.core.PhysicalCores;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.image.RgbImage;
import io.github.anople.onnx.OnnxImages;
import io.github.anople.onnx.OrtEnvironments;
import io.github.anople.torch.model.FrozenDetector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What 8 bits cost each of the big products, measured on pictures.
 *
 * @param byLayer the largest relative error of a map's output, by the map's name in the graph; not
 *     finite where an output overflowed, and the error so is undefined
 * @param allowed the largest error with which a map may be computed in 8 bits
 */
public record LayerErrors(Map<String, Double> byLayer, double allowed) {

  /** No map is computed in 8 bits. */
  static final LayerErrors NONE = new LayerErrors(Map.of(), 0);

  public LayerErrors {
    byLayer = new LinkedHashMap<>(byLayer);
  }

  /**
   * The errors that there are.
   *
   * @return finite ones, by the map's name, in the order of computation
   */
  public Map<String, Double> defined() {
    Map<String, Double> defined = new LinkedHashMap<>(byLayer);
    defined.values().removeIf(error -> !Double.isFinite(error));
    return defined;
  }

  /**
   * The maps whose error is undefined or too large, which stay in floating point.
   *
   * @return their names in the graph, in the order of computation
   */
  public Set<String> floating() {
    Set<String> floating = new LinkedHashSet<>();
    byLayer.forEach(
        (name, error) -> {
          if (!(error <= allowed)) {
            floating.add(name);
          }
        });
    return floating;
  }

  /**
   * Measures by a graph of its own, which is written beside the target for a moment.
   *
   * @param images at least one
   * @param largest size above which its weights go to a file beside it
   */
  static LayerErrors measure(
      FrozenDetector detector,
      Weights weights,
      List<RgbImage> images,
      double allowed,
      Path target,
      long largest) {
    ProbeProducts probe = new ProbeProducts(weights, detector.config().vision().patches());
    OnnxGraph graph =
        new DetectionGraph(detector, weights, probe)
            .build(ExportSettings.of(OnnxPrecision.INT8), Optional.empty());
    Path file = target.resolveSibling(".anople-" + UUID.randomUUID() + ".probe");
    try {
      OnnxFile.write(file, graph, "probe", Map.of(), largest);
      return new LayerErrors(
          NativeWork.call(
              () ->
                  errors(
                      file, probe.names(), seen(detector, images), DetectionGraph.sizes(detector))),
          allowed);
    } finally {
      delete(file);
    }
  }

  /** The graph paints over what is ignored as well, but after resizing. */
  private static List<RgbImage> seen(FrozenDetector detector, List<RgbImage> images) {
    return detector
        .region()
        .map(some -> images.stream().map(some.region()::fill).toList())
        .orElse(images);
  }

  /** The errors that a probe of its own puts out, the largest over the pictures. */
  static Map<String, Double> errors(
      Path file, List<String> names, List<RgbImage> images, InputSizes sizes) {
    Map<String, Double> largest = new LinkedHashMap<>();
    OrtEnvironment environment = OrtEnvironments.get();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.setIntraOpNumThreads(PhysicalCores.count());
      // Which optimisations there are depends on the processor, and their rounding with them.
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      try (OrtSession session =
          environment.createSession(file.toAbsolutePath().toString(), options)) {
        for (RgbImage image : images) {
          measure(session, sizes.prepare(image), names, largest);
        }
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
    return largest;
  }

  private static void measure(
      OrtSession session, PreparedImage image, List<String> names, Map<String, Double> largest)
      throws OrtException {
    Set<String> outputs = new LinkedHashSet<>();
    names.forEach(name -> outputs.add(ProbeProducts.output(name)));
    boolean takesPlace = OnnxImages.takesPlace(session.getInputInfo());
    List<Integer> places = takesPlace ? List.of(0) : List.of();
    try (OnnxImages inputs = OnnxImages.of(List.of(image), places);
        OrtSession.Result result = session.run(inputs.byName(), outputs)) {
      for (String name : names) {
        double error =
            ((OnnxTensor) result.get(ProbeProducts.output(name)).orElseThrow())
                .getFloatBuffer()
                .get();
        largest.merge(name, error, Math::max);
      }
    }
  }

  private static void delete(Path file) {
    try {
      OnnxFile.delete(file);
    } catch (IOException e) {
      throw new InputException(file, "cannot be removed (" + e + ")", "remove it by hand", e);
    }
  }
}
