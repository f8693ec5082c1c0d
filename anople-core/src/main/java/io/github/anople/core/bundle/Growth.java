package io.github.anople.core.bundle;

import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.tensorfile.FloatTensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How a detector's memory grows by further pictures, and shrinks again. What a picture gives
 * depends on the trained detector and on itself alone, so whatever is taken out, the rest is to the
 * bit what it would be without.
 */
public final class Growth {

  private Growth() {}

  /**
   * What a picture gives.
   *
   * @param shot its name, {@code class/file}, and hash
   * @param rows of each memory, {@code [patches, d]}, at least one
   * @param scene its views, its statistics, and the limits of a check that knows the trained shots
   *     and this picture; present where the detector has a scene check
   */
  public record Learned(
      Provenance.Shot shot, Map<String, FloatTensor> rows, Optional<SceneMemory> scene) {}

  /**
   * A detector after pictures were taken out.
   *
   * @param bundle the detector; its thresholds are those that held when its memory was this one
   * @param known whether it is a version that was, as the file kept it; else it has no thresholds,
   *     and its golden image's score is another one's, to be measured anew
   */
  public record Shrunk(DetectorBundle bundle, boolean known) {}

  /**
   * Adds pictures. Thresholds are dropped, and the golden image's score is still the old one.
   *
   * @param bundle the detector
   * @param signature when, and by whom
   * @param product the class that they show
   * @param pictures what they give, at least one; none of them may be known
   * @return a new bundle, one version on
   */
  public static DetectorBundle add(
      DetectorBundle bundle, Addition.Signature signature, String product, List<Learned> pictures) {
    Map<String, FloatTensor> memory = new LinkedHashMap<>();
    bundle
        .memory()
        .forEach(
            (name, rows) -> {
              List<FloatTensor> parts = new ArrayList<>(List.of(rows));
              pictures.forEach(one -> parts.add(one.rows().get(name)));
              memory.put(name, joined(parts));
            });
    Addition addition =
        new Addition(
            bundle.additions().version() + 1,
            signature,
            product,
            pictures.stream().map(Growth::picture).toList(),
            Addition.State.of(bundle));
    return bundle
        .withMemory(
            memory, bundle.provenance().withShots(pictures.stream().map(Learned::shot).toList()))
        .withScene(bundle.scene().map(scene -> scene(scene, pictures)))
        .withAdditions(bundle.additions().and(addition, bundle.scene().map(SceneMemory::limits)));
  }

  private static Addition.Picture picture(Learned one) {
    Map<String, Long> rows = new LinkedHashMap<>();
    one.rows().forEach((name, table) -> rows.put(name, table.shape().get(0)));
    String name = one.shot().name();
    return new Addition.Picture(
        name.substring(name.lastIndexOf('/') + 1),
        one.shot().sha256(),
        rows,
        one.scene().map(scene -> scene.patches().shape().get(0)).orElse(0L),
        one.scene().map(SceneMemory::limits));
  }

  private static SceneMemory scene(SceneMemory before, List<Learned> pictures) {
    List<FloatTensor> patches = new ArrayList<>(List.of(before.patches()));
    List<FloatTensor> statistics = new ArrayList<>(List.of(before.statistics()));
    SceneLimits limits = before.limits();
    for (Learned one : pictures) {
      SceneMemory scene = one.scene().orElseThrow();
      patches.add(scene.patches());
      statistics.add(scene.statistics());
      limits = limits.with(scene.limits());
    }
    return new SceneMemory(joined(patches), joined(statistics), limits);
  }

  /**
   * The detector as it was trained, with the thresholds that it had then.
   *
   * @param bundle a detector
   * @return the bundle without all additions
   */
  public static DetectorBundle trained(DetectorBundle bundle) {
    return without(
            bundle, bundle.additions().pictures().stream().map(Addition.Picture::sha256).toList())
        .bundle();
  }

  /**
   * Takes pictures out.
   *
   * @param bundle a detector
   * @param hashes SHA-256 of pictures that were added; others are passed over
   * @return the detector without them
   */
  public static Shrunk without(DetectorBundle bundle, Collection<String> hashes) {
    Set<String> gone = Set.copyOf(hashes);
    List<Addition> rest = new ArrayList<>();
    // What held before the first change still does: thereafter come versions that never were.
    Optional<Addition.State> held = Optional.empty();
    boolean changed = false;
    for (Addition one : bundle.additions().all()) {
      List<Addition.Picture> pictures =
          one.pictures().stream().filter(picture -> !gone.contains(picture.sha256())).toList();
      boolean whole = pictures.size() == one.pictures().size();
      if (!whole && !changed) {
        held = Optional.of(one.before());
        changed = true;
      }
      if (!pictures.isEmpty()) {
        Addition.State before = changed ? held.orElse(Addition.State.UNKNOWN) : one.before();
        rest.add(one.with(pictures, before));
        held = Optional.empty();
      }
    }
    if (!changed) {
      return new Shrunk(bundle, true);
    }
    return shrunk(bundle, gone, rest, held);
  }

