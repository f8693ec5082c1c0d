package io.github.anople.app;

import io.github.anople.app.export.ExportCost;
import io.github.anople.app.export.ExportSettings;
import io.github.anople.app.export.ExportStaging;
import io.github.anople.app.export.LayerErrors;
import io.github.anople.app.export.OnnxExport;
import io.github.anople.app.export.Verification;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.evaluate.EvaluationListener;
import io.github.anople.onnx.OnnxDetector;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Exports a detector as one graph, tries the graph, and only then puts it in the target's place.
 *
 * @param settings what the graph is to be
 * @param images files to compare the two on; the first few also show what 8 bits cost
 * @param labelled categories to measure both on
 * @param listener hears of each labelled image, twice
 * @param reader reads the images, as it read what the detector was made from
 */
public record Exporting(
    ExportSettings settings,
    List<Path> images,
    List<InspectionDataset.Category> labelled,
    EvaluationListener listener,
    ImageReader reader) {

  /** Images on which the cost of 8 bits is measured, at most. */
  private static final int EXAMPLES = 8;

  /**
   * An export.
   *
   * @param settings what the graph is to be
   * @param images files to compare the two on
   * @param labelled categories to measure both on
   * @param listener hears of each labelled image
   * @param reader reads the images
   */
  public Exporting {
    images = List.copyOf(images);
    labelled = List.copyOf(labelled);
  }

  /**
   * An export that reads images as is usual.
   *
   * @param settings what the graph is to be
   * @param images files to compare the two on
   * @param labelled categories to measure both on
   * @param listener hears of each labelled image
   */
  public Exporting(
      ExportSettings settings,
      List<Path> images,
      List<InspectionDataset.Category> labelled,
      EvaluationListener listener) {
    this(settings, images, labelled, listener, new ImageReader());
  }

  /**
   * What an export found.
   *
   * @param errors what 8 bits cost each layer; empty for other precisions
   * @param verification how far the two are from each other
   * @param costs what the export costs on the labelled images, a category each
   */
  public record Result(LayerErrors errors, Verification verification, List<ExportCost> costs) {}

  /**
   * Reads all images once, so that one that cannot be read is known before a backbone is loaded.
   *
   * @return the images that show what 8 bits cost
   * @throws InputException if an image cannot be read
   */
  public List<RgbImage> examples() {
    List<RgbImage> examples = images.stream().limit(EXAMPLES).map(reader::read).toList();
    images.stream().skip(EXAMPLES).forEach(reader::read);
    return examples;
  }

  /**
   * Exports.
   *
   * @param bundle the detector
   * @param where where it comes from, for messages
   * @param backbone the backbone that it was trained on, in fp32; stays its owner's
   * @param examples what {@link #examples} read
   * @param target the graph, replaced if it is there
   * @return what was found
   * @throws InputException if the graph cannot be written, or computes something else here
   * @throws InterruptedException if the thread is interrupted; the target is as it was
   */
  public Result run(
      DetectorBundle bundle,
      String where,
      LoadedBackbone backbone,
      List<RgbImage> examples,
      Path target)
      throws InterruptedException {
    try (TorchDetector torch = TorchDetector.of(bundle, where, backbone);
        ExportStaging staging = ExportStaging.beside(target)) {
      LayerErrors errors = OnnxExport.write(bundle, torch, settings, examples, staging.file());
      Result result;
      // Opening it is a test by itself: it scores its golden image.
      try (OnnxDetector onnx = OnnxDetector.open(staging.file())) {
        result = new Result(errors, compared(torch, onnx), measured(torch, onnx));
      }
      staging.publish();
      return result;
    }
  }

  private Verification compared(TorchDetector torch, OnnxDetector onnx) {
    Verification verification = Verification.NONE;
    for (Path file : images) {
      verification = verification.with(torch, onnx, List.of(reader.read(file)));
    }
    return verification;
  }

  private List<ExportCost> measured(TorchDetector torch, OnnxDetector onnx)
      throws InterruptedException {
    List<ExportCost> costs = new ArrayList<>();
    for (InspectionDataset.Category category : labelled) {
      if (!category.test().isEmpty()) {
        costs.add(ExportCost.measure(torch, onnx, category, listener, reader));
      }
    }
    return costs;
  }
}
