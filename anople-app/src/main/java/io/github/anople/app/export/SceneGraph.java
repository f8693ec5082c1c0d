package io.github.anople.app.export;

import static io.github.anople.app.export.Attributes.integer;
import static io.github.anople.app.export.Attributes.integers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.encoder.TrunkSettings;
import io.github.anople.torch.scene.Light;
import io.github.anople.torch.scene.Repetition;
import io.github.anople.torch.scene.SceneLook;
import io.github.anople.torch.scene.SceneSight;
import java.util.ArrayList;
import java.util.List;

/**
 * How unlike the shots pictures are, the twin of {@code torch.scene.SceneLook}. In fp32 in every
 * graph.
 */
final class SceneGraph {

  private static final int LEVELS = 255;

  /** Brightness, contrast and sharpness, which a picture may have too little and too much of. */
  private static final int TWO_SIDED = 3;

  /** Where the two numbers of colour are among the statistics, and what follows them. */
  private static final int COLOURS_TO = TWO_SIDED + 2;

  private final SceneLook look;
  private final GraphScope room;
  private final int side;

  SceneGraph(SceneLook look, GraphScope room, int side) {
    this.look = look;
    this.room = room;
    this.side = side;
  }

  /**
   * Adds the measures.
   *
   * @param images {@code [images, 3, S, S]}, RGB in [0, 1]
   * @param blocks of the trunk, as {@link TrunkGraph#blocks} returns them
   * @return {@code [images, K]}
   */
  String measures(String images, List<String> blocks) {
    List<String> parts = new ArrayList<>(structure(blocks));
    parts.addAll(light(images));
    parts.add(repetition(blocks));
    return room.node("Concat", "measures", parts, integer("axis", 1));
  }

  /** Structure and worst place, {@code [images, 1]} each. */
  private List<String> structure(List<String> blocks) {
    GraphScope place = room.room("structure");
    String seen = TrunkGraph.rows(SceneSight.patches(side), blocks, place.room("trunk"));
    FloatTensor patches = look.patches();
    long views = patches.shape().get(0);
    long places = patches.shape().get(1);
    long width = patches.shape().get(2);
    String columns =
        place.later(
            "columns",
            DType.F32,
            List.of(width, views * places),
            () -> Weights.transposed(Weights.reshaped(patches, views * places, width)));
    String table = place.node("MatMul", "similarities", List.of(seen, columns));
    String nearest = reduced(place, "ReduceMax", "nearest", table, false, 1);
    String distances =
        place.node(
            "Reshape",
            "distances",
            List.of(distance(place, nearest), place.integers("views", -1, views, places)));
    List<String> worst =
        place.nodes(
            "TopK",
            "worst",
            List.of(distances, place.integers("worst_count", SceneLook.worst(places))),
            List.of("values", "places"),
            integer("axis", 2));
    return List.of(
        nearestView(place.room("all"), distances), nearestView(place.room("tenth"), worst.get(0)));
  }

  /** ½(1 − cos), at least 0, of similarities. */
  private static String distance(GraphScope place, String similarities) {
    String difference =
        place.node("Sub", "difference", List.of(place.number("one", 1), similarities));
    String half =
        place.node("Mul", "half_difference", List.of(difference, place.number("half", 0.5)));
    return Formulas.atLeast(place, "distance", half, 0);
  }

  private static String nearestView(GraphScope place, String distances) {
    String means = reduced(place, "ReduceMean", "means", distances, false, 2);
    return reduced(place, "ReduceMin", "nearest_view", means, true, 1);
  }

  /** What follows from {@link Light}: {@code [images, 6]}, {@code [images, 1]} twice. */
  private List<String> light(String images) {
    GraphScope place = room.room("light");
    String luminance = luminance(place, images);
    String mean = reduced(place, "ReduceMean", "mean", luminance, true, 1, 2);
    String levels = levels(place, luminance, mean);
    String below =
        place.node("Sub", "below", List.of(ofShots(place, "least", 0, TWO_SIDED, false), levels));
    String above =
        place.node("Sub", "above", List.of(levels, ofShots(place, "most", 0, TWO_SIDED, true)));
    String pairs =
        place.node(
            "Concat",
            "pairs",
            List.of(
                unsqueezed(place, "below_column", below, 2),
                unsqueezed(place, "above_column", above, 2)),
            integer("axis", 2));
    String both =
        place.node("Reshape", "both", List.of(pairs, place.integers("flat", -1, 2L * TWO_SIDED)));
    return List.of(
        Formulas.atLeast(place, "beyond", both, 0),
        colour(place, images, mean),
        overexposed(place, images));
  }

