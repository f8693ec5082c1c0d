package io.github.anople.server.enrol;

import io.github.anople.app.Calibrating;
import io.github.anople.core.InputException;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.OpenSettings;
import io.github.anople.onnx.OnnxDetectorOpener;
import io.github.anople.server.store.ContentFiles;
import io.github.anople.server.store.DetectorStore;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.DetectorVersion.Origin;
import io.github.anople.server.store.GoodPicture.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Files of a version with thresholds that a person chose.
 *
 * @param files where files are kept
 * @param base the version that has all but the thresholds
 */
record ChosenThresholds(ContentFiles files, DetectorVersion base) {

  /**
   * Makes and keeps them.
   *
   * @param threshold the largest score that is not NOT OK
   * @param uncertain the largest score that is OK for certain; empty for one threshold
   * @param used the pictures that the base was made from
   * @return what is to be kept of the version
   * @throws InputException if no score can reach the threshold, or the second is the higher
   */
  DetectorStore.Made with(float threshold, Optional<Float> uncertain, Map<Long, Purpose> used) {
    Path graph = files.path(base.graphSha256());
    Calibration chosen;
    try (DetectorFile detector = new OnnxDetectorOpener().open(graph, OpenSettings.AUTO)) {
      chosen = Calibrating.byHand(detector, threshold, uncertain);
    }
    return new DetectorStore.Made(
        stored(files.path(base.sha256()), ".anople", chosen),
        stored(graph, ".onnx", chosen),
        base.provisional(),
        Optional.of(chosen.toJson()),
        used,
        Origin.THRESHOLDS,
        Optional.of(base.scores()));
  }

  /** Kinds of detectors are known by their files' endings, which kept files do not have. */
  private String stored(Path kept, String ending, Calibration chosen) {
    Path file = files.temporary();
    Path named = file.resolveSibling(file.getFileName() + ending);
    Path target = file.resolveSibling(file.getFileName() + ".chosen" + ending);
    try {
      Files.copy(kept, named);
      Calibrating.store(named, chosen, target);
      return files.keepNew(target).sha256();
    } catch (IOException e) {
      throw new InputException(
          named, "cannot be written (" + e + ")", "check the free space of the data folder", e);
    } finally {
      ContentFiles.forget(named);
    }
  }
}
