package io.github.anople.app.export;

import static io.github.anople.app.export.Attributes.integer;
import static io.github.anople.app.export.Attributes.integers;

import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.model.FrozenDetector;
import io.github.anople.torch.model.FrozenRegion;
import java.util.List;

/** From patches to the probability of pixels: the twin of {@code torch.decoder.Decoder}. */
final class DecoderGraph {

  private final FrozenDetector detector;
  private final Weights weights;
  private final Products products;
  private final GraphScope room;
  private final int side;
  private final int grid;

  DecoderGraph(FrozenDetector detector, Weights weights, Products products, GraphScope room) {
    this.detector = detector;
    this.weights = weights;
    this.products = products;
    this.room = room;
    this.side = detector.config().vision().imageSize();
    this.grid = detector.config().vision().grid();
  }

  /**
   * M̂, {@code [images, S, S]}.
   *
   * @param patches rows after {@code ln_post}, {@code [images, G², d]}
   */
  String probability(String patches) {
    String dense = dense(room, patches);
    GraphScope texts = room.room("texts");
    String products =
        texts.node("MatMul", "products", List.of(dense, TextGraph.difference(texts, detector)));
    String length = Formulas.length(texts, dense, -1);
    String cosines = texts.node("Div", "cosines", List.of(products, length));
    long fine = (long) Decoder.UPSCALE * grid;
    String coarse =
        texts.node(
            "Reshape",
            "coarse",
            List.of(
                TextGraph.scaled(texts, detector, cosines),
                texts.integers("grid", -1, 1, fine, fine)));
    String logits = enlarged(texts, coarse, (double) side / fine);
    String abnormal = texts.node("Sigmoid", "abnormal", List.of(logits));
    String counted =
        detector
            .region()
            .map(some -> CountedMaps.times(texts, "counted", abnormal, 1, some.fine().moved()))
            .orElse(abnormal);
    return texts.node("Squeeze", "probability", List.of(counted, texts.integers("channel", 1)));
  }

  /** Logits of the decoder's places on pixels. */
  private String enlarged(GraphScope room, String coarse, double factor) {
    if (detector.region().isEmpty()) {
      return Formulas.enlarge(room, coarse, factor);
    }
    FrozenRegion.Grid fine = detector.region().get().fine();
    String cells = CountedMaps.times(room, "cells", coarse, 1, fine.cells());
    return CountedMaps.times(
        room, "shared", Formulas.enlarge(room, cells, factor), 1, fine.shares());
  }

  /** What the decoder enlarges: of patches that count alone. */
  private String base(GraphScope room, String coarse, long joint) {
    if (detector.region().isEmpty()) {
      return Formulas.enlarge(room, coarse, Decoder.UPSCALE);
    }
    FrozenRegion region = detector.region().get();
    String cells = CountedMaps.times(room, "cells", coarse, joint, region.patches().cells());
    return CountedMaps.times(
        room, "shared", Formulas.enlarge(room, cells, Decoder.UPSCALE), joint, region.shares());
  }

  /** D, {@code [images, 16 G², d]}: the twin of {@code torch.decoder.Decoder}. */
  private String dense(GraphScope room, String patches) {
    long joint = detector.config().embedDim();
    String mix =
        TowerGraph.stored(
            room,
            products,
            "mix_in_weight",
            Weights.transposed(weights.get(Decoder.MIX_IN + ".weight")));
    String product = room.node("MatMul", "mix_in_product", List.of(patches, mix));
    String bias = room.floats("mix_in_bias", weights.get(Decoder.MIX_IN + ".bias"));
    String mixed = room.node("Add", "mix_in", List.of(product, bias));
    String columns = room.node("Transpose", "columns", List.of(mixed), integers("perm", 0, 2, 1));
    String coarse =
        room.node("Reshape", "coarse", List.of(columns, room.integers("grid", 0, 0, grid, grid)));
    String base = base(room, coarse, joint);
    String kernels =
        room.floats(
            "space_weight",
            Weights.reshaped(weights.get(Decoder.SPACE + ".weight"), joint, 1, 3, 3));
    String spread =
        room.node(
            "Conv",
            "space",
            List.of(base, kernels, room.floats("space_bias", weights.get(Decoder.SPACE + ".bias"))),
            integer("group", joint),
            integers("pads", 1, 1, 1, 1),
            integers("kernel_shape", 3, 3));
    String active = Formulas.gelu(room, places(room, "space_rows", spread));
    String refined =
        products.linear(room.room("mix_out"), active, Decoder.MIX_OUT + ".", Products.Rows.PLACES);
    return room.node("Add", "dense", List.of(places(room, "base_rows", base), refined));
  }

  /** {@code [images, d, 4G, 4G]} to a row a place, {@code [images, 16 G², d]}. */
  private static String places(GraphScope room, String part, String maps) {
    String flat =
        room.node(
            "Reshape", part + "_flat", List.of(maps, room.integers(part + "_shape", 0, 0, -1)));
    return room.node("Transpose", part, List.of(flat), integers("perm", 0, 2, 1));
  }
}