  private static Shrunk shrunk(
      DetectorBundle bundle, Set<String> gone, List<Addition> rest, Optional<Addition.State> held) {
    Map<String, FloatTensor> memory = new LinkedHashMap<>();
    bundle
        .memory()
        .forEach(
            (name, rows) ->
                memory.put(
                    name,
                    cut(rows, bundle, gone, picture -> picture.rows().getOrDefault(name, 0L))));
    List<Addition> all = rest;
    Optional<SceneMemory> scene =
        bundle
            .scene()
            .map(
                known ->
                    new SceneMemory(
                        cut(known.patches(), bundle, gone, Addition.Picture::views),
                        cut(known.statistics(), bundle, gone, picture -> 1),
                        limits(bundle.additions().trained().orElseThrow(), all)));
    DetectorBundle smaller =
        bundle
            .withMemory(
                memory,
                bundle.provenance().withoutLast(shots(bundle)).withShots(kept(bundle, gone)))
            .withScene(scene)
            .withCalibration(held.flatMap(Addition.State::calibration))
            .withDrift(held.flatMap(Addition.State::drift))
            .withAdditions(
                rest.isEmpty()
                    ? Additions.NONE
                    : new Additions(bundle.additions().trained(), rest));
    OptionalDouble score = held.map(Addition.State::goldenScore).orElse(OptionalDouble.empty());
    return score.isPresent()
        ? new Shrunk(
            smaller.withGoldenImage(
                bundle
                    .goldenImage()
                    .map(golden -> new GoldenImage(golden.png(), score.getAsDouble()))),
            true)
        : new Shrunk(smaller, bundle.goldenImage().isEmpty() && held.isPresent());
  }

  private static int shots(DetectorBundle bundle) {
    return bundle.additions().pictures().size();
  }

  private static List<Provenance.Shot> kept(DetectorBundle bundle, Set<String> gone) {
    return bundle.additions().shots().stream()
        .filter(shot -> !gone.contains(shot.sha256()))
        .toList();
  }

  private static SceneLimits limits(SceneLimits trained, List<Addition> rest) {
    SceneLimits limits = trained;
    for (Addition one : rest) {
      for (Addition.Picture picture : one.pictures()) {
        limits = limits.with(picture.scene().orElseThrow());
      }
    }
    return limits;
  }

  /** How many leading entries of a table a picture has. */
  private interface Share {
    long of(Addition.Picture picture);
  }

  /** A table without the entries of some pictures, which are the last ones, in their order. */
  private static FloatTensor cut(
      FloatTensor table, DetectorBundle bundle, Set<String> gone, Share share) {
    List<Addition.Picture> pictures = bundle.additions().pictures();
    long rows = table.shape().get(0);
    int width = Math.toIntExact(table.values().length / rows);
    int at = Math.toIntExact(rows - pictures.stream().mapToLong(share::of).sum());
    BitSet kept = new BitSet();
    kept.set(0, at);
    for (Addition.Picture picture : pictures) {
      int next = Math.toIntExact(at + share.of(picture));
      kept.set(at, next, !gone.contains(picture.sha256()));
      at = next;
    }
    float[] values = new float[kept.cardinality() * width];
    int to = 0;
    for (int from = kept.nextSetBit(0); from >= 0; ) {
      int end = kept.nextClearBit(from);
      System.arraycopy(table.values(), from * width, values, to, (end - from) * width);
      to += (end - from) * width;
      from = kept.nextSetBit(end);
    }
    return tensor(table, values);
  }

  private static FloatTensor joined(List<FloatTensor> parts) {
    float[] values = new float[parts.stream().mapToInt(part -> part.values().length).sum()];
    int at = 0;
    for (FloatTensor part : parts) {
      System.arraycopy(part.values(), 0, values, at, part.values().length);
      at += part.values().length;
    }
    return tensor(parts.get(0), values);
  }

  /** Values in entries of the shape that another table's have. */
  private static FloatTensor tensor(FloatTensor like, float[] values) {
    List<Long> shape = new ArrayList<>(like.shape());
    shape.set(0, values.length / (like.values().length / like.shape().get(0)));
    return new FloatTensor(shape, values);
  }
}
