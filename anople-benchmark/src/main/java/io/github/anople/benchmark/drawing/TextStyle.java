package io.github.anople.benchmark.drawing;

/**
 * How a line of text is set.
 *
 * @param size height of its letters' body, in pixels
 * @param anchor which part of it stands at its point
 * @param colour as CSS writes it
 * @param bold whether it is bold
 * @param rotation degrees clockwise about its point
 */
public record TextStyle(double size, Anchor anchor, String colour, boolean bold, double rotation) {

  /** Which part of a text stands at its point. */
  public enum Anchor {
    /** Its beginning. */
    START("start"),
    /** Its middle. */
    MIDDLE("middle"),
    /** Its end. */
    END("end");

    private final String id;

    Anchor(String id) {
      this.id = id;
    }

    String id() {
      return id;
    }
  }

  /**
   * Upright black text.
   *
   * @param size height of its letters' body, in pixels
   * @param anchor which part of it stands at its point
   */
  public TextStyle(double size, Anchor anchor) {
    this(size, anchor, "#1a1a1a", false, 0);
  }

  /**
   * The same in bold.
   *
   * @return a style
   */
  public TextStyle inBold() {
    return new TextStyle(size, anchor, colour, true, rotation);
  }

  /**
   * The same in another colour.
   *
   * @param other as CSS writes it
   * @return a style
   */
  public TextStyle in(String other) {
    return new TextStyle(size, anchor, other, bold, rotation);
  }

  /**
   * The same, turned.
   *
   * @param degrees clockwise about the text's point
   * @return a style
   */
  public TextStyle turned(double degrees) {
    return new TextStyle(size, anchor, colour, bold, degrees);
  }
}
