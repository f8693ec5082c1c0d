package io.github.anople.core.region;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.InputException;
import io.github.anople.core.image.Overpainting;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.json.StrictJson;
import java.util.List;
import java.util.Objects;

/**
 * A detector's region, with the colour that it sees where it does not look: encoders see everything
 * everywhere, so what is ignored must not reach them at all.
 *
 * @param region which part of pictures counts
 * @param colour red, green and blue, 0 to 255
 */
public record FilledRegion(Region region, List<Integer> colour) {

  private static final String NAME = "region";
  private static final String FILL = "fill";
  private static final int BANDS = 3;
  private static final int BRIGHTEST = 255;

  /**
   * A region and its colour.
   *
   * @param region which part counts
   * @param colour red, green and blue
   * @throws IllegalArgumentException if there are not three levels from 0 to 255
   */
  public FilledRegion {
    Objects.requireNonNull(region, "region");
    colour = List.copyOf(colour);
    if (colour.size() != BANDS || colour.stream().anyMatch(one -> one < 0 || one > BRIGHTEST)) {
      throw new IllegalArgumentException("a colour has three levels from 0 to 255, not " + colour);
    }
  }

  /**
   * A picture without what is ignored.
   *
   * @param image of any size; not changed
   * @return of the same size, with the colour where the region does not look
   */
  public RgbImage fill(RgbImage image) {
    return Overpainting.fill(
        image, region.rows(image.height()), colour.get(0), colour.get(1), colour.get(2));
  }

  /**
   * As JSON, on one line, fields always in the same order.
   *
   * @return what {@link #fromJson} reads
   */
  public String toJson() {
    ObjectNode tree = region.toTree();
    ArrayNode fill = tree.putArray(FILL);
    colour.forEach(fill::add);
    return tree.toString();
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param json the text
   * @param where the file that it is from, for messages
   * @return the region
   * @throws InputException if it is not JSON, or a field is missing, unknown, of another type or
   *     out of range; the message names the file and the field
   */
  public static FilledRegion fromJson(String json, String where) {
    return StrictJson.parse(
        json,
        where,
        NAME,
        fields ->
            new FilledRegion(
                Region.read(fields),
                fields.integers(FILL).stream().map(FilledRegion::level).toList()));
  }

  private static int level(long value) {
    return value < 0 || value > BRIGHTEST ? -1 : (int) value;
  }
}
