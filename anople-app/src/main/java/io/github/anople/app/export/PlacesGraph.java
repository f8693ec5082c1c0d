package io.github.anople.app.export;

import static io.github.anople.app.export.Attributes.integer;
import static io.github.anople.app.export.Attributes.text;

import io.github.anople.torch.memory.GridShifts;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture at several places of the patch grid: its copies as one batch, all first copies first,
 * and what is found in them moved back and averaged. The twin of {@link GridShifts} in a graph;
 * with one place it adds nothing.
 *
 * @param places of the patch grid
 * @param room of the graph
 * @param side S
 */
record PlacesGraph(GridShifts places, GraphScope room, int side) {

  /** Normalised pictures, {@code [images, 3, S, S]}, to {@code [copies · images, 3, S, S]}. */
  String copies(String images) {
    if (places.copies() == 1) {
      return images;
    }
    String larger = larger(room, images);
    List<String> copies = new ArrayList<>();
    for (int copy = 0; copy < places.copies(); copy++) {
      GraphScope one = room.room("copy" + copy);
      long top = (long) places.patch() + down(copy);
      long left = (long) places.patch() + right(copy);
      copies.add(
          one.node(
              "Slice",
              "moved",
              List.of(
                  larger,
                  one.integers("from", top, left),
                  one.integers("to", top + side, left + side),
                  one.integers("axes", 2, 3))));
    }
    return room.node("Concat", "copies", copies, integer("axis", 0));
  }

  /** A number of each copy, {@code [copies · images]}, to the mean of each picture. */
  String mean(String part, String values) {
    if (places.copies() == 1) {
      return values;
    }
    GraphScope inside = room.room(part);
    String apart =
        inside.node(
            "Reshape",
            "apart",
            List.of(values, inside.integers("copies_images", places.copies(), -1)));
    return inside.node(
        "ReduceMean", "mean", List.of(apart, inside.integers("copies", 0)), integer("keepdims", 0));
  }

  /** A map of each copy, {@code [copies · images, S, S]}, to the mean of each picture. */
  String meanMap(String part, String maps) {
    if (places.copies() == 1) {
      return maps;
    }
    GraphScope inside = room.room(part);
    String apart =
        inside.node(
            "Reshape",
            "apart",
            List.of(maps, inside.integers("copies_images", places.copies(), -1, side, side)));
    String larger = larger(inside, apart);
    List<String> back = new ArrayList<>();
    for (int copy = 0; copy < places.copies(); copy++) {
      GraphScope one = inside.room("copy" + copy);
      long top = (long) places.patch() - down(copy);
      long left = (long) places.patch() - right(copy);
      back.add(
          one.node(
              "Slice",
              "back",
              List.of(
                  larger,
                  one.integers("from", copy, top, left),
                  one.integers("to", copy + 1, top + side, left + side),
                  one.integers("axes", 0, 2, 3))));
    }
    String mean = inside.node("Mean", "mean", back);
    return inside.node("Squeeze", "map", List.of(mean, inside.integers("copy_axis", 0)));
  }

  /** With its border repeated for a patch to all sides. */
  private String larger(GraphScope inside, String images) {
    long patch = places.patch();
    return inside.node(
        "Pad",
        "larger",
        List.of(images, inside.integers("border", 0, 0, patch, patch, 0, 0, patch, patch)),
        text("mode", "edge"));
  }

  private int down(int copy) {
    return places.pixels()[copy / places.perAxis()];
  }

  private int right(int copy) {
    return places.pixels()[copy % places.perAxis()];
  }
}
