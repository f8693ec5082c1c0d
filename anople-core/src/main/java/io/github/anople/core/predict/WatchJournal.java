package io.github.anople.core.predict;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.InputException;
import io.github.anople.core.data.Label;
import io.github.anople.core.report.ImageResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a watch has done, a line a picture, on the disk before the next picture is begun: after a
 * crash or a power cut nothing is scored twice and nothing is lost.
 */
final class WatchJournal {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String FAILURE = "failure";

  private final Path file;
  private final Map<String, Outcome> outcomes = new LinkedHashMap<>();

  WatchJournal(Path file) {
    this.file = file;
    read();
  }

  /**
   * Whether this very content of a file was dealt with; a file that is replaced has another key.
   */
  boolean holds(String key) {
    return outcomes.containsKey(key);
  }

  List<Outcome> outcomes() {
    return List.copyOf(outcomes.values());
  }

  void add(String key, Outcome outcome) {
    outcomes.put(key, outcome);
    byte[] line = (line(key, outcome) + "\n").getBytes(UTF_8);
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new InputException(
          file, "cannot be written (" + e.getMessage() + ")", "check the free space", e);
    }
  }

  private static String line(String key, Outcome outcome) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("key", key);
    json.put("path", outcome.picture().toString());
    outcome
        .result()
        .ifPresent(
            result -> {
              json.put("category", result.category());
              json.put("score", result.score());
              result.verdict().ifPresent(verdict -> json.put("verdict", verdict));
            });
    outcome.failure().ifPresent(reason -> json.put(FAILURE, reason));
    return json.toString();
  }

  /** A last line without its end was being written when the power went: it is cut off. */
  private void read() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      String text = Files.readString(file);
      int whole = text.lastIndexOf('\n') + 1;
      text.substring(0, whole).lines().forEach(this::parse);
      if (whole < text.length()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(text.substring(0, whole).getBytes(UTF_8).length);
        }
      }
    } catch (IOException e) {
      throw new InputException(
          file, "cannot be read (" + e.getMessage() + ")", "move it away to start anew", e);
    }
  }

  private void parse(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      Path picture = Path.of(json.required("path").asText());
      Outcome outcome =
          json.has(FAILURE)
              ? Outcome.failed(picture, json.get(FAILURE).asText())
              : Outcome.scored(picture, result(json));
      outcomes.put(json.required("key").asText(), outcome);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new InputException(
          file, "holds a line that is no entry", "move the file away to start anew", e);
    }
  }

  private static ImageResult result(JsonNode json) {
    return new ImageResult(
        json.required("path").asText().replace('\\', '/'),
        json.required("category").asText(),
        "unknown",
        Label.UNKNOWN,
        json.required("score").floatValue(),
        Optional.ofNullable(json.get("verdict")).map(JsonNode::asText));
  }
}
