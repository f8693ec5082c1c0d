package io.github.anople.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which categories of a data set a detector learns from, and which it is tested on. */
public enum FittedOn {
  /** One detector of all categories, tested on each. */
  ALL {
    @Override
    List<Group> groups(List<String> categories) {
      return List.of(new Group(categories, categories));
    }
  },
  /** A detector for each category. */
  ONE {
    @Override
    List<Group> groups(List<String> categories) {
      return categories.stream().map(List::of).map(one -> new Group(one, one)).toList();
    }
  },
  /** For each category a detector of all the others, which has never seen it: leave one out. */
  OTHERS {
    @Override
    List<Group> groups(List<String> categories) {
      return categories.stream()
          .map(
              left ->
                  new Group(
                      categories.stream().filter(one -> !one.equals(left)).toList(), List.of(left)))
          .toList();
    }
  };

  /** What one detector learns from and is tested on. */
  record Group(List<String> fitted, List<String> tested) {}

  abstract List<Group> groups(List<String> categories);

  /**
   * Its name in files.
   *
   * @return lower case
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static FittedOn of(String id) {
    return Arrays.stream(values())
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "fitted_on '%s' is none of %s"
                        .formatted(
                            id,
                            Arrays.stream(values())
                                .map(FittedOn::id)
                                .collect(Collectors.joining(", ")))));
  }
}
