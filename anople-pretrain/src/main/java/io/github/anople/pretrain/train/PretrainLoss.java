package io.github.anople.pretrain.train;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipTokenizer;
import io.github.anople.torch.clip.ClipTowers;
import io.github.anople.torch.clip.PromptRows;
import io.github.anople.torch.clip.VisionEncoder;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The losses of one step, in the current scope and autograd graph. */
final class PretrainLoss {

  /**
   * How much each layer's patch rows count: the memory of a six-layer tower reads 4 and 5 (7 to 10
   * of 12); the layers before learn faster if they are asked too.
   */
  private static final SortedMap<Integer, Double> TAUGHT_LAYERS =
      new TreeMap<>(Map.of(2, 0.2, 3, 0.3, 4, 1.0, 5, 1.0));

  /** How much the channels count that say nothing of the descriptors: they blur the memory. */
  private static final double OTHER_CHANNELS = 0.3;

  private static final double CONSTANT_CHANNEL = 0.05;
  private static final double LARGEST_TEMPERATURE = 100;
  private static final double TOTAL_WEIGHT =
      TAUGHT_LAYERS.values().stream().mapToDouble(Double::doubleValue).sum();

  private final PretrainConfig config;
  private final ClipTokenizer tokenizer;
  private final FloatTensor scale;

  PretrainLoss(PretrainConfig config, ClipTokenizer tokenizer, FloatTensor scale) {
    this.config = config;
    this.tokenizer = tokenizer;
    this.scale = scale;
  }

  /** The terms, each a scalar; the total is their weighted sum. */
  record Terms(
      Tensor descriptors,
      Tensor contrast,
      Tensor words,
      Tensor patchDamage,
      Tensor imageDamage,
      Tensor total) {

    PretrainValues values() {
      return new PretrainValues(
          descriptors.item_float(),
          contrast.item_float(),
          words.item_float(),
          patchDamage.item_float(),
          imageDamage.item_float(),
          total.item_float());
    }
  }

  /**
   * Encodes a batch and compares.
   *
   * @param prompts context rows to get used to, or null
   * @param kept numbers of the patches to look at, in rising order
   * @param logScale logit_scale
   */
  Terms of(ClipTowers towers, SceneBatch batch, PromptRows prompts, int[] kept, Tensor logScale) {
    int side = MiniArchitecture.SIDE;
    Tensor images = Tensors.of(batch.pixels(), batch.images(), 3, side, side);
    Tensor seenPatches = Tensors.of(Arrays.stream(kept).asLongStream().toArray(), kept.length);
    VisionEncoder.Output seen =
        towers.vision().encode(normalized(images), prompts, TAUGHT_LAYERS.keySet(), seenPatches);
    Tensor descriptors = descriptors(seen, torch.index_select(target(images), 1, seenPatches));
    Tensor pictures = Tensors.normalize(seen.image());
    Tensor patches = // [images, patches, d]
        Tensors.normalize(
            torch.matmul(towers.vision().postNorm(seen.patches()), towers.vision().projection()));
    Texts texts = texts(towers, batch);
    Tensor s = logScale.exp().clamp_max(new Scalar(LARGEST_TEMPERATURE));
    Tensor contrast = contrast(pictures, texts.captions(), s);
    Tensor words =
        torch.cross_entropy_loss(
            torch.matmul(patches.flatten(0, 1), texts.phrases().t()).mul(s),
            Tensors.of(batch.patchPhrase(kept), (long) batch.images() * kept.length));
    Tensor towardsBad = texts.damaged().sub(texts.whole()); // [images, d]
    Tensor patchDamage = patchDamage(patches, towardsBad, s, batch.patchDamaged(kept));
    Tensor imageDamage = imageDamage(pictures, towardsBad, s, batch);
    Tensor total =
        descriptors
            .mul(new Scalar(config.descriptors()))
            .add(contrast.mul(new Scalar(config.contrast())))
            .add(words.mul(new Scalar(config.words())))
            .add(patchDamage.add(imageDamage).mul(new Scalar(config.damage())));
    return new Terms(descriptors, contrast, words, patchDamage, imageDamage, total);
  }

  /** The teacher's many intermediate pictures are freed at once. */
  private Tensor target(Tensor images) {
    OwnedTensors kept = new OwnedTensors();
    Tensor target = TensorScope.inference(() -> kept.keep(DescriptorTeacher.target(images, scale)));
    Tensor ofScope = new Tensor(target); // the caller's scope holds it from here on
    kept.close();
    return ofScope;
  }

