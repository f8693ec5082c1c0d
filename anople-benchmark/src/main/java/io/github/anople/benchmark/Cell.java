package io.github.anople.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One run of a benchmark: a detector fitted on the shots of some categories and tested on each.
 *
 * @param data the data set
 * @param variant what is run
 * @param fitted which categories it is fitted on, together
 * @param categories which categories it is tested on, each alone
 * @param shots good pictures of each category
 * @param seed of the shots and of all draws
 */
public record Cell(
    GridData data,
    Variant variant,
    List<String> fitted,
    List<String> categories,
    int shots,
    long seed) {

  /** Field of the fingerprint of its files in {@link #dependencies}. */
  static final String FILES = "files";

  /** One run of a benchmark. */
  public Cell {
    fitted = List.copyOf(fitted);
    categories = List.copyOf(categories);
  }

  /**
   * A run that is tested on what it is fitted on.
   *
   * @param data the data set
   * @param variant what is run
   * @param categories which categories
   * @param shots good pictures of each category
   * @param seed of the shots and of all draws
   */
  public Cell(GridData data, Variant variant, List<String> categories, int shots, long seed) {
    this(data, variant, categories, categories, shots, seed);
  }

  /**
   * All categories that it looks at.
   *
   * @return each once
   */
  public List<String> involved() {
    return Stream.concat(fitted.stream(), categories.stream()).distinct().toList();
  }

  /**
   * Where its files lie.
   *
   * @return a path of names that every file system takes, {@code /} between them
   */
  public String folder() {
    return String.format(
        Locale.ROOT,
        "%s/%s/%s/shots-%d-seed-%d",
        PlainName.of(data.name()),
        PlainName.of(variant.name()),
        variant.fittedOn() == FittedOn.ALL ? "all-categories" : PlainName.of(categories.get(0)),
        shots,
        seed);
  }

  /**
   * What its categories' files are called and how large they are, to tell whether a copy of the
   * data set is the same.
   *
   * @return a SHA-256 of training images, test images and masks, lower-case hexadecimal
   * @throws io.github.anople.core.InputException if the data set cannot be listed
   */
  public String files() {
    return Fingerprints.ofCopies(this);
  }

  /**
   * All that its outcome depends on.
   *
   * @param runner of {@link CellRunner#configuration}
   * @return JSON that differs wherever the outcome might
   * @throws io.github.anople.core.InputException if the data set cannot be listed
   */
  public String dependencies(String runner) {
    return dependencies(runner, new Fingerprints().of(this)).toString();
  }

  /** The same where the fingerprint of its files is known. */
  ObjectNode dependencies(String runner, String files) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.set("cell", toJson());
    whole.putRawValue("runner", new RawValue(runner));
    return whole.put(FILES, files);
  }

  /** All of it, for the record. */
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode set = json.putObject("data").put("name", data.name());
    set.put("layout", data.layout().id());
    set.put("root", data.root().toAbsolutePath().normalize().toString());
    json.put("variant", variant.name());
    json.put("method", variant.method().id());
    json.put("fitted_on", variant.fittedOn().id());
    var names = json.putArray("categories");
    categories.forEach(names::add);
    if (!fitted.equals(categories)) {
      var others = json.putArray("fitted");
      fitted.forEach(others::add);
    }
    json.put("shots", shots);
    json.put("seed", seed);
    return json;
  }

  /** For people: data set, category, shots, seed and variant. */
  @Override
  public String toString() {
    String what =
        switch (variant.fittedOn()) {
          case ALL -> categories.size() + " categories";
          case ONE -> categories.get(0);
          case OTHERS -> categories.get(0) + " left out";
        };
    String count = shots == 1 ? "1 shot" : shots + " shots";
    return String.format(
        Locale.ROOT, "%s, %s, %s, %s, seed %d", variant.name(), data.name(), what, count, seed);
  }
}
