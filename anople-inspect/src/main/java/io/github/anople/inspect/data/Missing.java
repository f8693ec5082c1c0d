package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Files that a list names and that are not there: counted, the first of each kind named. */
final class Missing {

  private final Path list;
  private final Listing listing;
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<String, Path> first = new TreeMap<>();

  Missing(Path list, Listing listing) {
    this.list = list;
    this.listing = listing;
  }

  /** Whether a file is there. */
  boolean has(Path file, String kind) {
    if (Files.isRegularFile(file)) {
      return true;
    }
    counts.merge(kind, 1, Integer::sum);
    first.putIfAbsent(kind, file);
    return false;
  }

  /** Tells the listing, a fault for each kind. */
  void tell() {
    counts.forEach(
        (kind, count) ->
            listing.fault(
                new InputException(
                    list,
                    "names %d %s%s not there (%s)"
                        .formatted(
                            count, kind, count == 1 ? " that is" : "s that are", first.get(kind)),
                    "restore what is missing")));
  }
}
