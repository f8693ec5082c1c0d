package io.github.anople.benchmark.baseline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.CellDetectors;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Detectors of cells. One that is trained is kept: {@code NAME.anople}, and beside it {@code
 * NAME.json} with its hash and all that it depends on, which is written last; it is opened again
 * where both are still true, and trained again otherwise. A training that was killed goes on from
 * its checkpoint. What only remembers is fitted anew each time.
 *
 * @param cells fits them
 * @param folder where trained ones are kept; made where it is missing
 * @param progress told what is done, a line each
 */
public record KeptDetectors(TorchCells cells, Path folder, Consumer<String> progress)
    implements CellDetectors {

  private static final String DEPENDENCIES = "depends_on";
  private static final String SHA256 = "sha256";

  @Override
  public boolean learns(Cell cell) {
    return TorchCells.baseline(cell).trains();
  }

  @Override
  public AnomalyDetector open(Cell cell) {
    Baseline baseline = TorchCells.baseline(cell);
    if (!baseline.trains()) {
      progress.accept("fitting " + cell);
      return baseline.fit(cells.backbone(), shots(cell, TrainingFiles.NONE));
    }
    return TorchDetector.of(bundle(baseline, cell), cell.toString(), cells.backbone());
  }

  private DetectorBundle bundle(Baseline baseline, Cell cell) {
    Kept kept = new Kept(folder.resolve(cell.folder()));
    String dependencies = cell.dependencies(cells.configuration(cell));
    Optional<DetectorBundle> there = kept.read(dependencies);
    if (there.isPresent()) {
      progress.accept("taking the detector of an earlier call: " + cell);
      return there.get();
    }
    progress.accept("training " + cell);
    kept.makeFolder();
    TrainingFiles files =
        new TrainingFiles(
            Optional.of(kept.named(".anople.checkpoint")),
            Optional.empty(),
            TrainingFiles.Resume.OWN);
    DetectorBundle trained = baseline.bundle(cells.backbone(), shots(cell, files));
    kept.write(trained, dependencies);
    files.deleteCheckpoint();
    return trained;
  }

  private Baseline.Shots shots(Cell cell, TrainingFiles files) {
    InspectionDataset dataset = cell.data().read(cell.fitted());
    return new Baseline.Shots(
        cell.data().name(),
        TorchCells.shots(cell, dataset),
        files,
        TrainingListener.SILENT,
        cells.reader());
  }

  /** The files of one detector, by what their paths begin with. */
  private record Kept(Path beginning) {

    Path named(String extension) {
      return beginning.resolveSibling(beginning.getFileName() + extension);
    }

    private Path detector() {
      return named(".anople");
    }

    private Path record() {
      return named(".json");
    }

    void makeFolder() {
      try {
        Files.createDirectories(beginning.getParent());
      } catch (IOException e) {
        throw new InputException(
            beginning.getParent(), "cannot be made (" + e + ")", "name another output folder", e);
      }
    }

    /** What does not fit any more, or is damaged, is a detector to train again, not a fault. */
    Optional<DetectorBundle> read(String dependencies) {
      JsonMapper mapper = new JsonMapper();
      try {
        JsonNode known = mapper.readTree(Files.readString(record()));
        boolean same =
            mapper.readTree(dependencies).equals(known.get(DEPENDENCIES))
                && Sha256.of(detector()).equals(known.path(SHA256).textValue());
        return same ? Optional.of(DetectorBundle.read(detector())) : Optional.empty();
      } catch (IOException | InputException e) {
        return Optional.empty();
      }
    }

    void write(DetectorBundle bundle, String dependencies) {
      bundle.write(detector());
      JsonMapper mapper = new JsonMapper();
      ObjectNode known = mapper.createObjectNode().put(SHA256, Sha256.of(detector()));
      try {
        known.set(DEPENDENCIES, mapper.readTree(dependencies));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("not JSON: " + dependencies, e);
      }
      byte[] text = (known.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(record(), out -> out.write(text));
    }
  }
}