  private static String luminance(GraphScope place, String images) {
    float[] weights = floats(Light.LUMINANCE);
    String factors = place.floats("weights", new FloatTensor(List.of(1L, 3L, 1L, 1L), weights));
    String weighed = place.node("Mul", "weighed", List.of(images, factors));
    return reduced(place, "ReduceSum", "luminance", weighed, false, 1);
  }

  /** Brightness, contrast and sharpness, {@code [images, 3]}. */
  private String levels(GraphScope place, String luminance, String mean) {
    String centred = place.node("Sub", "centred", List.of(luminance, mean));
    String squares = place.node("Mul", "squares", List.of(centred, centred));
    String variance = reduced(place, "ReduceMean", "variance", squares, true, 1, 2);
    String deviation = place.node("Sqrt", "deviation", List.of(variance));
    String gradient =
        place.node(
            "Add",
            "gradient",
            List.of(
                steps(place.room("across"), luminance, 2),
                steps(place.room("down"), luminance, 1)));
    String joined =
        place.node(
            "Concat",
            "joined",
            List.of(mean, deviation, gradient),
            integer("axis", 1)); // [., 3, 1]
    String scaled =
        place.node(
            "Mul",
            "scaled",
            List.of(squeezed(place, "levels", joined, 2), place.number("top", LEVELS)));
    String offsets = place.floats("offsets", new FloatTensor(List.of(3L), floats(Light.OFFSETS)));
    String shifted = place.node("Add", "shifted", List.of(scaled, offsets));
    return place.node("Log", "logarithms", List.of(shifted));
  }

  /** Mean absolute difference of neighbours along an axis, {@code [images, 1, 1]}. */
  private String steps(GraphScope place, String luminance, int axis) {
    String next = slice(place, "next", luminance, 1, side, axis);
    String here = slice(place, "here", luminance, 0, side - 1, axis);
    String difference = place.node("Sub", "difference", List.of(next, here));
    String size = place.node("Abs", "size", List.of(difference));
    return reduced(place, "ReduceMean", "mean", size, true, 1, 2);
  }

  private static String slice(
      GraphScope place, String part, String x, long from, long to, long axis) {
    return place.node(
        "Slice",
        part,
        List.of(
            x,
            place.integers(part + "_from", from),
            place.integers(part + "_to", to),
            place.integers(part + "_axis", axis)));
  }

  /** How far the mean colour is from the nearest shot's, {@code [images, 1]}. */
  private String colour(GraphScope place, String images, String mean) {
    String channels = reduced(place, "ReduceMean", "channels", images, false, 2, 3);
    String ends =
        place.node(
            "Gather",
            "red_and_blue",
            List.of(channels, place.integers("ends", 0, 2)),
            integer("axis", 1));
    String green =
        place.node(
            "Gather", "green", List.of(channels, place.integers("middle", 1)), integer("axis", 1));
    String difference = place.node("Sub", "difference", List.of(ends, green));
    String lifted =
        place.node(
            "Add",
            "lifted",
            List.of(
                squeezed(place, "mean_column", mean, 2),
                place.number("lift", Light.OFFSETS.get(0) / LEVELS)));
    String colour = place.node("Div", "colour", List.of(difference, lifted));
    FloatTensor statistics = look.statistics();
    int shots = Math.toIntExact(statistics.shape().get(0));
    float[] known = new float[2 * shots];
    for (int shot = 0; shot < shots; shot++) {
      System.arraycopy(
          statistics.values(), SceneSight.STATISTICS * shot + TWO_SIDED, known, 2 * shot, 2);
    }
    String ofShots = place.floats("colours", new FloatTensor(List.of(1L, (long) shots, 2L), known));
    String apart =
        place.node("Sub", "apart", List.of(unsqueezed(place, "colour_row", colour, 1), ofShots));
    String far =
        reduced(
            place,
            "ReduceMax",
            "farther_of_two",
            place.node("Abs", "apart_size", List.of(apart)),
            false,
            2);
    return reduced(place, "ReduceMin", "nearest_colour", far, true, 1);
  }

