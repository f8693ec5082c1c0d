package io.github.anople.torch.prompt;

import io.github.anople.torch.clip.ClipConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sizes of what the prompt learner learns.
 *
 * @param interaction which learnables exist
 * @param depth J, layers with prompts of their own
 * @param textContext C_t, textual context rows a layer
 * @param visualContext C_v, visual context rows a layer
 * @param views N + 1, rows of the view signal; 0 when it is switched off
 * @param textWidth d_t
 * @param visionWidth d_v
 */
public record PromptShape(
    Interaction interaction,
    int depth,
    int textContext,
    int visualContext,
    int views,
    int textWidth,
    int visionWidth) {

  /** Name of P^t, {@code [J, C_t, d_t]}. */
  public static final String TEXT_CONTEXT = "text_context";

  /** Name of P^v, {@code [J, C_v, d_v]}. */
  public static final String VISUAL_CONTEXT = "visual_context";

  /** Name of c, {@code [N + 1, d_v]}; the last row is the whole image's. */
  public static final String VIEW_SIGNAL = "view_signal";

  /** Name of f_{v→t}: {@code .weight [d_t, d_v]}, {@code .bias [d_t]}. */
  public static final String VISUAL_TO_TEXT = "couple_v2t";

  /** Name of f_{t→v}: {@code .weight [d_v, d_t]}, {@code .bias [d_v]}. */
  public static final String TEXT_TO_VISUAL = "couple_t2v";

  /**
   * The sizes for a backbone.
   *
   * @param clip the backbone
   * @param interaction which learnables exist
   * @param depth J
   * @param textContext C_t
   * @param visualContext C_v
   * @param views rows of the view signal; 0 when it is switched off
   * @return the sizes
   */
  public static PromptShape of(
      ClipConfig clip,
      Interaction interaction,
      int depth,
      int textContext,
      int visualContext,
      int views) {
    return new PromptShape(
        interaction,
        depth,
        textContext,
        visualContext,
        views,
        clip.text().width(),
        clip.vision().width());
  }

  /**
   * Context rows in the text tower.
   *
   * @return those of P^t and f(P^v), 0 where the mode has none
   */
  public int textRows() {
    return (interaction.textual() ? textContext : 0)
        + (interaction.visualToText() ? visualContext : 0);
  }

  /**
   * The learnables that exist, by name, with their shapes.
   *
   * @return in a fixed order
   */
  public Map<String, List<Long>> tensors() {
    Map<String, List<Long>> tensors = new LinkedHashMap<>();
    long textual = textWidth;
    long visual = visionWidth;
    if (interaction.textual()) {
      tensors.put(TEXT_CONTEXT, List.of((long) depth, (long) textContext, textual));
    }
    if (interaction.visual()) {
      tensors.put(VISUAL_CONTEXT, List.of((long) depth, (long) visualContext, visual));
      if (views > 0) {
        tensors.put(VIEW_SIGNAL, List.of((long) views, visual));
      }
    }
    if (interaction.visualToText()) {
      tensors.put(VISUAL_TO_TEXT + ".weight", List.of(textual, visual));
      tensors.put(VISUAL_TO_TEXT + ".bias", List.of(textual));
    }
    if (interaction.textToVisual()) {
      tensors.put(TEXT_TO_VISUAL + ".weight", List.of(visual, textual));
      tensors.put(TEXT_TO_VISUAL + ".bias", List.of(visual));
    }
    return tensors;
  }
}
