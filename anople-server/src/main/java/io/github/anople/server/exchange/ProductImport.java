package io.github.anople.server.exchange;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.open.OpenSettings;
import io.github.anople.onnx.OnnxDetectorOpener;
import io.github.anople.server.project.Pictures;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.ContentFiles;
import io.github.anople.server.store.Picture;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.Staging;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Service;

/**
 * Takes in a product that {@link ProductExport} wrote. All is looked at before any of it can be
 * seen; what fails leaves nothing behind.
 */
@Service
public class ProductImport {

  private static final int MOST_JSON = 16 << 20;

  /** A detector with the largest backbone has a few hundred megabytes. */
  private static final long MOST_DETECTOR = 4L << 30;

  private static final long MOST_IN_ALL = 32L << 30;

  private final Projects projects;
  private final Pictures pictures;
  private final ContentFiles files;
  private final ProductRows rows;

  ProductImport(Projects projects, Pictures pictures, ContentFiles files, ProductRows rows) {
    this.projects = projects;
    this.pictures = pictures;
    this.files = files;
    this.rows = rows;
  }

  /**
   * Takes a product in.
   *
   * @param in the file as it was sent; closed at its end
   * @param name what the product is called here; empty for its name there
   * @return the product
   * @throws InputException if anything about the file is wrong
   * @throws io.github.anople.server.project.TakenException if there is a product of that name
   */
  public Product take(InputStream in, Optional<String> name) {
    try (IncomingZip zip = new IncomingZip(in);
        Staging staging = files.staging()) {
      if (!zip.next().equals(Optional.of(ProductFile.ENTRY))) {
        throw IncomingZip.fault("does not begin with " + ProductFile.ENTRY);
      }
      ProductFile file = ProductFile.read(zip.text(MOST_JSON));
      String called = name.filter(text -> !text.isBlank()).orElse(file.name());
      projects.requireFree(called);
      receive(zip, file, staging);
      Map<String, Pictures.Kind> kinds = kinds(file, staging);
      openDetectors(file, staging);
      staging.keep();
      return rows.add(called, file, pictureRows(kinds, staging));
    }
  }

  private static void receive(IncomingZip zip, ProductFile file, Staging staging) {
    Map<String, Long> expected = expected(file);
    long left = MOST_IN_ALL;
    for (Optional<String> name = zip.next(); name.isPresent(); name = zip.next()) {
      String entry = name.get();
      Long most = expected.remove(entry);
      if (most == null) {
        throw IncomingZip.fault(
            "has the entry " + InputException.quoted(entry) + ", which the product does not name");
      }
      ContentFiles.Content content = staging.add(zip.content(), Math.min(most, left));
      if (!ProductFile.entry(content.sha256()).equals(entry)) {
        throw IncomingZip.fault("has another content than its name says in " + entry);
      }
      left -= content.bytes();
    }
    if (!expected.isEmpty()) {
      throw IncomingZip.fault(
          "lacks %d entries, %s the first of them"
              .formatted(expected.size(), expected.keySet().iterator().next()));
    }
  }

  /** The entries that there have to be, and the largest size of each. */
  private static Map<String, Long> expected(ProductFile file) {
    Map<String, Long> expected = new TreeMap<>();
    long mostPicture = new ImageReader().options().maxFileBytes();
    file.pictureContents().forEach(hash -> expected.put(ProductFile.entry(hash), mostPicture));
    file.detectorContents().forEach(hash -> expected.put(ProductFile.entry(hash), MOST_DETECTOR));
    return expected;
  }

  private static Map<String, Pictures.Kind> kinds(ProductFile file, Staging staging) {
    ImageReader reader = new ImageReader();
    Map<String, Pictures.Kind> kinds = new HashMap<>();
    for (String sha256 : file.pictureContents()) {
      String name = ProductFile.entry(sha256);
      kinds.put(sha256, Pictures.kind(staging.path(sha256), name, reader));
    }
    return kinds;
  }

  /** Each detector computes its golden image when it is opened, so it computes the same here. */
  private static void openDetectors(ProductFile file, Staging staging) {
    OnnxDetectorOpener opener = new OnnxDetectorOpener();
    for (ProductFile.Version version : file.detectors()) {
      open(version.anople(), () -> DetectorBundle.read(staging.path(version.anople())));
      open(
          version.onnx(),
          () -> opener.open(staging.path(version.onnx()), OpenSettings.AUTO).close());
    }
  }

  private static void open(String sha256, Runnable opening) {
    try {
      opening.run();
    } catch (InputException e) {
      throw IncomingZip.fault(
          "has a detector that cannot be used: %s %s"
              .formatted(ProductFile.entry(sha256), e.problem()));
    }
  }

  private Map<String, Picture> pictureRows(Map<String, Pictures.Kind> kinds, Staging staging) {
    Map<String, Picture> known = new HashMap<>();
    kinds.forEach((hash, kind) -> known.put(hash, pictures.row(staging.content(hash), kind)));
    return known;
  }
}
