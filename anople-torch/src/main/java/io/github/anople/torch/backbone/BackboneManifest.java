package io.github.anople.torch.backbone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.InputException.Topic;
import io.github.anople.core.JsonFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code anople-backbone.json}: what a pulled backbone is and where it came from. Written last, so
 * that a folder that has it is whole.
 *
 * @param name the backbone's name
 * @param kind what it is; notes of earlier versions, which do not tell, are of CLIPs
 * @param architecture its publisher's name of the model
 * @param weights the checkpoint's file name
 * @param url where the checkpoint came from
 * @param sha256 the checkpoint's whole SHA-256
 */
record BackboneManifest(
    String name,
    BackboneKind kind,
    String architecture,
    String weights,
    String url,
    String sha256) {

  private static final String FILE = "anople-backbone.json";
  private static final int MAX_BYTES = 1 << 16;

  /** The manifest of a folder, if it has one. */
  static Optional<BackboneManifest> read(Path directory) {
    Path file = directory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw fault(file, "has more than " + MAX_BYTES + " bytes");
      }
      JsonNode json = new ObjectMapper().readTree(bytes);
      return Optional.of(
          new BackboneManifest(
              plain(file, json, "name"),
              kind(file, json.path("kind")),
              plain(file, json, "architecture"),
              plain(file, json, "weights"),
              json.path("url").asText(),
              json.path("sha256").asText()));
    } catch (JsonProcessingException e) {
      throw fault(file, "is not JSON (" + JsonFault.of(e) + ")");
    } catch (IOException e) {
      throw fault(file, "cannot be read (" + e.getMessage() + ")");
    }
  }

  private static BackboneKind kind(Path file, JsonNode value) {
    if (value.isMissingNode()) {
      return BackboneKind.CLIP;
    }
    return BackboneKind.of(value.asText())
        .orElseThrow(
            () -> fault(file, "field \"kind\" is " + shown(value) + ", which is not known"));
  }

  private static String shown(JsonNode value) {
    String shown = value.isMissingNode() ? "missing" : value.toString();
    return shown.substring(0, Math.min(80, shown.length()));
  }

  /** Whether a text is a whole SHA-256. */
  static boolean isSha256(String text) {
    return text.matches("[0-9a-f]{64}");
  }

  /** A name that cannot lead out of the folder. */
  private static String plain(Path file, JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual() || !BackboneStore.isName(value.asText())) {
      throw fault(file, "field \"" + field + "\" is " + shown(value) + ", not a plain name");
    }
    return value.asText();
  }

  private static InputException fault(Path file, String problem) {
    return new InputException(file, problem, "delete the folder and pull the backbone again")
        .about(Topic.BACKBONE);
  }

  /** Writes the manifest into a folder, whole or not at all. */
  void write(Path directory) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("name", name);
    json.put("kind", kind.id());
    json.put("architecture", architecture);
    json.put("weights", weights);
    json.put("url", url);
    json.put("sha256", sha256);
    AtomicFile.write(
        directory.resolve(FILE),
        out ->
            out.write(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(json)));
  }
}
