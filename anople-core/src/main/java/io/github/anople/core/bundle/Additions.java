package io.github.anople.core.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.InputException;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.json.StrictJson;
import io.github.anople.core.tensorfile.FloatTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a detector's memory was given after its training. Its rows lie behind those of the training,
 * in the order of the pictures, and so do its shots in the provenance.
 *
 * <p>Pictures that a program added before there were such records count as those of the training:
 * nothing tells them from these.
 *
 * @param trained the scene check's limits before the first of them; empty without such a check
 * @param all in the order of their versions
 */
public record Additions(Optional<SceneLimits> trained, List<Addition> all) {

  /** Of a detector as it was trained. */
  public static final Additions NONE = new Additions(Optional.empty(), List.of());

  private static final String NAME = "additions";

  /**
   * Additions.
   *
   * @throws IllegalArgumentException unless versions rise, no picture is there twice, and all or
   *     none have a scene check
   */
  public Additions {
    Objects.requireNonNull(trained, "trained");
    all = List.copyOf(all);
    int last = 0;
    Set<String> hashes = new HashSet<>();
    for (Addition one : all) {
      if (one.version() <= last) {
        throw new IllegalArgumentException("version " + one.version() + " after " + last);
      }
      last = one.version();
      for (Addition.Picture picture : one.pictures()) {
        if (!hashes.add(picture.sha256()) || picture.scene().isPresent() != trained.isPresent()) {
          throw new IllegalArgumentException(
              "a picture that is there twice, or without scene: "
                  + InputException.quoted(picture.name()));
        }
      }
    }
    if (all.isEmpty() && trained.isPresent()) {
      throw new IllegalArgumentException("limits before additions that are not there");
    }
  }

  /**
   * Whether the detector is as it was trained.
   *
   * @return whether there are none
   */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /**
   * The detector's version.
   *
   * @return that of the last addition; 0 as it was trained
   */
  public int version() {
    return all.isEmpty() ? 0 : all.get(all.size() - 1).version();
  }

  /**
   * All pictures that were added.
   *
   * @return in the order of their rows
   */
  public List<Addition.Picture> pictures() {
    return all.stream().flatMap(one -> one.pictures().stream()).toList();
  }

  /** The shots that they are in the provenance. */
  List<Provenance.Shot> shots() {
    return all.stream().flatMap(one -> one.pictures().stream().map(one::shot)).toList();
  }

  /** Whether these are of that detector: its last shots, and fewer rows than it has. */
  boolean fit(DetectorBundle bundle) {
    List<Provenance.Shot> known = bundle.provenance().shots();
    List<Provenance.Shot> added = shots();
    int first = known.size() - added.size();
    return first > 0
        && known.subList(first, known.size()).equals(added)
        && rowsFit(bundle.memory())
        && bundle.scene().isPresent() == trained.isPresent()
        && bundle.scene().map(this::viewsFit).orElse(true);
  }

  private boolean rowsFit(Map<String, FloatTensor> memory) {
    Map<String, Long> left = new HashMap<>();
    memory.forEach((name, rows) -> left.put(name, rows.shape().get(0)));
    for (Addition.Picture picture : pictures()) {
      for (Map.Entry<String, Long> rows : picture.rows().entrySet()) {
        // Compared before it is subtracted: a file may claim any number.
        if (left.getOrDefault(rows.getKey(), 0L) <= rows.getValue()) {
          return false;
        }
        left.merge(rows.getKey(), -rows.getValue(), Long::sum);
      }
    }
    return true;
  }

  private boolean viewsFit(SceneMemory scene) {
    long left = scene.patches().shape().get(0);
    for (Addition.Picture picture : pictures()) {
      if (left <= picture.views()) {
        return false;
      }
      left -= picture.views();
    }
    return scene.statistics().shape().get(0) > pictures().size();
  }

  String toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    trained.ifPresent(limits -> json.set("trained_scene", tree(limits.toJson())));
    ArrayNode list = json.putArray("list");
    all.forEach(one -> one.write(list.addObject()));
    return json.toString();
  }

  static Additions fromJson(String json, String where) {
    return StrictJson.parse(
        json,
        where,
        NAME,
        one -> {
          List<Addition> list = one.objects("list", each -> Addition.read(each, where));
          if (list.isEmpty()) {
            throw new IllegalArgumentException("is there, and holds nothing");
          }
          return new Additions(
              one.has("trained_scene")
                  ? Optional.of(SceneLimits.fromJson(one.json("trained_scene"), where))
                  : Optional.empty(),
              list);
        });
  }

  /** JSON of another's writing, as a part of this. */
  static JsonNode tree(String json) {
    try {
      return new JsonMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what this program wrote is no JSON", e);
    }
  }

  Additions and(Addition more, Optional<SceneLimits> before) {
    List<Addition> longer = new ArrayList<>(all);
    longer.add(more);
    return new Additions(all.isEmpty() ? before : trained, longer);
  }
}
