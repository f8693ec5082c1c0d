package io.github.anople.core.tensorfile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.anople.core.InputException;
import io.github.anople.core.JsonFault;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The header of a safetensors file: 8 bytes of length N (little-endian), N bytes of JSON (UTF-8, an
 * object, padded with spaces), then the buffer that the offsets count from.
 *
 * @param metadata the free text, unmodifiable
 * @param tensors in the order of their bytes, unmodifiable
 */
record SafetensorsHeader(Map<String, String> metadata, List<TensorInfo> tensors) {

  /** The length's own bytes. */
  static final int PREFIX = Long.BYTES;

  /** The format's own limit. */
  static final long MAX_LENGTH = 100_000_000;

  /** The key that is not a tensor. */
  static final String METADATA = "__metadata__";

  /** Far above any real model; keeps a header of nothing but tiny entries from filling the heap. */
  static final int MAX_TENSORS = 200_000;

  /** As many dimensions as the common tensor engines allow. */
  static final int MAX_RANK = 64;

  private static final String DAMAGED =
      "the file is damaged or not a safetensors file: fetch or write it again";

  /** Reads and checks the header. */
  static SafetensorsHeader read(BinaryFile file) {
    if (file.size() < PREFIX) {
      throw new InputException(
          file.path(), "has %d bytes, a header needs 8".formatted(file.size()), DAMAGED);
    }
    long length = file.read(0, PREFIX).getLong(0);
    if (length < 0 || length > MAX_LENGTH) {
      throw new InputException(
          file.path(),
          "states a header of %s bytes, the format's limit is %d"
              .formatted(Long.toUnsignedString(length), MAX_LENGTH),
          DAMAGED);
    }
    if (length > file.size() - PREFIX) {
      throw new InputException(
          file.path(),
          "states a header of %d bytes but has only %d after the length"
              .formatted(length, file.size() - PREFIX),
          DAMAGED);
    }
    return new Parsing(file.path(), PREFIX + length, file.size()).header(file);
  }

  /** One pass over the JSON of one file. */
  private static final class Parsing {

    private final Path path;
    private final long bufferBegin;
    private final long fileSize;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<TensorInfo> tensors = new ArrayList<>();

    Parsing(Path path, long bufferBegin, long fileSize) {
      this.path = path;
      this.bufferBegin = bufferBegin;
      this.fileSize = fileSize;
    }

    SafetensorsHeader header(BinaryFile file) {
      // A strict decoder: Jackson on bytes would also guess UTF-16 and let some bad UTF-8 pass.
      try (Reader characters =
              new InputStreamReader(
                  file.stream(PREFIX, bufferBegin - PREFIX), StandardCharsets.UTF_8.newDecoder());
          JsonParser json = jsonFactory().createParser(characters)) {
        entries(json);
      } catch (CharacterCodingException e) {
        throw new InputException(path, "the header is not UTF-8", DAMAGED, e);
      } catch (JsonProcessingException e) {
        throw new InputException(
            path, "the header is not valid JSON (" + JsonFault.of(e) + ")", DAMAGED, e);
      } catch (IOException e) {
        throw new InputException(path, "the header cannot be read (" + e + ")", DAMAGED, e);
      }
      tensors.sort(Comparator.comparingLong(TensorInfo::begin).thenComparing(TensorInfo::end));
      checkContiguous();
      return new SafetensorsHeader(
          Collections.unmodifiableMap(metadata), Collections.unmodifiableList(tensors));
    }

    private void entries(JsonParser json) throws IOException {
      if (json.nextToken() != JsonToken.START_OBJECT
          || json.currentLocation().getCharOffset() > 1) {
        throw new InputException(path, "the header does not begin with '{'", DAMAGED);
      }
      Set<String> seen = new HashSet<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (!seen.add(name)) {
          throw fault(name, "appears twice in the header");
        }
        json.nextToken();
        if (name.equals(METADATA)) {
          metadata(json);
        } else {
          tensor(json, name);
        }
      }
      if (json.nextToken() != null) {
        throw new InputException(path, "the header continues after its closing '}'", DAMAGED);
      }
    }

    private void metadata(JsonParser json) throws IOException {
      if (!json.hasToken(JsonToken.START_OBJECT)) {
        throw new InputException(path, "'__metadata__' is not an object of strings", DAMAGED);
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        if (json.nextToken() != JsonToken.VALUE_STRING) {
          throw new InputException(
              path,
              "the value of " + InputException.quoted(key) + " in '__metadata__' is not a string",
              DAMAGED);
        }
        if (metadata.put(key, json.getText()) != null) {
          throw new InputException(
              path, InputException.quoted(key) + " appears twice in '__metadata__'", DAMAGED);
        }
        checkCount(metadata.size(), "entries of '__metadata__'");
      }
    }

