package io.github.anople.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.anople.core.Fixtures;
import io.github.anople.core.Golden;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.model.AnoPleModel;
import io.github.anople.torch.model.DetectionModel;
import io.github.anople.torch.model.Looking;
import io.github.anople.torch.pretrained.OpenClipWeights;
import io.github.anople.torch.prompt.ClassTexts;
import io.github.anople.torch.prompt.Interaction;
import io.github.anople.torch.prompt.PromptLearner;
import io.github.anople.torch.prompt.PromptShape;
import io.github.anople.torch.prompt.StateWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * The reference run's model: the tiny CLIP with the learnables of {@code learnables.safetensors}.
 */
public final class GoldenModel implements AutoCloseable {

  // modes.safetensors tells the words; the other files of the run share them.
  private final Golden modes = Golden.open("modes.safetensors");
  private final Golden memory = Golden.open("memory.safetensors");
  private final Golden learnables = Golden.open("learnables.safetensors");
  private final ClipModel clip;
  private final PromptShape shape;
  private final Parameters parameters;

  /** The model in a mode, in fp32. */
  public GoldenModel(Interaction mode) {
    this(mode, Precision.FP32);
  }

  /** The model in a mode and a precision. */
  public GoldenModel(Interaction mode, Precision precision) {
    this(mode, precision, ComputeDevice.CPU);
  }

  /** The model in a mode and a precision, on a device. */
  public GoldenModel(Interaction mode, Precision precision, ComputeDevice device) {
    this.clip = OpenClipWeights.open(Fixtures.golden("tiny_clip")).load(precision, device);
    long[] text = learnables.shape(PromptShape.TEXT_CONTEXT);
    long[] visual = learnables.shape(PromptShape.VISUAL_CONTEXT);
    this.shape =
        PromptShape.of(clip.config(), mode, (int) text[0], (int) text[1], (int) visual[1], views());
    this.parameters = Parameters.of(learned(), true, device);
  }

  /** N + 1. */
  public int views() {
    return (int) learnables.shape(PromptShape.VIEW_SIGNAL)[0];
  }

  /** The backbone. */
  public ClipModel clip() {
    return clip;
  }

  /** Sizes of the prompt learner. */
  public PromptShape shape() {
    return shape;
  }

  /** The learnables of the mode. */
  public Parameters parameters() {
    return parameters;
  }

  /** What detection with the golden values is made of. */
  public DetectionModel.Recipe recipe() {
    return new DetectionModel.Recipe(
        shape,
        classes(),
        StateWords.of(List.of(stateWord())),
        views() - 1,
        Looking.with(
            layers(memory.setting("layers")), TrainingConfig.mvtec().detectionGrid(clip.config())),
        learned());
  }

  /** The layers of a range such as {@code 2-3}. */
  public static Set<Integer> layers(String range) {
    int[] ends = Arrays.stream(range.split("-")).mapToInt(Integer::parseInt).toArray();
    return Set.copyOf(IntStream.rangeClosed(ends[0], ends[1]).boxed().toList());
  }

  /** The class names of the reference run. */
  public List<String> classes() {
    return modes.listAfter("classes");
  }

  /** The state word of the reference run. */
  public String stateWord() {
    return modes.told("state word `([^`]+)`");
  }

  /** The learnables' golden values, those of the mode alone. */
  public Map<String, FloatTensor> learned() {
    Map<String, List<Long>> names = new LinkedHashMap<>(shape.tensors());
    names.putAll(Decoder.tensors(clip.config()));
    Map<String, FloatTensor> values = new LinkedHashMap<>();
    names.forEach(
        (name, sizes) -> values.put(name, new FloatTensor(sizes, learnables.floats(name))));
    return values;
  }

  /** The model with the reference run's classes and state word. */
  public AnoPleModel model() {
    return model(classes(), List.of(stateWord()));
  }

  /** The model with other words. */
  public AnoPleModel model(List<String> classes, List<String> states) {
    return new AnoPleModel(
        clip,
        new PromptLearner(shape, parameters),
        ClassTexts.of(clip.tokenizer(), classes, StateWords.of(states), shape.textRows()),
        Decoder.forTraining(clip.config(), parameters, clip.precision()));
  }

  /** A golden tensor, or a slice of one along its first dimension. */
  public static Tensor slice(Golden file, String name, int index) {
    Tensor whole = whole(file, name);
    return whole.select(0, index);
  }

  /** A golden tensor. */
  public static Tensor whole(Golden file, String name) {
    return Tensors.of(file.floats(name), file.shape(name));
  }

  /** A golden tensor of whole numbers. */
  public static Tensor numbers(Golden file, String name) {
    return Tensors.of(file.longs(name), file.shape(name));
  }

  /** Fails unless whole numbers, below 2²⁴, are the golden ones. */
  public static void checkNumbers(Golden file, String name, Tensor numbers) {
    float[] values = Tensors.floats(numbers);
    long[] actual = new long[values.length];
    Arrays.setAll(actual, i -> (long) values[i]);
    assertArrayEquals(file.longs(name), actual, name);
  }

  /** A golden tensor of whole numbers, as floats. */
  public static Tensor mask(Golden file, String name) {
    long[] values = file.longs(name);
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values[i];
    }
    return Tensors.of(floats, file.shape(name));
  }

  /** The preprocessed fixtures at a model's size, in the file's order. */
  public static Tensor images(ClipModel clip) {
    int side = clip.config().vision().imageSize();
    Golden images = Golden.open("preprocess.safetensors");
    List<Tensor> batch = new ArrayList<>();
    for (String name : images.names()) {
      if (name.endsWith("/" + side)) {
        batch.add(Tensors.of(images.floats(name), 1, 3, side, side));
      }
    }
    return Tensors.concat(0, batch.toArray(Tensor[]::new));
  }

  @Override
  public void close() {
    parameters.close();
    clip.close();
  }

  /** The interaction mode of a name that a fixture tells. */
  public static Interaction interaction(String id) {
    return Arrays.stream(Interaction.values())
        .filter(mode -> mode.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the fixture tells of a mode '" + id + "'"));
  }
}
