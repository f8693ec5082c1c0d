package io.github.anople.inspect.report;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A small picture, encoded, for a page to show as it is.
 *
 * @param format how it is encoded
 * @param width columns, 1 to {@value #LONGEST_SIDE}
 * @param height rows, 1 to {@value #LONGEST_SIDE}
 * @param bytes the file's bytes; copied on the way in and out
 */
public record Thumbnail(Format format, int width, int height, byte[] bytes) {

  /** The longer side of a thumbnail, in pixels, of a picture of usual shape. */
  public static final int MAX_SIDE = 160;

  /** The longer side of a long picture's: what else would be left of a scan's width? */
  public static final int LONGEST_SIDE = 640;

  /** Far more than the largest thumbnail needs; a report holds hundreds. */
  private static final int MAX_BYTES = 4 * MAX_SIDE * MAX_SIDE;

  /** How a thumbnail is encoded. */
  public enum Format {
    /** Lossless, for flat pictures. */
    PNG("image/png", "\u0089PNG\r\n"),
    /** Lossy, for photographs. */
    JPEG("image/jpeg", "\u00FF\u00D8\u00FF");

    private final String mediaType;

    /** The first bytes, as Latin-1. */
    private final String start;

    Format(String mediaType, String start) {
      this.mediaType = mediaType;
      this.start = start;
    }

    /**
     * The format's name on the web.
     *
     * @return for example {@code image/png}
     */
    public String mediaType() {
      return mediaType;
    }

    private boolean begins(byte[] bytes) {
      return new String(bytes, StandardCharsets.ISO_8859_1).startsWith(start);
    }
  }

  /**
   * A thumbnail.
   *
   * @throws IllegalArgumentException if a side is out of range, or the bytes are too many or do not
   *     begin as the format does
   */
  public Thumbnail {
    Objects.requireNonNull(format, "format");
    if (width < 1 || height < 1 || width > LONGEST_SIDE || height > LONGEST_SIDE) {
      throw new IllegalArgumentException("a thumbnail of " + width + " x " + height + " pixels");
    }
    if (bytes.length > MAX_BYTES || !format.begins(bytes)) {
      throw new IllegalArgumentException(bytes.length + " bytes that are not a " + format);
    }
    bytes = bytes.clone();
  }

  /**
   * The file.
   *
   * @return a copy of its bytes
   */
  @Override
  public byte[] bytes() {
    return bytes.clone();
  }
}
