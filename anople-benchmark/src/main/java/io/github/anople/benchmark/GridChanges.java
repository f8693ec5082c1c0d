package io.github.anople.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.InputException;
import io.github.anople.torch.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is changed of a grid for one call; an empty list or map changes nothing.
 *
 * @param categories which categories of its data sets
 * @param shots numbers of shots
 * @param seeds the seeds
 * @param variants names of the variants to keep
 * @param preset what all variants begin with
 * @param settings settings of all variants, by name, as {@link Settings#toJson} takes them
 */
public record GridChanges(
    List<String> categories,
    List<Integer> shots,
    List<Long> seeds,
    List<String> variants,
    Optional<Preset> preset,
    Map<String, String> settings) {

  /**
   * The changed grid.
   *
   * @param grid the grid
   * @return a new one
   * @throws InputException if it has no such variant, or no longer makes sense
   */
  public Grid of(Grid grid) {
    return new Grid(
        grid.name(),
        grid.paper(),
        grid.metrics(),
        grid.plot(),
        grid.data().stream()
            .map(
                data ->
                    categories.isEmpty()
                        ? data
                        : new GridData(data.name(), data.layout(), data.root(), categories))
            .toList(),
        shots.isEmpty() ? grid.shots() : shots,
        seeds.isEmpty() ? grid.seeds() : seeds,
        kept(grid.variants()).stream().map(this::set).toList());
  }

  private List<Variant> kept(List<Variant> all) {
    List<String> names = all.stream().map(Variant::name).toList();
    for (String name : variants) {
      if (!names.contains(name)) {
        throw new InputException(
            "grid",
            "has no variant " + InputException.quoted(name),
            "choose from " + String.join(", ", names));
      }
    }
    return variants.isEmpty()
        ? all
        : all.stream().filter(variant -> variants.contains(variant.name())).toList();
  }

  private Variant set(Variant variant) {
    JsonMapper mapper = new JsonMapper();
    try {
      ObjectNode changed = (ObjectNode) mapper.readTree(variant.settings());
      changed.remove(settings.keySet()); // The last one wins.
      changed.setAll((ObjectNode) mapper.readTree(Settings.toJson(settings)));
      return new Variant(
          variant.name(),
          variant.method(),
          variant.fittedOn(),
          preset.orElse(variant.preset()),
          changed.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("settings of " + variant, e);
    }
  }
}
