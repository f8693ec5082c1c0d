package io.github.anople.server.enrol;

import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.server.store.ContentFiles;
import io.github.anople.server.store.DetectorVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How versions were made, as their files say it. */
@Service
public class VersionSettings {

  private static final JsonMapper JSON = new JsonMapper();

  private final ContentFiles files;

  VersionSettings(ContentFiles files) {
    this.files = files;
  }

  /**
   * The settings of a version.
   *
   * @param version the version
   * @return names as the command has them, and values; what it was made with and where comes first
   * @throws io.github.anople.core.InputException if its file is missing or damaged
   */
  public Map<String, String> of(DetectorVersion version) {
    DetectorBundle bundle = DetectorBundle.read(files.path(version.sha256()));
    Provenance provenance = bundle.provenance();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("AnoPLe", provenance.anopleVersion());
    all.put("backbone", provenance.backbone().name());
    all.put("shows", String.join(", ", provenance.classNames()));
    all.put("precision", provenance.precision());
    all.put("seed", Long.toString(provenance.seed()));
    add(all, "", JSON.readTree(bundle.configuration()));
    return all;
  }

  private static void add(Map<String, String> all, String name, JsonNode value) {
    if (value.isObject()) {
      String start = name.isEmpty() ? "" : name + ".";
      value.properties().forEach(one -> add(all, start + one.getKey(), one.getValue()));
    } else {
      all.put(name, value.isString() ? value.stringValue() : value.toString());
    }
  }
}