  private String overexposed(GraphScope place, String images) {
    String brightest = reduced(place, "ReduceMax", "brightest", images, false, 1);
    String over =
        place.node(
            "GreaterOrEqual",
            "over",
            List.of(brightest, place.number("over_from", Light.BRIGHTEST)));
    String numbers = Products.cast(place, "over_numbers", over, DType.F32);
    String share = reduced(place, "ReduceMean", "over_share", numbers, true, 1, 2);
    String beyond =
        place.node(
            "Sub",
            "over_beyond",
            List.of(
                squeezed(place, "over_column", share, 2),
                ofShots(place, "over_most", COLOURS_TO, Light.SIZE, true)));
    return Formulas.atLeast(place, "overexposed", beyond, 0);
  }

  /** How much more a picture repeats itself than the shots do, {@code [images, 1]}. */
  private String repetition(List<String> blocks) {
    GraphScope place = room.room("repetition");
    TrunkSettings settings = SceneSight.early(side);
    long grid = settings.grid();
    long places = grid * grid;
    String rows = TrunkGraph.rows(settings, blocks, place.room("trunk"));
    String columns = place.node("Transpose", "columns", List.of(rows), integers("perm", 0, 2, 1));
    String similar = place.node("MatMul", "similarities", List.of(rows, columns));
    String seen = place.node("Add", "others", List.of(similar, hidden(place, grid)));
    String nearest = reduced(place, "ReduceMax", "nearest", seen, false, 2);
    List<String> ranked =
        place.nodes(
            "TopK",
            "ranked",
            List.of(nearest, place.integers("rank", Repetition.rank(places))),
            List.of("values", "places"),
            integer("axis", 1));
    String similarity = reduced(place, "ReduceMin", "similarity", ranked.get(0), true, 1);
    String lifted =
        place.node(
            "Add",
            "lifted",
            List.of(distance(place, similarity), place.number("offset", Repetition.OFFSET)));
    String statistic = place.node("Log", "statistic", List.of(lifted));
    String least = ofShots(place, "least", SceneSight.REPETITION, SceneSight.STATISTICS, false);
    return Formulas.atLeast(
        place, "repetitive", place.node("Sub", "below", List.of(least, statistic)), 0);
  }

  /** What is added to the similarities of patches that are near to each other, {@code [g², g²]}. */
  private static String hidden(GraphScope place, long grid) {
    float[] near = Repetition.near(Math.toIntExact(grid));
    float[] hidden = near.clone();
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] *= (float) Repetition.NEAR;
    }
    String across = place.floats("across", new FloatTensor(List.of(grid, 1L, grid, 1L), hidden));
    String down = place.floats("along", new FloatTensor(List.of(1L, grid, 1L, grid), near));
    return place.node(
        "Reshape",
        "hidden",
        List.of(
            place.node("Mul", "near", List.of(across, down)),
            place.integers("table", grid * grid, grid * grid)));
  }

  /** The largest or the smallest of some statistics among the shots. */
  private String ofShots(GraphScope place, String part, int from, int to, boolean largest) {
    float[] values = look.statistics().values();
    float[] ends = new float[to - from];
    for (int i = 0; i < ends.length; i++) {
      float end = values[from + i];
      for (int at = from + i; at < values.length; at += SceneSight.STATISTICS) {
        end = largest ? Math.max(end, values[at]) : Math.min(end, values[at]);
      }
      ends[i] = end;
    }
    return place.floats(part, new FloatTensor(List.of((long) ends.length), ends));
  }

  private static float[] floats(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  private static String unsqueezed(GraphScope place, String part, String x, long axis) {
    return place.node("Unsqueeze", part, List.of(x, place.integers(part + "_axis", axis)));
  }

  private static String squeezed(GraphScope place, String part, String x, long axis) {
    return place.node("Squeeze", part, List.of(x, place.integers(part + "_axis", axis)));
  }

  private static String reduced(
      GraphScope place, String type, String part, String x, boolean keeps, long... axes) {
    AttributeProto kept = integer("keepdims", keeps ? 1 : 0);
    return place.node(type, part, List.of(x, place.integers(part + "_axes", axes)), kept);
  }
}
