package io.github.anople.inspect.predict;

import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.Part;
import io.github.anople.inspect.report.PartRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parts whose views come one by one. */
final class PartsInWork {

  private final PartRule rule;
  private final Map<String, List<Inspection>> seen = new LinkedHashMap<>();

  PartsInWork(PartRule rule) {
    this.rule = rule;
  }

  /** A view of an earlier watch, which is not told again. */
  void resume(Inspection view) {
    ofPart(view).add(view);
  }

  /** One more view; the part, where all its views have come now. */
  Optional<Part> add(Inspection view, List<Failure> failures) {
    ofPart(view).add(view);
    return arrived(view.path(), failures);
  }

  /** One more has come, whatever became of it; its part, where all its views have come now. */
  Optional<Part> arrived(String path, List<Failure> failures) {
    if (rule.views().isEmpty() || rule.pattern().match(path).isEmpty()) {
      return Optional.empty();
    }
    String name = rule.part(path);
    List<String> failed =
        failures.stream().map(Failure::path).filter(one -> rule.part(one).equals(name)).toList();
    return Part.of(seen.getOrDefault(name, List.of()), failed, rule).stream()
        .filter(part -> part.missing() == 0)
        .findFirst();
  }

  private List<Inspection> ofPart(Inspection view) {
    return seen.computeIfAbsent(rule.part(view.path()), any -> new ArrayList<>());
  }
}
