package io.github.anople.lab.pretrain.trunk;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.encoder.TrunkBlock;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The trunk out of a detector: the first convolutions of its graph, whose kernels and biases are
 * constants of fp16 that an operator widens.
 */
final class TrunkConversion {

  private static final int FACTOR = 6;

  private final String where;
  private final TfliteModel model;
  private final Map<Integer, Integer> widened;

  TrunkConversion(String where, TfliteModel model) {
    this.where = where;
    this.model = model;
    this.widened = model.widened();
  }

  /**
   * A convolution that is expected.
   *
   * @param name as the trunk's weights are named
   * @param code number of the operator
   * @param shape {@code [out, in / groups, k, k]}
   */
  private record Expected(String name, int code, List<Long> shape) {

    static Expected full(String name, long out, long in, long window) {
      return new Expected(name, TfliteModel.CONV_2D, List.of(out, in, window, window));
    }

    static Expected depthwise(String name, long channels) {
      long window = TrunkBlock.WINDOW;
      return new Expected(
          name, TfliteModel.DEPTHWISE_CONV_2D, List.of(channels, 1L, window, window));
    }
  }

  private static List<Expected> expected() {
    List<Expected> all = new ArrayList<>();
    all.add(Expected.full("Conv", TrunkBlock.ALL.get(0).in(), 3, TrunkBlock.WINDOW));
    for (TrunkBlock block : TrunkBlock.ALL) {
      String name = block.number() + ".";
      int wide = block.expands() ? FACTOR * block.in() : block.in();
      if (block.expands()) {
        all.add(Expected.full(name + "expand", wide, block.in(), 1));
      }
      all.add(Expected.depthwise(name + "dw", wide));
      all.add(Expected.full(name + "project", block.out(), wide, 1));
    }
    return all;
  }

  /**
   * The weights, as the trunk names and shapes them.
   *
   * @throws InputException if the model is another one
   */
  Map<String, FloatTensor> weights() {
    List<TfliteModel.Operator> convolutions =
        model.operators().stream()
            .filter(
                operator ->
                    operator.code() == TfliteModel.CONV_2D
                        || operator.code() == TfliteModel.DEPTHWISE_CONV_2D)
            .toList();
    Map<String, FloatTensor> weights = new LinkedHashMap<>();
    int next = 0;
    for (Expected convolution : expected()) {
      if (next == convolutions.size()) {
        throw other("has " + next + " convolutions, " + convolution.name() + " is not among them");
      }
      TfliteModel.Operator operator = convolutions.get(next++);
      if (operator.code() != convolution.code() || operator.inputs().size() != 3) {
        throw other("has another convolution where " + convolution.name() + " is expected");
      }
      weights.put(
          convolution.name() + ".weight",
          kernels(convolution, constant(operator.inputs().get(1), convolution.name())));
      weights.put(
          convolution.name() + ".bias",
          bias(convolution, constant(operator.inputs().get(2), convolution.name())));
    }
    return weights;
  }

  private TfliteModel.Tensor constant(int number, String name) {
    Integer source = widened.get(number);
    if (source == null || model.tensors().get(source).type() != TfliteModel.FLOAT16) {
      throw other("does not store the weights of " + name + " in fp16");
    }
    return model.tensors().get(source);
  }

  /** From {@code [out, k, k, in]}, depthwise {@code [1, k, k, out]}, to the trunk's order. */
  private FloatTensor kernels(Expected convolution, TfliteModel.Tensor stored) {
    List<Long> shape = convolution.shape();
    int out = Math.toIntExact(shape.get(0));
    int in = Math.toIntExact(shape.get(1));
    int window = Math.toIntExact(shape.get(2));
    boolean depthwise = convolution.code() == TfliteModel.DEPTHWISE_CONV_2D;
    List<Integer> outer =
        depthwise ? List.of(1, window, window, out) : List.of(out, window, window, in);
    float[] values = numbers(stored, outer, convolution.name());
    float[] reordered = new float[values.length];
    int places = window * window;
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        for (int place = 0; place < places; place++) {
          int from = depthwise ? place * out + o : (o * places + place) * in + i;
          reordered[(o * in + i) * places + place] = values[from];
        }
      }
    }
    return new FloatTensor(shape, reordered);
  }

  private FloatTensor bias(Expected convolution, TfliteModel.Tensor stored) {
    long out = convolution.shape().get(0);
    List<Integer> shape = List.of(Math.toIntExact(out));
    return new FloatTensor(List.of(out), numbers(stored, shape, convolution.name()));
  }

  private float[] numbers(TfliteModel.Tensor stored, List<Integer> shape, String name) {
    int count = shape.stream().reduce(1, Math::multiplyExact);
    ByteBuffer bytes = stored.bytes();
    if (!stored.shape().equals(shape) || bytes.remaining() != count * DType.F16.byteSize()) {
      throw other("has " + stored.shape() + " for " + name + " where " + shape + " is expected");
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = DType.F16.floatAt(bytes, i * DType.F16.byteSize());
    }
    return values;
  }

  private InputException other(String problem) {
    return new InputException(where, problem, "give the model that docs/trunk.md names");
  }
}
