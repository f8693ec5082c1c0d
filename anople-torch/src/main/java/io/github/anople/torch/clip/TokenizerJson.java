package io.github.anople.torch.clip;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.anople.core.InputException;
import io.github.anople.core.JsonFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The merges in a {@code tokenizer.json} of transformers, as {@code merges.txt} has them: they are
 * at {@code model.merges}, each as {@code "a b"} or as {@code ["a", "b"]}.
 */
final class TokenizerJson {

  /** CLIP's has 2 to 4 MB. */
  private static final int MAX_BYTES = 64 << 20;

  private static final String REMEDY =
      "put the merges.txt of the same model beside it, or CLIP's bpe_simple_vocab_16e6.txt.gz";

  private final InputStream source;
  private final String name;

  TokenizerJson(InputStream source, String name) {
    this.source = source;
    this.name = name;
  }

  /** A comment line, then a merge a line. */
  InputStream merges() {
    try {
      byte[] bytes = source.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new InputException(name, "is longer than " + MAX_BYTES + " bytes", REMEDY);
      }
      StringBuilder lines = new StringBuilder("#merges\n");
      boolean found;
      try (JsonParser json = new JsonFactory().createParser(bytes)) {
        found = find(json, "model") && find(json, "merges") && read(json, lines);
      }
      if (!found) {
        throw new InputException(
            name, "holds no merges (model.merges), without which no text can be read", REMEDY);
      }
      return new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new InputException(
          name, "is not readable JSON (" + JsonFault.of(e) + ")", "download it again", e);
    } catch (IOException e) {
      throw new InputException(
          name, "cannot be read (" + e.getMessage() + ")", "check that you may read it", e);
    }
  }

  /** Into an object, up to the value of one of its fields. */
  private static boolean find(JsonParser json, String field) throws IOException {
    if (json.currentToken() == null) {
      json.nextToken();
    }
    if (json.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = json.currentName().equals(field);
      json.nextToken();
      if (wanted) {
        return true;
      }
      json.skipChildren();
    }
    return false;
  }

  private boolean read(JsonParser json, StringBuilder lines) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return false;
    }
    int merges = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      merges++;
      lines.append(merge(json, merges)).append('\n');
    }
    return merges > 0;
  }

  private String merge(JsonParser json, int number) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return oneLine(json.getText(), number);
    }
    boolean pair = json.currentToken() == JsonToken.START_ARRAY;
    String left = pair ? json.nextTextValue() : null;
    String right = left == null ? null : json.nextTextValue();
    if (right == null || json.nextToken() != JsonToken.END_ARRAY) {
      throw new InputException(name, "merge " + number + " is not two symbols", REMEDY);
    }
    return oneLine(left + " " + right, number);
  }

  /** A line break in a symbol would make two merges of one. */
  private String oneLine(String merge, int number) {
    if (merge.indexOf('\n') >= 0) {
      throw new InputException(name, "merge " + number + " has a line break", REMEDY);
    }
    return merge;
  }
}
