package io.github.anople.onnx;

import io.github.anople.core.InputException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The entries of a graph's metadata, each checked for what it is.
 *
 * @param properties by key
 * @param where the file, for messages
 */
record MetadataReader(Map<String, String> properties, String where) {

  boolean has(String key) {
    return properties.containsKey(key);
  }

  String text(String key) {
    String value = properties.get(key);
    if (value == null) {
      throw fault(key, "is missing");
    }
    return value;
  }

  double number(String key) {
    try {
      double value = Double.parseDouble(text(key));
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw fault(key, "is not a number: " + InputException.quoted(text(key)));
  }

  /** A number from 0 to 1. */
  float threshold(String key) {
    float value = (float) number(key);
    if (value < 0 || value > 1) {
      throw fault(key, "is not a score from 0 to 1: " + InputException.quoted(text(key)));
    }
    return value;
  }

  int side(String key) {
    return side(key, number(key));
  }

  private int side(String key, double value) {
    if (value < 1 || value > 1 << 14 || value != Math.rint(value)) {
      throw fault(key, "is not the side of a picture: " + InputException.quoted(text(key)));
    }
    return (int) value;
  }

  /** None where the entry is missing. */
  List<Integer> sides(String key) {
    if (!has(key)) {
      return List.of();
    }
    List<Integer> sides = new ArrayList<>();
    for (String one : text(key).split(",", -1)) {
      sides.add(one.matches("\\d{1,5}") ? side(key, Integer.parseInt(one)) : side(key, 0));
    }
    return sides;
  }

  byte[] bytes(String key) {
    try {
      return Base64.getDecoder().decode(text(key));
    } catch (IllegalArgumentException e) {
      throw fault(key, "is not base64");
    }
  }

  InputException fault(String key, String problem) {
    return new InputException(
        where, "its metadata entry " + key + " " + problem, "export the detector again");
  }
}
