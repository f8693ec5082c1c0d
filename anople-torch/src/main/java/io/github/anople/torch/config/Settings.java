package io.github.anople.torch.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.anople.core.InputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Settings by name, for what people write: {@code prompts.depth=7}. */
public final class Settings {

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Shows which settings there are, and which of them are text or lists. */
  private static final ObjectNode EXAMPLE = object(TrainingConfig.mvtec().whole(), "preset");

  private static final List<String> NAMES = names(EXAMPLE, "");

  private Settings() {}

  /**
   * All names.
   *
   * @return in the order in which a configuration is written
   */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * What is wrong with a name.
   *
   * @param name any text
   * @return empty for a setting's name; else one sentence that tells which names are meant
   */
  public static Optional<String> fault(String name) {
    if (NAMES.contains(name)) {
      return Optional.empty();
    }
    List<String> near = near(name);
    return Optional.of(
        "there is no setting %s: use %s"
            .formatted(
                InputException.quoted(name),
                near.isEmpty() ? "one of " + String.join(", ", NAMES) : String.join(" or ", near)));
  }

  /** Its name of old, the members of its group, or names that differ in few letters. */
  private static List<String> near(String name) {
    Optional<String> renamed = FlatSettings.today(name);
    Stream<String> candidates =
        renamed.isPresent()
            ? renamed.stream()
            : NAMES.stream()
                .filter(
                    known ->
                        known.startsWith(name + ".")
                            || known.endsWith("." + name)
                            || distance(known, name) <= 3
                            || distance(known.substring(known.indexOf('.') + 1), name) <= 2);
    return candidates.toList();
  }

  /** Levenshtein's: letters to add, leave out or change. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }

  /**
   * Values that somebody typed, as JSON: text needs no quotes, and a list is written with commas.
   *
   * @param typed values by name
   * @return an object of values by name, in the same order
   * @throws InputException if there is no such setting
   */
  public static String toJson(Map<String, String> typed) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    typed.forEach(
        (name, text) -> {
          fault(name)
              .ifPresent(
                  problem -> {
                    throw new InputException("settings", problem, "correct the name");
                  });
          json.set(name, value(text, EXAMPLE.at("/" + name.replace('.', '/'))));
        });
    return json.toString();
  }

  private static JsonNode value(String text, JsonNode example) {
    if (example.isTextual()) {
      return new TextNode(text);
    }
    try {
      JsonNode value = MAPPER.readTree(text);
      if (value.isArray() || (value.isValueNode() && !example.isArray())) {
        return value;
      }
    } catch (JsonProcessingException e) {
      // Text, then.
    }
    if (!example.isArray()) {
      return new TextNode(text);
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    boolean numbers = example.isEmpty() || example.get(0).isNumber();
    for (String element : text.split(",", -1)) {
      list.add(numbers ? number(element.strip()) : new TextNode(element.strip()));
    }
    return list;
  }

  /** Text that is no number stays text: whoever reads it tells the fault. */
  private static JsonNode number(String text) {
    try {
      return new DecimalNode(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return new TextNode(text);
    }
  }

  /** A configuration's JSON with changes, in today's form or that of old. */
  static String changed(String config, String changes, String where) {
    ObjectNode tree = object(config, where);
    apply(object(changes, where), "", tree, where);
    return tree.toString();
  }

  private static void apply(ObjectNode changes, String group, ObjectNode tree, String where) {
    changes
        .properties()
        .forEach(
            field -> {
              String name =
                  group.isEmpty()
                      ? FlatSettings.today(field.getKey(), field.getValue())
                      : group + "." + field.getKey();
              if (field.getValue() instanceof ObjectNode members && EXAMPLE.get(name) != null) {
                apply(members, name, tree, where);
                return;
              }
              fault(name)
                  .ifPresent(
                      problem -> {
                        throw new InputException(where, problem, "correct the name");
                      });
              put(tree, name, FlatSettings.value(field.getValue()));
            });
  }

  /** Puts a value where its name says. */
  static void put(ObjectNode tree, String name, JsonNode value) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      tree.set(name, value);
    } else {
      // withObjectProperty says it better, but Spark 3.5 has an older Jackson.
      JsonPointer group = JsonPointer.empty().appendProperty(name.substring(0, dot));
      tree.withObject(group).set(name.substring(dot + 1), value);
    }
  }

  /** A value that this program wrote down as JSON. */
  static JsonNode json(String value) {
    try {
      return MAPPER.readTree(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(value, e);
    }
  }

  /** A configuration's JSON without one of its groups. */
  static String without(String group, String config) {
    ObjectNode tree = object(config, group);
    tree.remove(group);
    return tree.toString();
  }

  private static ObjectNode object(String json, String where) {
    try {
      if (MAPPER.readTree(json) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      // Told below.
    }
    throw new InputException(
        where, "its settings are not a JSON object", "write them as {\"prompts.depth\": 7}");
  }

  private static List<String> names(ObjectNode tree, String prefix) {
    List<String> names = new ArrayList<>();
    tree.properties()
        .forEach(
            field -> {
              if (field.getValue() instanceof ObjectNode group) {
                names.addAll(names(group, field.getKey() + "."));
              } else {
                names.add(prefix + field.getKey());
              }
            });
    return List.copyOf(names);
  }
}
