package io.github.anople.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.InputException;
import io.github.anople.core.JsonFault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads a JSON object whose every field must be there, of its type, and known; a fault names the
 * file and the field.
 *
 * <p>Not by data binding: its messages speak of classes, and it needs reflection.
 */
public final class StrictJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String REMEDY =
      "make the file again, or use the version of this program that wrote it";

  private final String where;
  private final String remedy;
  private final String path;
  private final JsonNode object;
  private final Set<String> read = new HashSet<>();

  private StrictJson(String where, String remedy, String path, JsonNode object) {
    this.where = where;
    this.remedy = remedy;
    this.path = path;
    this.object = object;
  }

  /**
   * Reads the object that a text holds.
   *
   * @param where the file, for messages
   * @param name what the object is called there
   * @param reader reads every field there should be; its IllegalArgumentException is the file's
   *     fault
   * @param <T> what the reader makes of it
   * @param text the text
   * @return what the reader made
   * @throws InputException if the text is no such object
   */
  public static <T> T parse(
      String text, String where, String name, Function<StrictJson, T> reader) {
    return parse(text, where, name, REMEDY, reader);
  }

  /**
   * Reads the object that a person's text holds.
   *
   * @param where the file, for messages
   * @param name what the object is called there
   * @param remedy what that person can do about a fault
   * @param reader reads every field there should be; its IllegalArgumentException is the file's
   *     fault
   * @param <T> what the reader makes of it
   * @param text the text
   * @return what the reader made
   * @throws InputException if the text is no such object
   */
  public static <T> T parse(
      String text, String where, String name, String remedy, Function<StrictJson, T> reader) {
    JsonNode tree;
    try {
      // Some editors put a byte order mark first.
      tree = MAPPER.readTree(text.startsWith("\ufeff") ? text.substring(1) : text);
    } catch (JsonProcessingException e) {
      throw new InputException(where + ", " + name, "is not JSON: " + JsonFault.of(e), remedy);
    }
    return read(where, remedy, name, tree, reader);
  }

  /**
   * Whether a field is there, for one that may be left out.
   *
   * @param name the field's name
   * @return whether it is
   */
  public boolean has(String name) {
    return object.has(name);
  }

  /**
   * A field that holds an object whose fields are another reader's business.
   *
   * @param name the field's name
   * @return the object as JSON
   */
  public String json(String name) {
    JsonNode value = field(name);
    if (!value.isObject()) {
      throw fault(path + "." + name, "should be an object, is " + kind(value));
    }
    return value.toString();
  }

  /**
   * A field that holds a list of whole numbers.
   *
   * @param name the field's name
   * @return its values
   */
  public List<Long> integers(String name) {
    List<Long> values = new ArrayList<>();
    for (JsonNode value : list(name)) {
      if (!value.isIntegralNumber() || !value.canConvertToLong()) {
        String at = path + "." + name + "[" + values.size() + "]";
        throw fault(at, "should be a whole number of 64 bits, is " + kind(value));
      }
      values.add(value.longValue());
    }
    return List.copyOf(values);
  }

  /**
   * A field that holds a list of numbers.
   *
   * @param name the field's name
   * @return its values, finite
   */
  public List<Double> numbers(String name) {
    List<Double> values = new ArrayList<>();
    for (JsonNode value : list(name)) {
      values.add(number(value, path + "." + name + "[" + values.size() + "]"));
    }
    return List.copyOf(values);
  }

  /**
   * Whether a field is there and holds a list, for one that may be told in several ways.
   *
   * @param name the field's name
   * @return whether it does
   */
  public boolean isList(String name) {
    return object.path(name).isArray();
  }

  /**
   * A field that holds a list of lists of lists of numbers, such as the corners of polygons.
   *
   * @param name the field's name
   * @return its values, finite
   */
  public List<List<List<Double>>> paths(String name) {
    List<List<List<Double>>> paths = new ArrayList<>();
    for (JsonNode path : list(name)) {
      String at = this.path + "." + name + "[" + paths.size() + "]";
      List<List<Double>> points = new ArrayList<>();
      for (JsonNode point : requireList(path, at)) {
        String place = at + "[" + points.size() + "]";
        List<Double> values = new ArrayList<>();
        for (JsonNode value : requireList(point, place)) {
          values.add(number(value, place + "[" + values.size() + "]"));
        }
        points.add(values);
      }
      paths.add(points);
    }
    return paths;
  }

  /**
   * A field that holds text.
   *
   * @param name the field's name
   * @return its value
   */
  public String text(String name) {
    JsonNode value = field(name);
    if (!value.isTextual()) {
      throw fault(path + "." + name, "should be text, is " + kind(value));
    }
    return value.textValue();
  }

  /**
   * A field that holds a whole number.
   *
   * @param name the field's name
   * @return its value
   */
  public long integer(String name) {
    JsonNode value = field(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw fault(path + "." + name, "should be a whole number of 64 bits, is " + kind(value));
    }
    return value.longValue();
  }

  /**
   * A field that holds a number.
   *
   * @param name the field's name
   * @return its value, finite
   */
  public double number(String name) {
    return number(field(name), path + "." + name);
  }

  private double number(JsonNode value, String at) {
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw fault(at, "should be a number, is " + kind(value));
    }
    return value.doubleValue();
  }

  /**
   * A field that holds true or false.
   *
   * @param name the field's name
   * @return its value
   */
  public boolean flag(String name) {
    JsonNode value = field(name);
    if (!value.isBoolean()) {
      throw fault(path + "." + name, "should be true or false, is " + kind(value));
    }
    return value.booleanValue();
  }

  /**
   * A field that holds a whole number of 32 bits.
   *
   * @param name the field's name
   * @return its value
   */
  public int count(String name) {
    JsonNode value = field(name);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw fault(path + "." + name, "should be a whole number of 32 bits, is " + kind(value));
    }
    return value.intValue();
  }

  /**
   * A field that holds an object.
   *
   * @param <T> what the reader makes of it
   * @param name the field's name
   * @param reader reads every field there should be
   * @return what the reader made
   */
  public <T> T object(String name, Function<StrictJson, T> reader) {
    return read(where, remedy, path + "." + name, field(name), reader);
  }

  /**
   * A field that holds a list of objects.
   *
   * @param <T> what the reader makes of each
   * @param name the field's name
   * @param reader reads every field there should be
   * @return what the reader made
   */
  public <T> List<T> objects(String name, Function<StrictJson, T> reader) {
    List<T> values = new ArrayList<>();
    for (JsonNode value : list(name)) {
      String at = path + "." + name + "[" + values.size() + "]";
      values.add(read(where, remedy, at, value, reader));
    }
    return List.copyOf(values);
  }

  /**
   * A field that holds a list of texts.
   *
   * @param name the field's name
   * @return its values
   */
  public List<String> texts(String name) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : list(name)) {
      if (!value.isTextual()) {
        String at = path + "." + name + "[" + values.size() + "]";
        throw fault(at, "should be text, is " + kind(value));
      }
      values.add(value.textValue());
    }
    return List.copyOf(values);
  }

  private static <T> T read(
      String where, String remedy, String path, JsonNode node, Function<StrictJson, T> reader) {
    StrictJson json = new StrictJson(where, remedy, path, node);
    if (!node.isObject()) {
      throw json.fault(path, "should be an object, is " + kind(node));
    }
    T value;
    try {
      value = reader.apply(json);
    } catch (IllegalArgumentException e) {
      throw json.fault(path, e.getMessage());
    }
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!json.read.contains(name)) {
        throw json.fault(path + "." + name, "is not a field that this version knows");
      }
    }
    return value;
  }

  private JsonNode list(String name) {
    return requireList(field(name), path + "." + name);
  }

  private JsonNode requireList(JsonNode value, String at) {
    if (!value.isArray()) {
      throw fault(at, "should be a list, is " + kind(value));
    }
    return value;
  }

  private JsonNode field(String name) {
    read.add(name);
    JsonNode value = object.get(name);
    if (value == null) {
      throw fault(path + "." + name, "is missing");
    }
    return value;
  }

  private InputException fault(String field, String problem) {
    return new InputException(where + ", " + field, problem, remedy);
  }

  private static String kind(JsonNode value) {
    String type = value.getNodeType().name().toLowerCase(Locale.ROOT);
    String text = value.toString();
    return value.isValueNode() && text.length() <= 40 ? type + " " + text : type;
  }
}