  static Tensor normalized(Tensor images) {
    float[] mean = new float[3];
    float[] deviation = new float[3];
    for (int i = 0; i < 3; i++) {
      mean[i] = MiniArchitecture.NORMALIZATION.mean().get(i).floatValue();
      deviation[i] = MiniArchitecture.NORMALIZATION.deviation().get(i).floatValue();
    }
    return images.sub(Tensors.of(mean, 3, 1, 1)).div(Tensors.of(deviation, 3, 1, 1));
  }

  /**
   * Squared distance to the teacher in the memory's layers, in units of the descriptors' own
   * variance.
   */
  private static Tensor descriptors(VisionEncoder.Output seen, Tensor target) {
    Tensor variance =
        target
            .narrow(2, 0, DescriptorTeacher.SIZE)
            .square()
            .sum(new long[] {2}, false, null)
            .mean();
    Tensor sum = Tensors.of(new float[1], 1);
    for (Map.Entry<Integer, Double> layer : TAUGHT_LAYERS.entrySet()) {
      Tensor error = distance(seen.layers().get(layer.getKey()), target);
      sum = sum.add(error.mul(new Scalar(layer.getValue() / TOTAL_WEIGHT)));
    }
    return sum.sum().div(variance);
  }

  /** Mean squared distance of patch rows to the target, {@code []}. */
  private static Tensor distance(Tensor rows, Tensor target) {
    long taught = target.size(2);
    Tensor error = rows.narrow(2, 0, taught).sub(target).square();
    Tensor others = rows.narrow(2, taught, rows.size(2) - taught).square().sum();
    return error
        .narrow(2, 0, taught - 1)
        .sum()
        .add(error.narrow(2, taught - 1, 1).sum().mul(new Scalar(CONSTANT_CHANNEL)))
        .add(others.mul(new Scalar(OTHER_CHANNELS)))
        .div(new Scalar((double) (target.size(0) * target.size(1))));
  }

  private record Texts(Tensor captions, Tensor phrases, Tensor whole, Tensor damaged) {}

  /** All texts of a batch in one pass, {@code [texts, d]} of unit length each. */
  private Texts texts(ClipTowers towers, SceneBatch batch) {
    List<String> all = new ArrayList<>(batch.captions());
    all.addAll(batch.wholeNames());
    all.addAll(batch.damagedNames());
    all.addAll(batch.phrases());
    List<int[]> ids = all.stream().map(tokenizer::encode).toList();
    Tensor features = Tensors.normalize(towers.text().encode(ids));
    int n = batch.images();
    return new Texts(
        features.narrow(0, 0, n),
        features.narrow(0, 3L * n, batch.phrases().size()),
        features.narrow(0, n, n),
        features.narrow(0, 2L * n, n));
  }

  /** CLIP's loss: each picture to its caption and each caption to its picture. */
  private static Tensor contrast(Tensor pictures, Tensor captions, Tensor s) {
    Tensor logits = torch.matmul(pictures, captions.t()).mul(s);
    int n = (int) logits.size(0);
    Tensor own = Tensors.of(LongStream.range(0, n).toArray(), n);
    return torch
        .cross_entropy_loss(logits, own)
        .add(torch.cross_entropy_loss(logits.t(), own))
        .mul(new Scalar(0.5));
  }

  /** Damaged and whole patches count alike, however many there are of each. */
  private static Tensor patchDamage(Tensor patches, Tensor towardsBad, Tensor s, byte[] labels) {
    Tensor logits = torch.matmul(patches, towardsBad.unsqueeze(2)).squeeze(2).mul(s);
    return balanced(logits.flatten(), labels);
  }

  private static Tensor imageDamage(
      Tensor pictures, Tensor towardsBad, Tensor s, SceneBatch batch) {
    byte[] labels = new byte[batch.images()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (batch.imageDamaged()[i] ? 1 : 0);
    }
    return balanced(pictures.mul(towardsBad).sum(new long[] {1}, false, null).mul(s), labels);
  }

  /**
   * Binary cross entropy, mean over the bad and the good ones of half their share each; labels of
   * -1 are left out.
   */
  private static Tensor balanced(Tensor logits, byte[] labels) {
    long bad = count(labels, 1);
    long good = count(labels, 0);
    float[] sign = new float[labels.length];
    float[] weight = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      sign[i] = labels[i] == 1 ? -1 : 1;
      weight[i] = labels[i] < 0 ? 0 : 0.5f / (labels[i] == 1 ? bad : good);
    }
    return torch
        .softplus(logits.mul(Tensors.of(sign, sign.length)))
        .mul(Tensors.of(weight, weight.length))
        .sum();
  }

  private static long count(byte[] labels, int wanted) {
    long count = 0;
    for (byte label : labels) {
      count += label == wanted ? 1 : 0;
    }
    return count;
  }
}
