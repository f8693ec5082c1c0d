package io.github.anople.server.store;

import java.time.Instant;
import java.util.Locale;

/**
 * A good picture of a product.
 *
 * @param id its number among the good pictures
 * @param product the product's number
 * @param picture the picture's number
 * @param sha256 the picture's content
 * @param name what its file was called
 * @param purpose what it is for
 * @param remarks what looks odd about it; may be empty
 * @param addedAt when
 */
public record GoodPicture(
    long id,
    long product,
    long picture,
    String sha256,
    String name,
    Purpose purpose,
    String remarks,
    Instant addedAt) {

  /** What a good picture is for. */
  public enum Purpose {
    /** A detector learns from it. */
    SHOT,
    /** Thresholds come from it. */
    CALIBRATION,
    /** A detector remembers it without learning anew: it was wrongly NOT OK. */
    MEMORY,
    /** Nothing: it is kept. */
    UNUSED;

    /**
     * The name in tables and addresses.
     *
     * @return lower case
     */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The purpose of a name.
     *
     * @param id what {@link #id} gave
     * @return the purpose
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Purpose of(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }
  }
}
