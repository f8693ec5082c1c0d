package io.github.anople.torch.pretrained;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.InputException;
import io.github.anople.core.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A configuration beside a model's weights, as somebody else's program wrote it: its fields are
 * read one by one, and unknown ones are another's business.
 *
 * @param file the file
 */
record ConfigJson(Path file) {

  // Far above every published model, low enough that no product of two overflows and no list of
  // tensor names fills the memory.
  static final int MOST_LAYERS = 1000;
  static final int LARGEST_SIDE = 1 << 14;
  static final int LARGEST_SIZE = 1 << 20;

  private static final long LARGEST = 1 << 20;
  private static final int SHOWN = 80;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The whole file. */
  JsonNode readTree() {
    StandIn.refuseForText(file);
    try {
      if (Files.size(file) > LARGEST) {
        throw fault("is larger than a configuration can be (1 MiB)");
      }
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (root == null || !root.isObject()) {
        throw fault("does not hold a JSON object");
      }
      return root;
    } catch (IOException e) {
      String why = e instanceof JacksonException j ? j.getOriginalMessage() : e.getMessage();
      throw new InputException(file, "is not readable JSON (" + why + ")", "download it again", e);
    }
  }

  int integer(String field, JsonNode value, int largest) {
    boolean whole = value.isIntegralNumber() && value.canConvertToInt();
    if (!whole || value.asInt() < 1 || value.asInt() > largest) {
      throw fault(field + " is " + shown(value) + ", not a whole number in 1.." + largest);
    }
    return value.asInt();
  }

  /** A field that is true or false, or false where it is missing. */
  boolean flag(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isBoolean() && !value.isNull() && !value.isMissingNode()) {
      throw fault(field + " is " + shown(value) + ", neither true nor false");
    }
    return value.asBoolean(false);
  }

  /**
   * Three numbers, one a channel.
   *
   * @param path of the node, for messages
   */
  List<Double> channels(JsonNode node, String path, String field) {
    JsonNode value = node.path(field);
    List<Double> channels = new ArrayList<>();
    value.forEach(channel -> channels.add(channel.isNumber() ? channel.asDouble() : Double.NaN));
    if (!value.isArray() || channels.size() != 3) {
      throw fault(path + field + " is " + shown(value) + ", not three numbers");
    }
    return channels;
  }

  static String shown(JsonNode value) {
    return value.isMissingNode() ? "missing" : cut(value.toString());
  }

  /** A file of a mebibyte must not make a message of one. */
  static String cut(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  InputException fault(String problem) {
    return new InputException(file, problem, "correct the file or download it again");
  }
}
