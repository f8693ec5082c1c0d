package io.github.anople.benchmark.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.InputException;
import java.util.Map;
import java.util.TreeMap;

/** Tells in what an executor's runner differs from the driver's. */
final class Configurations {

  private Configurations() {}

  /**
   * Compares two configurations.
   *
   * @param driver JSON of the driver's runner
   * @param executor JSON of the executor's
   * @throws InputException naming the first value that differs
   */
  static void check(String driver, String executor) {
    Map<String, String> wanted = values(driver);
    Map<String, String> there = values(executor);
    TreeMap<String, String> all = new TreeMap<>(wanted);
    all.putAll(there);
    for (String name : all.keySet()) {
      String want = wanted.getOrDefault(name, "nothing");
      String have = there.getOrDefault(name, "nothing");
      if (!want.equals(have)) {
        throw new InputException(
            "the program",
            "has %s for %s, and the driver has %s".formatted(have, name, want),
            remedy(name));
      }
    }
  }

  private static String remedy(String name) {
    if (name.equals("program")) {
      return "give all machines the same version of the program";
    }
    if (name.equals("backbone.precision")) {
      return "name a number format that all machines compute with, such as fp32";
    }
    return "give all machines the same backbone and encoders";
  }

  private static Map<String, String> values(String json) {
    try {
      Map<String, String> values = new TreeMap<>();
      collect("", new JsonMapper().readTree(json), values);
      return values;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void collect(String name, JsonNode node, Map<String, String> values) {
    if (node.isValueNode()) {
      values.put(name, node.asText());
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(name + "[" + i + "]", node.get(i), values);
      }
    } else {
      String start = name.isEmpty() ? "" : name + ".";
      node.properties().forEach(one -> collect(start + one.getKey(), one.getValue(), values));
    }
  }
}
