package io.github.anople.torch.prompt;

import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.clip.ClipTokenizer;
import io.github.anople.torch.clip.PromptRows;
import io.github.anople.torch.engine.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * The words that the textual contexts are put to: {@code <name>} for normal, {@code <state word>
 * <name>} for abnormal, or what else {@link StateWords} say.
 *
 * <p>Text features are means over classes, and over state words where there are several (eq. 8).
 */
public final class ClassTexts {

  private final List<int[]> texts; // normal rows, then abnormal rows
  private final int normalRows;

  private ClassTexts(List<int[]> texts, int normalRows) {
    this.texts = texts;
    this.normalRows = normalRows;
  }

  /**
   * Tokenizes the texts of all classes.
   *
   * @param tokenizer the backbone's
   * @param names class names; {@code _} becomes a space
   * @param states what is said of good and bad things
   * @param contextRows rows that the prompts insert, which the words leave room for
   * @return the texts
   */
  public static ClassTexts of(
      ClipTokenizer tokenizer, List<String> names, StateWords states, int contextRows) {
    int longest = tokenizer.contextLength() - contextRows;
    List<int[]> texts = new ArrayList<>();
    for (String text : texts(states.normal(), names)) {
      texts.add(tokenizer.encode(text, longest));
    }
    int normal = texts.size();
    for (String text : texts(states.abnormal(), names)) {
      texts.add(tokenizer.encode(text, longest));
    }
    return new ClassTexts(List.copyOf(texts), normal);
  }

  /** State by state, in each the names. */
  private static List<String> texts(List<String> states, List<String> names) {
    return states.stream()
        .flatMap(state -> names.stream().map(name -> StateWords.text(state, name)))
        .toList();
  }

  /**
   * A name that does not fit.
   *
   * @param name as it was given
   * @param tokens of its longest text
   * @param room for a text's tokens
   */
  public record Cut(String name, int tokens, int room) {}

  /**
   * The names of which a text is longer than the window, so that {@link #of} cuts its end off.
   *
   * @param tokenizer the backbone's
   * @param names class names
   * @param states what is said of good and bad things
   * @param contextRows rows that the prompts insert
   * @return in the order of the names
   */
  public static List<Cut> cut(
      ClipTokenizer tokenizer, List<String> names, StateWords states, int contextRows) {
    int room = tokenizer.contextLength() - contextRows;
    List<Cut> cut = new ArrayList<>();
    for (String name : names) {
      int longest =
          Stream.concat(states.normal().stream(), states.abnormal().stream())
              .mapToInt(state -> tokenizer.length(StateWords.text(state, name)))
              .max()
              .orElseThrow();
      if (longest > room) {
        cut.add(new Cut(name, longest, room));
      }
    }
    return cut;
  }

  /**
   * The token ids, normal rows first, in the order of the names.
   *
   * @return one array a text, start and end tokens included, contexts not counted
   */
  public List<int[]> tokens() {
    return texts;
  }

  /**
   * t⁺ and t⁻.
   *
   * @param clip the backbone
   * @param prompts context rows, or null
   * @return {@code [2, d]}: normal, abnormal, each of unit length
   */
  public Tensor features(ClipModel clip, PromptRows prompts) {
    Tensor rows = Tensors.normalize(clip.text().encode(texts, prompts)); // [texts, d]
    Tensor normal = rows.narrow(0, 0, normalRows).mean(0);
    Tensor abnormal = rows.narrow(0, normalRows, texts.size() - normalRows).mean(0);
    return Tensors.normalize(stack(normal, abnormal));
  }

  private static Tensor stack(Tensor normal, Tensor abnormal) {
    return Tensors.concat(0, normal.unsqueeze(0), abnormal.unsqueeze(0));
  }
}
