package io.github.anople.lab.pretrain.train;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What one step of pretraining learns from.
 *
 * @param pixels {@code [images, 3, S, S]} in [0, 1]
 * @param captions a caption of each image
 * @param imageDamaged whether anything in the image is damaged
 * @param phrases the different phrases that patches of this batch show
 * @param patchPhrase {@code [images, patches]}: index in {@code phrases} of what the patch shows
 * @param patchDamaged {@code [images, patches]}: 1 damaged, 0 whole, -1 hardly touched
 * @param wholeNames for each image, a thing in it in good condition ("a perfect red gear")
 * @param damagedNames for each image, the same thing in bad condition ("abnormal red gear")
 */
record SceneBatch(
    float[] pixels,
    List<String> captions,
    boolean[] imageDamaged,
    List<String> phrases,
    long[] patchPhrase,
    byte[] patchDamaged,
    List<String> wholeNames,
    List<String> damagedNames) {

  int images() {
    return captions.size();
  }

  /** {@link #patchPhrase} of some patches of each image. */
  long[] patchPhrase(int[] kept) {
    int all = patchPhrase.length / images();
    return IntStream.range(0, images() * kept.length)
        .mapToLong(i -> patchPhrase[i / kept.length * all + kept[i % kept.length]])
        .toArray();
  }

  /** {@link #patchDamaged} of some patches of each image. */
  byte[] patchDamaged(int[] kept) {
    int all = patchDamaged.length / images();
    byte[] part = new byte[images() * kept.length];
    for (int i = 0; i < part.length; i++) {
      part[i] = patchDamaged[i / kept.length * all + kept[i % kept.length]];
    }
    return part;
  }
}
