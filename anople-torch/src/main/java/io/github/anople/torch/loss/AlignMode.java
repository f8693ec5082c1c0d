package io.github.anople.torch.loss;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How dense features are averaged into the target of the align term (the paper's Table 3c). */
public enum AlignMode {
  /** No align term. */
  NONE,
  /** Every position counts the same. */
  MEAN,
  /** Positions count by how abnormal they look: the method. */
  WEIGHTED;

  /**
   * The name in settings and files.
   *
   * @return {@code none}, {@code mean} or {@code weighted}
   */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The mode of a name.
   *
   * @param id as {@link #id} gives it
   * @return the mode
   * @throws InputException if there is none
   */
  public static AlignMode of(String id) {
    return Arrays.stream(values())
        .filter(mode -> mode.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "align", "'" + id + "' is not an align mode", "use none, mean or weighted"));
  }
}