    private void tensor(JsonParser json, String name) throws IOException {
      if (!json.hasToken(JsonToken.START_OBJECT)) {
        throw fault(name, "its entry is not an object with dtype, shape and data_offsets");
      }
      DType dtype = null;
      List<Long> shape = null;
      List<Long> offsets = null;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "dtype" -> dtype = once(name, field, dtype, dtype(json, name));
          case "shape" -> shape = once(name, field, shape, integers(json, name, field));
          case "data_offsets" -> offsets = once(name, field, offsets, integers(json, name, field));
          default -> json.skipChildren(); // the reference reader ignores what it does not know
        }
      }
      require(name, "dtype", dtype);
      require(name, "shape", shape);
      require(name, "data_offsets", offsets);
      tensors.add(checked(name, dtype, shape, offsets));
      checkCount(tensors.size(), "tensors");
    }

    private DType dtype(JsonParser json, String name) throws IOException {
      if (!json.hasToken(JsonToken.VALUE_STRING)) {
        throw fault(name, "dtype is not a string");
      }
      String stated = json.getText();
      return DType.named(stated)
          .orElseThrow(
              () ->
                  new InputException(
                      where(name),
                      "the type " + InputException.quoted(stated) + " is not supported",
                      "convert it to F32, F16, BF16 or an integer type"));
    }

    private List<Long> integers(JsonParser json, String name, String field) throws IOException {
      if (!json.hasToken(JsonToken.START_ARRAY)) {
        throw fault(name, field + " is not an array");
      }
      List<Long> values = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (!json.hasToken(JsonToken.VALUE_NUMBER_INT)) {
          throw fault(
              name, field + " holds " + InputException.quoted(json.getText()) + ", not an integer");
        }
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER || json.getLongValue() < 0) {
          throw fault(
              name,
              field
                  + " holds "
                  + InputException.quoted(json.getText())
                  + ", negative or beyond 63 bits");
        }
        values.add(json.getLongValue());
        if (values.size() > MAX_RANK) {
          throw fault(name, field + " has more than " + MAX_RANK + " numbers");
        }
      }
      return values;
    }

    private TensorInfo checked(String name, DType dtype, List<Long> shape, List<Long> offsets) {
      long buffer = fileSize - bufferBegin;
      if (offsets.size() != 2) {
        throw fault(name, "data_offsets " + offsets + " are not two numbers");
      }
      long begin = offsets.get(0);
      long end = offsets.get(1);
      if (begin > end) {
        throw fault(name, "data_offsets " + offsets + " end before they begin");
      }
      if (end > buffer) {
        throw fault(
            name, "data_offsets %s reach beyond the %d bytes of data".formatted(offsets, buffer));
      }
      long needed;
      try {
        needed = Shapes.byteSize(shape, dtype);
      } catch (IllegalArgumentException e) {
        throw fault(name, e.getMessage());
      }
      if (needed != end - begin) {
        throw fault(
            name,
            "%s%s needs %d bytes but data_offsets %s hold %d"
                .formatted(dtype, shape, needed, offsets, end - begin));
      }
      return new TensorInfo(name, dtype, shape, bufferBegin + begin, bufferBegin + end);
    }

    /** The format's rule against hidden or shared bytes: each tensor begins where one ended. */
    private void checkContiguous() {
      long expected = bufferBegin;
      for (TensorInfo tensor : tensors) {
        if (tensor.begin() != expected) {
          throw fault(
              tensor.name(),
              "begins at data offset %d, %s: the tensor before it ends at %d"
                  .formatted(
                      tensor.begin() - bufferBegin,
                      tensor.begin() < expected ? "an overlap" : "a hole",
                      expected - bufferBegin));
        }
        expected = tensor.end();
      }
      if (expected != fileSize) {
        throw new InputException(
            path, "%d bytes follow the last tensor".formatted(fileSize - expected), DAMAGED);
      }
    }

    private void checkCount(int count, String what) {
      if (count > MAX_TENSORS) {
        throw new InputException(
            path, "the header has more than %d %s".formatted(MAX_TENSORS, what), DAMAGED);
      }
    }

    private <T> T once(String name, String field, T before, T now) {
      if (before != null) {
        throw fault(name, field + " appears twice");
      }
      return now;
    }

    private void require(String name, String field, Object value) {
      if (value == null) {
        throw fault(name, field + " is missing");
      }
    }

    private InputException fault(String tensor, String problem) {
      return new InputException(where(tensor), problem, DAMAGED);
    }

    private String where(String tensor) {
      return path + ", tensor " + InputException.quoted(tensor);
    }

    private static JsonFactory jsonFactory() {
      return JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength((int) MAX_LENGTH).build())
          // Reading from a Reader: positions in messages would quote the header's own text.
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();
    }
  }
}
