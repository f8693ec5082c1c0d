package io.github.anople.torch.prompt;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which contexts exist, and which of them reach the other modality (the paper's Table 3a). */
public enum Interaction {
  /** Text sees f(P^v), vision sees f(P^t): the method. */
  BIDIRECTIONAL(true, true, true, true),
  /** Vision sees f(P^t). */
  TEXT_TO_IMAGE(true, true, false, true),
  /** Text sees f(P^v). */
  IMAGE_TO_TEXT(true, true, true, false),
  /** Both have contexts, neither sees the other's. */
  INDEPENDENT(true, true, false, false),
  /** Textual contexts alone: no visual contexts, no view signal. */
  TEXT_ONLY(true, false, false, false),
  /** Visual contexts and view signal alone. */
  IMAGE_ONLY(false, true, false, false);

  private final boolean textual;
  private final boolean visual;
  private final boolean visualToText;
  private final boolean textToVisual;

  Interaction(boolean textual, boolean visual, boolean visualToText, boolean textToVisual) {
    this.textual = textual;
    this.visual = visual;
    this.visualToText = visualToText;
    this.textToVisual = textToVisual;
  }

  /**
   * Whether there are textual contexts P^t.
   *
   * @return true but for {@link #IMAGE_ONLY}
   */
  public boolean textual() {
    return textual;
  }

  /**
   * Whether there are visual contexts P^v, and with them view signals c.
   *
   * @return true but for {@link #TEXT_ONLY}
   */
  public boolean visual() {
    return visual;
  }

  /**
   * Whether f_{v→t} exists: text rows hold f(P^v).
   *
   * @return whether vision reaches text
   */
  public boolean visualToText() {
    return visualToText;
  }

  /**
   * Whether f_{t→v} exists: vision rows hold f(P^t).
   *
   * @return whether text reaches vision
   */
  public boolean textToVisual() {
    return textToVisual;
  }

  /**
   * The name in settings and files.
   *
   * @return for example {@code text-to-image}
   */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
