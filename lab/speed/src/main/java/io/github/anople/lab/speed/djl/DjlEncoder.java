package io.github.anople.lab.speed.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import io.github.anople.core.tensorfile.SafetensorsFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The image tower as a Java user would write it with DJL; {@code RivalProcess} says what it prints.
 */
public final class DjlEncoder {

  private static final float EPSILON = 1e-5f;

  private final Map<String, NDArray> weights = new HashMap<>();
  private final NDArray[] prompts; // [1, rows, width] of each layer
  private final int layers;
  private final int heads;

  private DjlEncoder(NDManager manager, Path weights, NDArray prompts, int layers, int heads) {
    this.layers = layers;
    this.heads = heads;
    this.prompts = new NDArray[(int) prompts.getShape().get(0)];
    for (int layer = 0; layer < this.prompts.length; layer++) {
      this.prompts[layer] = prompts.get(new NDIndex("{}:{}", layer, layer + 1));
    }
    try (SafetensorsFile file = SafetensorsFile.open(weights)) {
      for (String name : file.names()) {
        if (name.startsWith("visual.")) {
          this.weights.put(name, array(manager, file, name));
        }
      }
    }
  }

  /**
   * Prints features, waits, prints durations.
   *
   * @param args those of {@code RivalInputs}
   * @throws IOException if standard input cannot be read
   */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        SafetensorsFile inputs = SafetensorsFile.open(Path.of(args[1]))) {
      NDArray images = array(manager, inputs, "images");
      DjlEncoder encoder =
          new DjlEncoder(
              manager,
              Path.of(args[0]),
              array(manager, inputs, "prompts"),
              Integer.parseInt(args[2]),
              Integer.parseInt(args[3]));
      out.println("version DJL with PyTorch " + Engine.getInstance().getVersion());
      out.println("features" + text(encoder.features(manager, images)));
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      if (in.readLine() == null) {
        return;
      }
      for (String batch : args[7].split(",", -1)) {
        NDArray some = images.get(new NDIndex(":" + batch));
        out.println("samples " + batch + text(encoder.time(manager, some, args)));
      }
    }
  }

  private static NDArray array(NDManager manager, SafetensorsFile file, String name) {
    long[] shape = file.info(name).shape().stream().mapToLong(Long::longValue).toArray();
    return manager.create(file.floats(name), new Shape(shape));
  }

  private static String text(float[] values) {
    StringBuilder text = new StringBuilder();
    for (float value : values) {
      text.append(' ').append(value);
    }
    return text.toString();
  }

  private static String text(double[] values) {
    StringBuilder text = new StringBuilder();
    for (double value : values) {
      text.append(String.format(Locale.ROOT, " %.9f", value));
    }
    return text.toString();
  }

  /** Everything made on the way belongs to a manager of its own, which frees it. */
  private float[] features(NDManager manager, NDArray images) {
    try (NDManager scope = manager.newSubManager()) {
      return encode(own(scope, images.duplicate())).normalize(2, 1).toFloatArray();
    }
  }

  private static NDArray own(NDManager scope, NDArray array) {
    array.attach(scope);
    return array;
  }

  private double[] time(NDManager manager, NDArray images, String[] args) {
    int warmUps = Integer.parseInt(args[4]);
    int counted = Integer.parseInt(args[5]);
    double most = Double.parseDouble(args[6]);
    for (int i = 0; i < warmUps; i++) {
      features(manager, images);
    }
    double[] taken = new double[counted];
    int done = 0;
    long start = System.nanoTime();
    while (done < counted && (done < 3 || since(start) < most)) {
      long before = System.nanoTime();
      features(manager, images);
      taken[done++] = since(before);
    }
    return Arrays.copyOf(taken, done);
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private NDArray encode(NDArray images) {
    NDArray kernels = weights.get("visual.conv1.weight");
    long count = images.getShape().get(0);
    long patch = kernels.getShape().get(2);
    NDArray grid = Conv2d.conv2d(images, kernels, null, new Shape(patch, patch)).singletonOrThrow();
    long width = grid.getShape().get(1);
    NDManager scope = images.getManager();
    NDArray first = own(scope, weights.get("visual.class_embedding").reshape(1, 1, width));
    NDArray patches = grid.reshape(count, width, -1).transpose(0, 2, 1);
    NDArray x =
        first.repeat(0, count).concat(patches, 1).add(weights.get("visual.positional_embedding"));
    long seen = x.getShape().get(1);
    x = norm(x.concat(prompts(scope, 0, count), 1), "visual.ln_pre");
    for (int layer = 0; layer < layers; layer++) {
      if (layer > 0 && layer < prompts.length) {
        x = x.get(new NDIndex(":,:{}", seen)).concat(prompts(scope, layer, count), 1);
      }
      x = block(x, "visual.transformer.resblocks." + layer);
    }
    return norm(x.get(new NDIndex(":,0")), "visual.ln_post").matMul(weights.get("visual.proj"));
  }

  private NDArray prompts(NDManager scope, int layer, long count) {
    return own(scope, prompts[layer].repeat(0, count));
  }

  private NDArray block(NDArray x, String name) {
    NDArray attended = x.add(attention(norm(x, name + ".ln_1"), name + ".attn.", x.getShape()));
    NDArray hidden =
        Activation.gelu(
            linear(
                norm(attended, name + ".ln_2"),
                name + ".mlp.c_fc.weight",
                name + ".mlp.c_fc.bias"));
    return attended.add(linear(hidden, name + ".mlp.c_proj.weight", name + ".mlp.c_proj.bias"));
  }

  private NDArray attention(NDArray x, String name, Shape shape) {
    long rows = shape.get(0);
    long tokens = shape.get(1);
    long width = shape.get(2);
    NDList split =
        linear(x, name + "in_proj_weight", name + "in_proj_bias")
            .reshape(rows, tokens, 3, heads, width / heads)
            .transpose(2, 0, 3, 1, 4)
            .split(3);
    NDArray query = split.get(0).squeeze(0);
    NDArray key = split.get(1).squeeze(0);
    NDArray logits = query.matMul(key.swapAxes(2, 3)).div(Math.sqrt((double) width / heads));
    NDArray mixed = NDArrays.matMul(logits.softmax(-1), split.get(2).squeeze(0));
    return linear(
        mixed.transpose(0, 2, 1, 3).reshape(rows, tokens, width),
        name + "out_proj.weight",
        name + "out_proj.bias");
  }

  private NDArray linear(NDArray x, String weight, String bias) {
    return Linear.linear(x, weights.get(weight), weights.get(bias)).singletonOrThrow();
  }

  private NDArray norm(NDArray x, String name) {
    Shape last = new Shape(x.getShape().get(x.getShape().dimension() - 1));
    return LayerNorm.layerNorm(
            x, last, weights.get(name + ".weight"), weights.get(name + ".bias"), EPSILON)
        .singletonOrThrow();
  }
}
