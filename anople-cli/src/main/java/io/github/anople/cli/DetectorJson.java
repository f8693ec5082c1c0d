package io.github.anople.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.train.TrainingRemark;
import java.nio.file.Path;
import java.util.List;

/** What a command tells of a detector it wrote. */
final class DetectorJson {

  private DetectorJson() {}

  /** The grid on which a region's share is told. */
  private static final int GRID = 1024;

  static ObjectNode of(Path file, DetectorBundle bundle) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("detector", file.toString());
    json.put("backbone", bundle.provenance().backbone().name());
    ArrayNode classes = json.putArray("classes");
    bundle.provenance().classNames().forEach(classes::add);
    ArrayNode shots = json.putArray("shots");
    for (Provenance.Shot shot : bundle.provenance().shots()) {
      shots.addObject().put("name", shot.name()).put("sha256", shot.sha256());
    }
    json.put("memory_rows", bundle.memoryRows());
    json.put(
        "coreset",
        TrainingConfig.parse(bundle.configuration(), file.toString()).memory().coreset());
    bundle.calibration().ifPresent(known -> json.set("calibration", tree(known)));
    bundle
        .region()
        .ifPresent(known -> json.put("ignored_share", known.region().ignoredShare(GRID, GRID)));
    return json;
  }

  /** Adds what looked odd, where something did. */
  static void putRemarks(ObjectNode json, List<TrainingRemark> remarks) {
    if (remarks.isEmpty()) {
      return;
    }
    ArrayNode notes = json.putArray("notes");
    for (TrainingRemark remark : remarks) {
      ObjectNode note = notes.addObject().put("kind", remark.kind().id());
      remark.about().forEach(note.putArray("about")::add);
      note.put("note", remark.words());
    }
  }

  /** A calibration as a tree, to which a command may add. */
  static ObjectNode tree(Calibration calibration) {
    try {
      return (ObjectNode) new JsonMapper().readTree(calibration.toJson());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a calibration writes what is not JSON", e);
    }
  }
}
