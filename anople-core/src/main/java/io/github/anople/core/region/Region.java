package io.github.anople.core.region;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.InputException;
import io.github.anople.core.image.PixelRows;
import io.github.anople.core.json.StrictJson;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Which part of a product's pictures counts: what is looked at, without what is ignored. It is
 * fixed in the camera's coordinates, and holds for pictures of any size. A pixel counts if its
 * centre does.
 *
 * @param lookedAt the part that counts; empty for the whole picture
 * @param ignored the part of it that does not; empty for none
 */
public record Region(Optional<Area> lookedAt, Optional<Area> ignored) {

  /** The member of a file, and of a detector, that says what is ignored. */
  public static final String IGNORE = "ignore";

  /** The same for what is looked at. */
  public static final String LOOK_AT = "look_at";

  private static final String NAME = "region";

  /**
   * A region.
   *
   * @param lookedAt the part that counts
   * @param ignored the part of it that does not
   * @throws IllegalArgumentException if neither is given
   */
  public Region {
    Objects.requireNonNull(lookedAt, "lookedAt");
    Objects.requireNonNull(ignored, "ignored");
    if (lookedAt.isEmpty() && ignored.isEmpty()) {
      throw new IllegalArgumentException("a region needs " + IGNORE + " or " + LOOK_AT);
    }
  }

  /**
   * A part that is ignored.
   *
   * @param area the part
   * @return all the rest counts
   */
  public static Region ignoring(Area area) {
    return new Region(Optional.empty(), Optional.of(area));
  }

  /**
   * A part that counts.
   *
   * @param area the part
   * @return all the rest is ignored
   */
  public static Region lookingAt(Area area) {
    return new Region(Optional.of(area), Optional.empty());
  }

  /**
   * Which pixels of a row count.
   *
   * @param row where they lie in the whole picture
   * @param counted is set in full; as long as the row
   */
  public void row(Area.Row row, boolean[] counted) {
    Arrays.fill(counted, lookedAt.isEmpty());
    lookedAt.ifPresent(area -> area.mark(row, counted));
    if (ignored.isPresent()) {
      boolean[] inside = new boolean[counted.length];
      ignored.get().mark(row, inside);
      for (int i = 0; i < inside.length; i++) {
        counted[i] &= !inside[i];
      }
    }
  }

  /**
   * Which pixels of a picture count.
   *
   * @param height its rows
   * @return row by row
   */
  public PixelRows rows(int height) {
    return (y, counted) -> row(new Area.Row((y + 0.5) / height, 0, 1), counted);
  }

  /**
   * Which places of a grid count.
   *
   * @param height rows
   * @param width columns
   * @return {@code [height, width]}, row-major
   */
  public boolean[] counted(int height, int width) {
    boolean[] all = new boolean[Math.multiplyExact(height, width)];
    boolean[] row = new boolean[width];
    PixelRows rows = rows(height);
    for (int y = 0; y < height; y++) {
      rows.row(y, row);
      System.arraycopy(row, 0, all, y * width, width);
    }
    return all;
  }

  /**
   * How much is ignored.
   *
   * @param height rows of the grid that is asked
   * @param width its columns
   * @return the share of its places that do not count
   */
  public double ignoredShare(int height, int width) {
    return 1 - count(counted(height, width)) / ((double) height * width);
  }

  /**
   * Refuses a region by which nothing counts.
   *
   * @param where what to name in the message
   * @param height rows of the grid that is asked
   * @param width its columns
   * @throws InputException if no place of the grid counts
   */
  public void requireSomething(String where, int height, int width) {
    requireCounted(where, height, width, count(counted(height, width)));
  }

  private static int count(boolean... all) {
    int count = 0;
    for (boolean one : all) {
      count += one ? 1 : 0;
    }
    return count;
  }

  private static void requireCounted(String where, int height, int width, int counted) {
    if (counted == 0) {
      throw new InputException(
          where,
          "leaves nothing to look at: every one of %d x %d places is ignored"
              .formatted(width, height),
          "ignore less, or look at more");
    }
  }

  /**
   * Refuses a region by which nothing of a picture counts, or everything.
   *
   * @param where what to name in the message
   * @param height rows of the grid that is asked
   * @param width its columns
   * @throws InputException if no place of the grid counts, or none is ignored
   */
  public void requireUseful(String where, int height, int width) {
    int counted = count(counted(height, width));
    requireCounted(where, height, width, counted);
    if (counted == height * width) {
      throw new InputException(
          where,
          "ignores nothing: every one of %d x %d places counts".formatted(width, height),
          "mark what is to be ignored, or leave the region away");
    }
  }

  /**
   * As JSON, on one line, fields always in the same order.
   *
   * @return what {@link #fromJson} reads
   */
  public String toJson() {
    return toTree().toString();
  }

  ObjectNode toTree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    lookedAt.ifPresent(area -> tree.set(LOOK_AT, tree(area)));
    ignored.ifPresent(area -> tree.set(IGNORE, tree(area)));
    return tree;
  }

  private static JsonNode tree(Area area) {
    return area instanceof MaskArea mask ? mask.toTree() : ((PolygonArea) area).toTree();
  }

  /**
   * Reads what {@link #toJson} wrote, or a person.
   *
   * @param json the text
   * @param where the file that it is from, for messages
   * @return the region
   * @throws InputException if it is not JSON, or a field is missing, unknown, of another type or
   *     out of range; the message names the file and the field
   */
  public static Region fromJson(String json, String where) {
    return StrictJson.parse(
        json,
        where,
        NAME,
        "give {\"ignore\": [[[x, y], [x, y], [x, y]]]} or the same with look_at, coordinates from"
            + " 0 to 1",
        Region::read);
  }

  static Region read(StrictJson json) {
    return new Region(area(json, LOOK_AT), area(json, IGNORE));
  }

  private static Optional<Area> area(StrictJson json, String name) {
    if (!json.has(name)) {
      return Optional.empty();
    }
    return Optional.of(
        json.isList(name) ? new PolygonArea(json.paths(name)) : json.object(name, MaskArea::read));
  }
}
