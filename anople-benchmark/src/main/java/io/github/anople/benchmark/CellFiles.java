package io.github.anople.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cell's folder. {@code cell.json} says what is being run, {@code result.json} what it came to,
 * with the whole configuration: it is there when the cell is finished, and counts only for the same
 * configuration.
 */
final class CellFiles {

  private static final Logger LOG = LoggerFactory.getLogger(CellFiles.class);

  private static final String FORMAT = "anople-cell 1";
  private static final String STARTED = "cell.json";
  static final String FINISHED = "result.json";
  private static final String CONFIGURATION = "configuration";

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String SECONDS = "seconds";

  private final Path folder;
  private final JsonNode configuration;

  /**
   * The files of a cell.
   *
   * @param runner everything that the cell's outcome depends on, as JSON
   * @param files the fingerprint of its categories' files
   */
  CellFiles(Path folder, Cell cell, String runner, String files) {
    this.folder = folder;
    // As it is read back, so that number types compare equal.
    this.configuration = tree(cell.dependencies(runner, files).toString()).orElseThrow();
  }

  /** The result of a finished run of this very configuration. */
  Optional<CellResult> finished() {
    return read(folder.resolve(FINISHED))
        .filter(json -> FORMAT.equals(json.path("format").textValue()))
        .filter(json -> configuration.equals(json.get(CONFIGURATION)))
        .flatMap(CellResultJson::read);
  }

  /** What the run does, whatever it is called. */
  String key() {
    return key(configuration);
  }

  /** The same of a finished run's file. */
  static Optional<String> keyOf(Path finished) {
    return read(finished).flatMap(CellFiles::keyIn);
  }

  private static Optional<String> keyIn(JsonNode finished) {
    return Optional.of(finished)
        .filter(json -> FORMAT.equals(json.path("format").textValue()))
        .map(json -> json.path(CONFIGURATION))
        .filter(JsonNode::isObject)
        .map(CellFiles::key);
  }

  Path folder() {
    return folder;
  }

  private static String key(JsonNode configuration) {
    ObjectNode nameless = configuration.deepCopy();
    if (nameless.path("cell") instanceof ObjectNode cell) {
      cell.remove("variant");
      if (cell.path("data") instanceof ObjectNode data) {
        data.remove("name");
      }
    }
    return Sha256.of(nameless.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Takes over what a run of the same {@link #key} came to, and what it left.
   *
   * @return empty if it cannot be read or copied, or is no longer of this key: a run to do
   */
  Optional<CellResult> adopt(Path other) {
    Optional<JsonNode> there =
        read(other.resolve(FINISHED)).filter(json -> keyIn(json).equals(Optional.of(key())));
    Optional<CellResult> result = there.flatMap(CellResultJson::read);
    try {
      if (result.isPresent()) {
        take(other);
        finish(result.get(), there.orElseThrow().path(SECONDS).asDouble());
      }
      return result;
    } catch (IOException | UncheckedIOException | InputException e) {
      LOG.warn("{} cannot be taken over, and the run is done again ({})", other, e.toString());
      return Optional.empty();
    }
  }

  private void take(Path other) throws IOException {
    if (Files.exists(folder) && Files.isSameFile(folder, other)) {
      // The same run under another name: all that it left lies here.
      write(STARTED, configuration);
    } else {
      start();
      copy(other);
    }
  }

  private void copy(Path other) throws IOException {
    try (Stream<Path> left = Files.list(other)) {
      for (Path file : left.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (!List.of(STARTED, FINISHED).contains(name)) {
          AtomicFile.write(folder.resolve(name), out -> Files.copy(file, out));
        }
      }
    }
  }

  /** Whether there is a result of this configuration, but of other files, or of nobody knows. */
  boolean outdated() {
    return read(folder.resolve(FINISHED))
        .map(json -> json.path(CONFIGURATION))
        .filter(there -> !configuration.path(Cell.FILES).equals(there.path(Cell.FILES)))
        .filter(there -> configuration.path("cell").equals(there.path("cell")))
        .filter(there -> configuration.path("runner").equals(there.path("runner")))
        .isPresent();
  }

  /** Makes the folder ready for a run: what another configuration left there goes. */
  Path start() {
    if (!read(folder.resolve(STARTED)).filter(configuration::equals).isPresent()) {
      try {
        Files.createDirectories(folder);
        clear();
      } catch (IOException e) {
        throw new InputException(
            folder, "cannot be used (" + e + ")", "name another output folder", e);
      }
      write(STARTED, configuration);
    }
    return folder;
  }

  private void clear() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      for (Path file : left.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  void finish(CellResult result, double seconds) {
    ObjectNode json = MAPPER.createObjectNode().put("format", FORMAT);
    json.set(CONFIGURATION, configuration);
    json.put(SECONDS, Math.round(seconds * 10) / 10.0);
    CellResultJson.write(result, json);
    write(FINISHED, json);
  }

  private void write(String name, JsonNode json) {
    byte[] text = (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(folder.resolve(name), out -> out.write(text));
  }

  /** A file that is missing or damaged is a run to do again, not a fault. */
  private static Optional<JsonNode> read(Path file) {
    try {
      return tree(Files.readString(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<JsonNode> tree(String text) {
    try {
      return Optional.ofNullable(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
