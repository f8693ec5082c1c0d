package io.github.anople.torch.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.Golden;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.engine.Workers;
import io.github.anople.torch.loss.AlignMode;
import io.github.anople.torch.loss.LossTerms;
import io.github.anople.torch.prompt.Interaction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LossesGoldenTest {

  private final Golden losses = Golden.open("losses.safetensors");

  static Stream<Arguments> modesAndAlignments() {
    // The reference holds all alignments for the default mode, and one for each of the others.
    Golden losses = Golden.open("losses.safetensors");
    return Stream.of(Interaction.values())
        .flatMap(mode -> Stream.of(AlignMode.values()).map(align -> Arguments.of(mode, align)))
        .filter(pair -> losses.contains(prefix(pair.get()) + "total"));
  }

  private static String prefix(Object... modeAndAlign) {
    return ((Interaction) modeAndAlign[0]).id() + "/" + ((AlignMode) modeAndAlign[1]).id() + "/";
  }

  @ParameterizedTest
  @MethodSource("modesAndAlignments")
  void termsAndGradientsMatchTheReference(Interaction mode, AlignMode align) {
    String prefix = prefix(mode, align);
    try (GoldenModel golden = new GoldenModel(mode);
        Workers workers = Workers.forPieces(2 * golden.views())) {
      for (Function<TrainingStep.Batch, LossTerms> way :
          GoldenSteps.bothWays(golden, align, workers)) {
        golden.parameters().zeroGradients();
        TensorScope.run(
            () -> {
              checkTerms(prefix, way.apply(GoldenSteps.batch(golden, step())));
              for (String name : golden.parameters().names()) {
                losses.check(
                    prefix + "grad/" + name, Tensors.floats(golden.parameters().get(name).grad()));
              }
            });
      }
    }
  }

  private int step() {
    return Integer.parseInt(losses.told("for step ([0-9]+) of"));
  }

  private void checkTerms(String prefix, LossTerms terms) {
    check(prefix + "dice", terms.dice());
    check(prefix + "focal", terms.focal());
    check(prefix + "ce_pixel", terms.cePixel());
    check(prefix + "ce_latent", terms.ceLatent());
    check(prefix + "align", terms.align());
    check(prefix + "total", terms.total());
  }

  private void check(String name, Tensor term) {
    assertEquals(losses.contains(name), term != null, () -> name + " is there");
    if (term != null) {
      losses.check(name, term.item_float());
    }
  }
}
