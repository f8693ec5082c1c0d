package io.github.anople.benchmark.baseline;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.clip.ClipTokenizer;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.synth.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * PromptAD's prompts. With contexts P and A, of an object: normal P_i object; manual anomaly P_i
 * state of the object, for each state every i; learned anomaly P_i object A_a (or P_i A_a object),
 * for each a every i. A period ends each.
 *
 * @param clip the backbone
 * @param shape how many contexts, of how many rows
 * @param texts token ids, with rows of the contexts among them as {@code vocabSize + row}: the
 *     normal prompts, the manual ones, the learned ones
 * @param normal number of normal prompts
 * @param manual number of manual anomaly prompts; 0 without states
 */
record PromptAdPrompts(ClipModel clip, Shape shape, List<int[]> texts, int normal, int manual) {

  /** Name of P, {@code [N, E_n, d_t]}. */
  static final String NORMAL = "normal";

  /** Name of A, {@code [M, E_a, d_t]}. */
  static final String ABNORMAL = "abnormal";

  /** Standard deviation of first values, the published code's. */
  private static final double DEVIATION = 0.02;

  /**
   * How many contexts, of how many rows.
   *
   * @param normal N
   * @param normalRows E_n
   * @param abnormal M
   * @param abnormalRows E_a
   */
  record Shape(int normal, int normalRows, int abnormal, int abnormalRows) {}

  /**
   * Text features, not normalised.
   *
   * @param normal {@code [N, d]}
   * @param manual {@code [states · N, d]}; no row without states
   * @param learned {@code [M · N, d]}
   */
  record Features(Tensor normal, Tensor manual, Tensor learned) {

    /** Manual, then learned. */
    Tensor abnormal() {
      return Tensors.concat(0, manual, learned);
    }

    /** t⁺ and t⁻, the means of normal and of anomaly prompts, {@code [2, d]} of unit length. */
    Tensor prototypes() {
      return Tensors.concat(0, prototype(normal), prototype(abnormal()));
    }

    /** A mean as a prototype, {@code [1, d]} of unit length. */
    static Tensor prototype(Tensor features) {
      return Tensors.normalize(features.mean(0).unsqueeze(0));
    }
  }

  /**
   * The prompts of objects.
   *
   * @param clip the backbone, which must outlive them
   * @param objects what the pictures show, at least one; of several, an object at a time
   * @throws InputException if a prompt is longer than the text tower
   */
  static PromptAdPrompts of(
      ClipModel clip,
      List<PromptAdStates.Named> objects,
      Shape shape,
      PromptAdSetting.Order order) {
    Writing writing = new Writing(clip, shape);
    List<int[]> normal = new ArrayList<>();
    List<int[]> manual = new ArrayList<>();
    List<int[]> learned = new ArrayList<>();
    for (PromptAdStates.Named object : objects) {
      writing.eachNormal(normal, object.word(), writing.words(object.word()), new int[0]);
      for (String state : object.states()) {
        String text = state.replace("{}", object.word());
        writing.eachNormal(manual, text, writing.words(text), new int[0]);
      }
      for (int a = 0; a < shape.abnormal(); a++) {
        int[] words = writing.words(object.word());
        int[] rows = writing.abnormal(a);
        boolean suffix = order == PromptAdSetting.Order.SUFFIX;
        writing.eachNormal(learned, object.word(), suffix ? words : rows, suffix ? rows : words);
      }
    }
    List<int[]> texts = new ArrayList<>(normal);
    texts.addAll(manual);
    texts.addAll(learned);
    return new PromptAdPrompts(clip, shape, List.copyOf(texts), normal.size(), manual.size());
  }

  /** Puts words and rows together. */
  private record Writing(ClipModel clip, Shape shape) {

    /** A prompt with each normal context in turn. */
    void eachNormal(List<int[]> prompts, String text, int[] first, int[] second) {
      ClipTokenizer tokenizer = clip.tokenizer();
      for (int i = 0; i < shape.normal(); i++) {
        int[] prompt =
            joined(
                new int[] {tokenizer.startOfText()},
                rows(i * shape.normalRows(), shape.normalRows()),
                first,
                second,
                words("."),
                new int[] {tokenizer.endOfText()});
        if (prompt.length > tokenizer.contextLength()) {
          throw new InputException(
              "prompt '" + text + "'",
              "is longer with its contexts than the "
                  + tokenizer.contextLength()
                  + " tokens that the backbone reads",
              "give the category a shorter name");
        }
        prompts.add(prompt);
      }
    }

    int[] abnormal(int context) {
      int before = shape.normal() * shape.normalRows();
      return rows(before + context * shape.abnormalRows(), shape.abnormalRows());
    }

    private int[] rows(int first, int count) {
      int from = clip.config().text().vocabSize() + first;
      return IntStream.range(from, from + count).toArray();
    }

    /** Tokens without those of start and end; what is cut here is too long for a prompt anyway. */
    int[] words(String text) {
      int[] ids = clip.tokenizer().encode(text);
      return Arrays.copyOfRange(ids, 1, ids.length - 1);
    }

    private static int[] joined(int[]... parts) {
      return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }
  }

  /** First values of the contexts, drawn. */
  Map<String, FloatTensor> draw(RandomGenerator random) {
    Map<String, FloatTensor> values = new LinkedHashMap<>();
    values.put(NORMAL, draw(shape.normal(), shape.normalRows(), random));
    values.put(ABNORMAL, draw(shape.abnormal(), shape.abnormalRows(), random));
    return values;
  }

  private FloatTensor draw(int contexts, int rows, RandomGenerator random) {
    int width = clip.config().text().width();
    return new FloatTensor(
        List.of((long) contexts, (long) rows, (long) width),
        Draws.gaussians(random, Math.multiplyExact(contexts * rows, width), DEVIATION));
  }

  /**
   * Encodes some prompts.
   *
   * @param some of the texts
   * @param contexts P and A; gradients reach them
   * @return {@code [texts, d]}, of the current scope
   */
  Tensor encoded(List<int[]> some, Parameters contexts) {
    Tensor rows =
        Tensors.concat(0, contexts.get(NORMAL).flatten(0, 1), contexts.get(ABNORMAL).flatten(0, 1));
    return clip.text().encodeWithRows(some, rows);
  }

  /** Tells the kinds of prompts apart; {@code all} are the texts' features in their order. */
  Features parted(Tensor all) {
    int learned = texts.size() - normal - manual;
    return new Features(
        all.narrow(0, 0, normal),
        all.narrow(0, normal, manual),
        all.narrow(0, (long) normal + manual, learned));
  }
}
