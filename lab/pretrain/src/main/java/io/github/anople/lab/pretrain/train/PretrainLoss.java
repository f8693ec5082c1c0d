package io.github.anople.lab.pretrain.train;

import io.github.anople.torch.clip.ClipTokenizer;
import io.github.anople.torch.clip.ClipTowers;
import io.github.anople.torch.clip.PromptRows;
import io.github.anople.torch.clip.VisionEncoder;
import io.github.anople.torch.engine.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The losses of one step, in the current scope and autograd graph. */
final class PretrainLoss {

  /** The layers whose patch rows the memory of a six-layer tower reads (7 to 10 of 12). */
  private static final List<Integer> MEMORY_LAYERS = List.of(4, 5);

  /** The first learned layer, which the memory does not read. */
  private static final int EARLY_LAYER = 3;

  private static final Set<Integer> TAPPED = Set.of(BuiltInDescriptors.BLOCKS, EARLY_LAYER, 4, 5);

  /** Of the damage channel's values: 0.5 there is as sure as a logit of 4. */
  private static final double EARLY_GAIN = 8;

  private static final double FREE_SHARE = 0.25;

  private static final double LARGEST_TEMPERATURE = 100;

  private final PretrainConfig config;
  private final ClipTokenizer tokenizer;

  PretrainLoss(PretrainConfig config, ClipTokenizer tokenizer) {
    this.config = config;
    this.tokenizer = tokenizer;
  }

  /** The terms, each a scalar; the total is their weighted sum. */
  record Terms(
      Tensor descriptors,
      Tensor contrast,
      Tensor words,
      Tensor patchDamage,
      Tensor earlyDamage,
      Tensor imageDamage,
      Tensor total) {

    PretrainValues values() {
      Tensor[] terms = {descriptors, contrast, words, patchDamage, earlyDamage, imageDamage, total};
      float[] read = Tensors.floats(torch.stack(new TensorVector(terms)));
      return new PretrainValues(read[0], read[1], read[2], read[3], read[4], read[5], read[6]);
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
    Tensor images = Tensors.beside(logScale, batch.pixels(), batch.images(), 3, side, side);
    long[] seenPatches = Arrays.stream(kept).asLongStream().toArray();
    VisionEncoder.Output seen =
        towers.vision().encode(normalized(images), prompts, TAPPED, seenPatches);
    Tensor descriptors = descriptors(seen);
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
            Tensors.beside(s, batch.patchPhrase(kept), (long) batch.images() * kept.length));
    Tensor towardsBad = texts.damaged().sub(texts.whole()); // [images, d]
    byte[] damaged = batch.patchDamaged(kept);
    Tensor patchDamage = patchDamage(patches, towardsBad, s, damaged);
    Tensor earlyDamage = earlyDamage(seen, damaged);
    Tensor imageDamage = imageDamage(pictures, towardsBad, s, batch);
    Tensor total =
        descriptors
            .mul(new Scalar(config.descriptors()))
            .add(contrast.mul(new Scalar(config.contrast())))
            .add(words.mul(new Scalar(config.words())))
            .add(patchDamage.add(earlyDamage).add(imageDamage).mul(new Scalar(config.damage())));
    return new Terms(descriptors, contrast, words, patchDamage, earlyDamage, imageDamage, total);
  }

  static Tensor normalized(Tensor images) {
    float[] mean = new float[3];
    float[] deviation = new float[3];
    for (int i = 0; i < 3; i++) {
      mean[i] = MiniArchitecture.NORMALIZATION.mean().get(i).floatValue();
      deviation[i] = MiniArchitecture.NORMALIZATION.deviation().get(i).floatValue();
    }
    return images
        .sub(Tensors.beside(images, mean, 3, 1, 1))
        .div(Tensors.beside(images, deviation, 3, 1, 1));
  }

  /**
   * How far the memory's layers have moved from the built descriptors: the squared distance, in
   * units of the descriptors' own square. What is written beside them, into channels that hold no
   * descriptor, counts for less.
   */
  private static Tensor descriptors(VisionEncoder.Output seen) {
    Tensor built = seen.layers().get(BuiltInDescriptors.BLOCKS);
    float[] shares = BuiltInDescriptors.channelShares(FREE_SHARE);
    Tensor share = Tensors.beside(built, shares, shares.length);
    Tensor sum = built.new_zeros(1);
    for (int layer : MEMORY_LAYERS) {
      sum = sum.add(seen.layers().get(layer).sub(built).square().mul(share).mean());
    }
    return sum.sum().div(built.square().mean().mul(new Scalar(MEMORY_LAYERS.size())));
  }

  /**
   * Tells one channel of the first learned layer which patches are damaged, so that the class row
   * can look for them in the layers after it: what the last block finds comes too late for that.
   */
  private static Tensor earlyDamage(VisionEncoder.Output seen, byte[] labels) {
    Tensor channel = seen.layers().get(EARLY_LAYER).select(2, BuiltInDescriptors.DAMAGE).flatten();
    return balanced(channel.mul(new Scalar(EARLY_GAIN)), labels);
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
    Tensor own = Tensors.beside(logits, LongStream.range(0, n).toArray(), n);
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
        .softplus(logits.mul(Tensors.beside(logits, sign, sign.length)))
        .mul(Tensors.beside(logits, weight, weight.length))
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
