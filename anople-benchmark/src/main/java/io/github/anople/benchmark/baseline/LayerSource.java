package io.github.anople.benchmark.baseline;

import io.github.anople.core.detect.PreparedImage;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.clip.VisionEncoder;
import io.github.anople.torch.encoder.PatchEncoder;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.model.Images;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A frozen network of which some layers are looked at, each on a grid of its own. */
interface LayerSource extends AutoCloseable {

  /** The side of the images that it takes: {@code [images, 3, side, side]}. */
  int imageSize();

  /**
   * Looks at a batch.
   *
   * @param device where it computes
   * @param images which were prepared at {@link #imageSize} too
   */
  FrozenPatches.Seen look(ComputeDevice device, List<PreparedImage> images);

  @Override
  void close();

  /** {@code [images, n², d]} as {@code [images, n, n, d]}. */
  private static Tensor onGrid(Tensor rows) {
    long side = Math.round(Math.sqrt((double) rows.size(1)));
    return rows.view(rows.size(0), side, side, -1);
  }

  /**
   * The backbone's image tower without prompts.
   *
   * @param clip stays its owner's
   * @param layers counted from 1
   */
  record OfClip(ClipModel clip, List<Integer> layers) implements LayerSource {

    @Override
    public int imageSize() {
      return clip.config().vision().imageSize();
    }

    @Override
    public FrozenPatches.Seen look(ComputeDevice device, List<PreparedImage> images) {
      Tensor batch = Images.batch(clip, images.stream().map(PreparedImage::image).toList());
      VisionEncoder.Output output = clip.vision().encode(batch, null, Set.copyOf(layers));
      List<Tensor> grids = new ArrayList<>();
      for (int layer : layers) {
        grids.add(onGrid(Tensors.normalize(output.layers().get(layer).to(ScalarType.Float))));
      }
      return new FrozenPatches.Seen(Tensors.normalize(output.image().to(ScalarType.Float)), grids);
    }

    @Override
    public void close() {}
  }

  /**
   * Encoders of which each is one layer; what they see of the whole picture is the mean of the last
   * one's rows, as networks for photographs end in such a mean.
   *
   * @param encoders of one image size, closed with this
   */
  record OfEncoders(List<PatchEncoder> encoders) implements LayerSource {

    @Override
    public int imageSize() {
      return encoders.get(0).imageSize();
    }

    @Override
    public FrozenPatches.Seen look(ComputeDevice device, List<PreparedImage> images) {
      Tensor plain = plain(device, images, imageSize());
      List<Tensor> grids = encoders.stream().map(one -> onGrid(one.encode(plain))).toList();
      return new FrozenPatches.Seen(pooled(grids), grids);
    }

    @Override
    public void close() {
      encoders.forEach(PatchEncoder::close);
    }
  }

  /**
   * One encoder whose rows are those of several layers side by side, of one width each.
   *
   * @param encoder closed with this
   * @param layers how many
   */
  record OfJoined(PatchEncoder encoder, int layers) implements LayerSource {

    @Override
    public int imageSize() {
      return encoder.imageSize();
    }

    @Override
    public FrozenPatches.Seen look(ComputeDevice device, List<PreparedImage> images) {
      Tensor joined = onGrid(encoder.encode(plain(device, images, imageSize())));
      long width = joined.size(3) / layers;
      List<Tensor> grids = new ArrayList<>();
      for (int layer = 0; layer < layers; layer++) {
        grids.add(Tensors.normalize(joined.narrow(3, layer * width, width)));
      }
      return new FrozenPatches.Seen(pooled(grids), grids);
    }

    @Override
    public void close() {
      encoder.close();
    }
  }

  private static Tensor plain(ComputeDevice device, List<PreparedImage> images, int side) {
    return Images.plain(device, images.stream().map(image -> image.at(side)).toList(), side);
  }

  private static Tensor pooled(List<Tensor> grids) {
    return Tensors.normalize(grids.get(grids.size() - 1).flatten(1, 2).mean(1));
  }
}
