package io.github.anople.torch.clip;

import io.github.anople.torch.engine.Operators;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.layer.LayerNorm;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * OpenCLIP's text tower: token embedding, positions, causal blocks, ln_final on the end-of-text
 * row, text_projection.
 *
 * <p>Tensors that its methods return belong to the caller's scope. Safe to share between threads.
 */
public final class TextEncoder {

  private final ClipConfig.Text config;
  private final Tensor tokenEmbedding; // [vocabSize, width]
  private final Tensor positions; // [contextLength, width]
  private final Transformer transformer;
  private final LayerNorm last;
  private final Tensor projection; // [width, embedDim]

  TextEncoder(ClipConfig config, ClipWeights weights, Precision precision, OwnedTensors owner) {
    this.config = config.text();
    this.tokenEmbedding = owner.keep(weights.get("token_embedding.weight"));
    this.positions = owner.keep(weights.get("positional_embedding"));
    this.transformer =
        new Transformer(
            weights,
            "transformer",
            this.config.layers(),
            this.config.heads(),
            config.quickGelu(),
            precision.scalarType(),
            owner);
    this.last = new LayerNorm(weights, "ln_final", Block.EPSILON, owner);
    this.projection = owner.keep(weights.get("text_projection"));
  }

  /**
   * Encodes texts.
   *
   * @param texts token ids of each, from start of text to end of text, not padded
   * @return {@code [texts, embedDim]}, not normalised
   */
  public Tensor encode(List<int[]> texts) {
    return encode(texts, null);
  }

  /**
   * Encodes texts with context rows between start of text and the words.
   *
   * <p>The batch is as long as its longest row: attention is causal, so what would follow a row's
   * end-of-text token cannot change it.
   *
   * @param texts token ids of each, from start of text to end of text, not padded; with the context
   *     rows at most {@code contextLength}
   * @param prompts context rows, or null for none
   * @return {@code [texts, embedDim]}, not normalised
   * @throws IllegalArgumentException if a text is empty or too long
   */
  public Tensor encode(List<int[]> texts, PromptRows prompts) {
    return encode(texts, prompts, AttentionObserver.NONE);
  }

  /**
   * The same for somebody who looks at the attention on the way.
   *
   * @param texts token ids of each, from start of text to end of text, not padded; with the context
   *     rows at most {@code contextLength}
   * @param prompts context rows, or null for none
   * @param observer told of each layer's attention; the tokens are start of text, the context rows,
   *     then the words, all texts as long as the longest
   * @return {@code [texts, embedDim]}, not normalised
   * @throws IllegalArgumentException if a text is empty or too long
   */
  public Tensor encode(List<int[]> texts, PromptRows prompts, AttentionObserver observer) {
    int context = prompts == null ? 0 : prompts.count();
    int longest = texts.stream().mapToInt(ids -> ids.length).max().orElse(0);
    checkLength(longest, context);
    long[] ids = padded(texts, longest);
    Tensor x = // [texts, longest, width]
        Operators.embed(tokenEmbedding, ids, texts.size(), longest);
    if (prompts != null) {
      Tensor rows = Transformer.forEach(texts.size(), prompts.rows(0));
      x = Tensors.concat(1, x.narrow(1, 0, 1), rows, x.narrow(1, 1, longest - 1));
    }
    return features(layers(x, prompts, observer), texts, context);
  }

  /**
   * Encodes texts in which rows of the caller's stand anywhere between the words, as pseudo-words.
   *
   * @param texts ids of each, from start of text to end of text, not padded: those of tokens, and
   *     {@code vocabSize + r} for row r; at most {@code contextLength}
   * @param rows {@code [count, width]}; gradients reach them
   * @return {@code [texts, embedDim]}, not normalised
   * @throws IllegalArgumentException if a text is empty or too long
   */
  public Tensor encodeWithRows(List<int[]> texts, Tensor rows) {
    int longest = texts.stream().mapToInt(ids -> ids.length).max().orElse(0);
    checkLength(longest, 0);
    long[] ids = padded(texts, longest);
    // The words at hand alone: a table of all would have a gradient of its size.
    long[] words = Arrays.stream(ids).filter(id -> id < config.vocabSize()).distinct().toArray();
    Arrays.sort(words);
    for (int i = 0; i < ids.length; i++) {
      ids[i] =
          ids[i] < config.vocabSize()
              ? Arrays.binarySearch(words, ids[i])
              : words.length + ids[i] - config.vocabSize();
    }
    Tensor table = Tensors.concat(0, Operators.embed(tokenEmbedding, words, words.length), rows);
    Tensor x = // [texts, longest, width]
        Operators.rows(table, 0, ids).view(texts.size(), longest, config.width());
    return features(layers(x, null, AttentionObserver.NONE), texts, 0);
  }

  private void checkLength(int longest, int context) {
    if (longest == 0 || longest + context > config.contextLength()) {
      throw new IllegalArgumentException(
          "longest text has "
              + longest
              + " tokens and "
              + context
              + " context rows, the tower has "
              + config.contextLength()
              + " positions");
    }
  }

  /** What the layers make of embedded texts, {@code [texts, tokens, width]}. */
  private Tensor layers(Tensor x, PromptRows prompts, AttentionObserver observer) {
    int tokens = Math.toIntExact(x.size(1));
    return transformer.apply(
        x.add(positions.narrow(0, 0, tokens)),
        Tensors.beside(x, causalMask(tokens), tokens, tokens),
        prompts,
        1,
        Transformer.AfterLayer.NOTHING,
        observer);
  }

  private Tensor features(Tensor out, List<int[]> texts, int context) {
    return torch.matmul(last.apply(endRows(out, texts, context)), projection);
  }

  private static long[] padded(List<int[]> texts, int longest) {
    long[] ids = new long[texts.size() * longest];
    for (int row = 0; row < texts.size(); row++) {
      int[] text = texts.get(row);
      for (int column = 0; column < text.length; column++) {
        ids[row * longest + column] = text[column];
      }
    }
    return ids;
  }

  /** The row of each text's last token, {@code [texts, width]}. */
  private static Tensor endRows(Tensor out, List<int[]> texts, int context) {
    long tokens = out.size(1);
    long[] index = new long[texts.size()];
    for (int row = 0; row < index.length; row++) {
      index[row] = row * tokens + texts.get(row).length - 1 + context;
    }
    return Operators.rows(out.flatten(0, 1), 0, index);
  }

  /** Minus infinity above the diagonal: a token sees itself and what came before. */
  private static float[] causalMask(int tokens) {
    float[] mask = new float[tokens * tokens];
    for (int row = 0; row < tokens; row++) {
      Arrays.fill(mask, row * tokens + row + 1, (row + 1) * tokens, Float.NEGATIVE_INFINITY);
    }
    return mask;
  }
}
