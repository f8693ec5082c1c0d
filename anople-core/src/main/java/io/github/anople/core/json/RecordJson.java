package io.github.anople.core.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.github.anople.core.InputException;
import io.github.anople.core.JsonFault;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Records as JSON and back: every component must be there, of its type, and nothing else; a fault
 * names the file, the field and its value. Components are named as in {@code snake_case}.
 *
 * <p>A record's own checks speak for themselves: an {@link InputException} passes as it is, and an
 * {@link IllegalArgumentException} is told as the fault of the field.
 */
public final class RecordJson {

  private static final int MOST_SHOWN = 40;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfigDefaults(
              config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
          .withCoercionConfig(
              LogicalType.Textual,
              config ->
                  config
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .addModule(
              new SimpleModule()
                  .addDeserializer(double.class, new Finite())
                  .addDeserializer(Double.class, new Finite()))
          .build();

  private RecordJson() {}

  /**
   * Reads a record.
   *
   * @param <T> the record's type
   * @param text the text
   * @param type the record's type
   * @param source where the text is from, and what to do about a fault in it
   * @return the record, checked
   * @throws InputException if the text is not JSON, or not such a record
   */
  public static <T extends Record> T read(String text, Class<T> type, Source source) {
    // Some editors put a byte order mark first.
    String json = text.startsWith("\ufeff") ? text.substring(1) : text;
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw source.fault("", "should be an object, is null");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw fault(e, json, source);
    }
  }

  /**
   * Where a text is from, for messages.
   *
   * @param where the file
   * @param name what the object is called there, before the names of its fields
   * @param remedy what to do about a fault
   */
  public record Source(String where, String name, String remedy) {

    private InputException fault(String path, String problem) {
      return new InputException(where + ", " + name + path, problem, remedy);
    }
  }

  /**
   * A record as JSON, its components in their order.
   *
   * @param value the record
   * @return one line, which {@link #read} reads
   */
  public static String write(Record value) {
    return MAPPER.valueToTree(value).toString();
  }

  /**
   * The same for people.
   *
   * @param value the record
   * @return some lines, which {@link #read} reads
   */
  public static String pretty(Record value) {
    return MAPPER.valueToTree(value).toPrettyString();
  }

  private static InputException fault(JsonProcessingException fault, String json, Source source) {
    JsonNode whole;
    try {
      whole = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      return source.fault("", "is not JSON: " + JsonFault.of(e));
    }
    if (whole.isMissingNode()) {
      return source.fault("", "is empty");
    }
    for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof InputException own) {
        return own;
      }
    }
    String path = "";
    JsonNode value = whole;
    if (fault instanceof JsonMappingException mapping) {
      for (JsonMappingException.Reference step : mapping.getPath()) {
        boolean named = step.getFieldName() != null;
        path += named ? "." + step.getFieldName() : "[" + step.getIndex() + "]";
        value = named ? value.path(step.getFieldName()) : value.path(step.getIndex());
      }
    }
    return source.fault(path, problem(fault, value));
  }

  private static String problem(JsonProcessingException fault, JsonNode value) {
    if (fault instanceof UnrecognizedPropertyException unknown) {
      Collection<Object> known = unknown.getKnownPropertyIds();
      return "is not a field that this version knows"
          + (known == null
              ? ""
              : "; known are "
                  + known.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
    if (fault.getCause() instanceof IllegalArgumentException own) {
      return own.getMessage();
    }
    return value.isMissingNode()
        ? "is missing"
        : "should be " + wanted(fault) + ", is " + kind(value);
  }

  private static String wanted(JsonProcessingException fault) {
    Class<?> type = Object.class;
    if (fault instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      type = mismatch.getTargetType();
    } else if (fault.getCause() instanceof InputCoercionException coercion) {
      type = coercion.getTargetType();
    }
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(one -> MAPPER.valueToTree(one).asText())
              .collect(Collectors.joining(", "));
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return switch (type.getSimpleName()) {
      case "int", "Integer" -> "a whole number of 32 bits";
      case "long", "Long" -> "a whole number of 64 bits";
      case "double", "Double" -> "a number";
      case "boolean", "Boolean" -> "true or false";
      case "String" -> "text";
      default -> "an object";
    };
  }

  private static String kind(JsonNode value) {
    String type = value.getNodeType().name().toLowerCase(Locale.ROOT);
    String text = value.toString();
    if (value.isNull()) {
      return text;
    }
    return value.isValueNode() && text.length() <= MOST_SHOWN ? type + " " + text : type;
  }

  /** A number that a double can hold: 1e400 would become infinite. */
  private static final class Finite extends StdScalarDeserializer<Double> {

    private static final long serialVersionUID = 1;

    Finite() {
      super(double.class);
    }

    @Override
    public Double deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.currentToken().isNumeric()) {
        return (Double) context.handleUnexpectedToken(double.class, parser);
      }
      double value = parser.getDoubleValue();
      if (!Double.isFinite(value)) {
        throw MismatchedInputException.from(parser, double.class, "not finite");
      }
      return value;
    }

    @Override
    public Double getNullValue(DeserializationContext context) throws JsonMappingException {
      throw MismatchedInputException.from(context.getParser(), double.class, "null");
    }
  }
}
