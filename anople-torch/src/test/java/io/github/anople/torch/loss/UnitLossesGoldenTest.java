package io.github.anople.torch.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.Golden;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.engine.TensorScope;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class UnitLossesGoldenTest {

  private final Golden losses = Golden.open("losses.safetensors");

  @Test
  void diceAndFocalSurviveLogitsFarApart() {
    TensorScope.inference(
        () -> {
          Tensor logits = torch.log_softmax(GoldenModel.whole(losses, "unit/logits"), 1);
          Tensor mask = GoldenModel.whole(losses, "unit/mask");
          long[] marked =
              LongStream.range(0, mask.size(0))
                  .filter(row -> mask.select(0, row).sum().item_float() > 0)
                  .toArray();
          Tensor dice = DiceLoss.of(logits.select(1, 1).exp(), mask, marked);
          losses.check("unit/dice", dice.item_float());
          losses.check("unit/focal", FocalLoss.of(logits, mask).item_float());
          return null;
        });
  }

  @Test
  void diceOfNormalRowsAloneIsZero() {
    float dice =
        TensorScope.inference(
            () -> {
              Tensor mask = torch.zeros(2, 4, 4);
              return DiceLoss.of(torch.ones(2, 4, 4), mask, new long[0]).item_float();
            });
    assertEquals(0, dice);
  }
}
