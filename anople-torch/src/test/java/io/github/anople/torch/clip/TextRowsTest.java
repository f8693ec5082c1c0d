package io.github.anople.torch.clip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.torch.engine.Operators;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.pretrained.OpenClipWeights;
import io.github.anople.torch.synth.Draws;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Texts in which learned rows stand between the words. */
class TextRowsTest {

  private static ClipModel clip;

  @BeforeAll
  static void open() {
    clip = OpenClipWeights.open(Fixtures.golden("tiny_clip")).load(Precision.FP32);
  }

  @AfterAll
  static void close() {
    clip.close();
  }

  private static int vocabulary() {
    return clip.config().text().vocabSize();
  }

  private static Tensor rows(int count) {
    int width = clip.config().text().width();
    float[] drawn = Draws.gaussians(Draws.of(3, "rows", 0, 0), count * width, 0.1);
    return Tensors.of(drawn, count, width);
  }

  @Test
  void rowsAfterTheStartAreContexts() {
    List<int[]> texts = texts("a washer", "scratched metal nut");
    List<int[]> with = texts.stream().map(ids -> with(ids, 1, 1, 0)).toList();
    TensorScope.inference(
        () -> {
          Tensor rows = rows(2);
          Tensor turned = Operators.rows(rows, 0, 1, 0).unsqueeze(0);
          assertArrayEquals(
              Tensors.floats(clip.text().encode(texts, shallow(turned))),
              Tensors.floats(clip.text().encodeWithRows(with, rows)),
              1e-6f);
          return null;
        });
  }

  private static PromptRows shallow(Tensor rows) {
    return new PromptRows() {
      @Override
      public int depth() {
        return 1;
      }

      @Override
      public int count() {
        return Math.toIntExact(rows.size(1));
      }

      @Override
      public Tensor rows(int layer) {
        return rows;
      }
    };
  }

  /** A row that is a word's embedding reads as that word, wherever it stands. */
  @Test
  void aRowReadsAsTheWordThatItEquals() {
    List<int[]> plain = texts("damaged washer", "washer");
    TensorScope.inference(
        () -> {
          Tensor embedding = clip.weights().get("token_embedding.weight");
          for (int[] text : plain) {
            for (int place = 0; place < text.length; place++) {
              int[] replaced = text.clone();
              replaced[place] = vocabulary();
              Tensor word = Operators.rows(embedding, 0, text[place]);
              assertArrayEquals(
                  Tensors.floats(clip.text().encode(List.of(text))),
                  Tensors.floats(clip.text().encodeWithRows(List.of(replaced), word)),
                  1e-6f);
            }
          }
          return null;
        });
  }

  @Test
  void gradientsReachTheRowsThatStandInATextAndNoOthers() {
    List<int[]> texts = List.of(with(texts("washer").get(0), 2, 0, 2));
    TensorScope.run(
        () -> {
          Tensor rows = rows(3).set_requires_grad(true);
          clip.text().encodeWithRows(texts, rows).sum().backward();
          float[] moved = Tensors.floats(rows.grad().abs().amax(new long[] {1}, false));
          assertEquals(0, moved[1]);
          assertTrue(moved[0] > 0 && moved[2] > 0);
        });
  }

  @Test
  void aTextThatIsTooLongIsRefused() {
    int[] ids = new int[clip.config().text().contextLength() + 1];
    TensorScope.run(
        () -> {
          Tensor rows = rows(1);
          TextEncoder text = clip.text();
          assertThrows(
              IllegalArgumentException.class, () -> text.encodeWithRows(List.of(ids), rows));
          assertThrows(IllegalArgumentException.class, () -> text.encodeWithRows(List.of(), rows));
        });
  }

  private static List<int[]> texts(String... words) {
    return Arrays.stream(words).map(text -> clip.tokenizer().encode(text)).toList();
  }

  /** Rows by number, put into a text. */
  private static int[] with(int[] ids, int place, int... rows) {
    int[] joined = new int[ids.length + rows.length];
    System.arraycopy(ids, 0, joined, 0, place);
    for (int i = 0; i < rows.length; i++) {
      joined[place + i] = vocabulary() + rows[i];
    }
    System.arraycopy(ids, place, joined, place + rows.length, ids.length - place);
    return joined;
  }
}
