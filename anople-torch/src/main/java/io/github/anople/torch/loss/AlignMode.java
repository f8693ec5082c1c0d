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
}
