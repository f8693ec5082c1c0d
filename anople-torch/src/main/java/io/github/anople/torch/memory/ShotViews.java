package io.github.anople.torch.memory;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * In which symmetries ({@link Symmetries}) the memory sees a shot besides as it is: a part that
 * lies on the belt in any way is good in each of them. An extension of the method; the paper has
 * none.
 */
public enum ShotViews {
  /** As it is, and no other: the paper's. */
  NONE(1),
  /** Turned by quarters. */
  TURNS(4),
  /** Turned by quarters, and their mirror images. */
  ALL(Symmetries.COUNT),
  /**
   * Of the quarter turns those that look about as good as gently altered views of the shots do: a
   * part that has an up and a down keeps them.
   */
  AUTO(4);

  private final int count;

  ShotViews(int count) {
    this.count = count;
  }

  /**
   * The symmetries that may be seen.
   *
   * @return numbers of {@link Symmetries}, ascending from 0, the shot as it is
   */
  public List<Integer> symmetries() {
    return IntStream.range(0, count).boxed().toList();
  }

  /**
   * The name in settings and files.
   *
   * @return {@code none}, {@code turns}, {@code all} or {@code auto}
   */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
