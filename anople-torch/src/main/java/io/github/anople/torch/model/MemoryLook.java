package io.github.anople.torch.model;

import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.detect.Tiling;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.FilledRegion;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.encoder.TrunkEncoder;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.GridShifts;
import io.github.anople.torch.memory.MemoryBank;
import io.github.anople.torch.memory.Symmetries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What a memory sees, and what it says: the backbone's layers, encoders beside it, or both.
 *
 * @param clip the backbone
 * @param own the backbone's part; empty where the memory does not see with it
 * @param further the encoders beside it
 * @param region which part of images counts; empty for all
 * @param tilePlaces how many places of tiles a memory tells apart; mostly 1
 */
public record MemoryLook(
    ClipModel clip,
    Optional<Own> own,
    List<EncoderMemory> further,
    Optional<FilledRegion> region,
    int tilePlaces) {

  /**
   * What the backbone's layers see.
   *
   * @param features from {@code [images, 3, S, S]}, normalised, to {@code [images, n, d_v]} of unit
   *     length
   * @param bank R; null while it is filled
   * @param weight how much its distances count
   * @param places of the patch grid at which an image is looked at
   */
  public record Own(
      UnaryOperator<Tensor> features, MemoryBank bank, double weight, GridShifts places) {}

  /**
   * A look with nothing to remember yet.
   *
   * @param clip the backbone, which must outlive it
   * @param looking what sees, and how much it counts
   * @param features what the backbone's layers see, as {@link Own} has it
   * @return a look, whose further encoders are the caller's to close
   */
  static MemoryLook empty(ClipModel clip, Looking looking, UnaryOperator<Tensor> features) {
    List<EncoderMemory> further = new ArrayList<>();
    for (Looking.Encoder one : looking.encoders()) {
      further.add(
          EncoderMemory.empty(
              one.name(), one.opener().apply(clip.device()), one.weight(), one.places()));
    }
    Optional<Own> own =
        looking.memoryLayers().isEmpty()
            ? Optional.empty()
            : Optional.of(new Own(features, null, looking.memoryWeight(), looking.places()));
    return new MemoryLook(
        clip,
        own,
        further,
        looking.regionOfImages(),
        looking.tiles().map(Tiling::places).orElse(1));
  }

  /**
   * The same with something to remember.
   *
   * @param memory R of each encoder, {@code [patches, d]}
   * @param owner keeps what is made of it
   * @return another look, of the same encoders
   */
  public MemoryLook remembering(Map<String, FloatTensor> memory, OwnedTensors owner) {
    return new MemoryLook(
        clip,
        own.map(
            part ->
                new Own(
                    part.features(),
                    bank(memory.get(DetectorBundle.BACKBONE_MEMORY), owner),
                    part.weight(),
                    part.places())),
        further.stream()
            .map(
                one ->
                    new EncoderMemory(
                        one.name(),
                        one.encoder(),
                        bank(memory.get(one.name()), owner),
                        one.weight(),
                        one.places()))
            .toList(),
        region,
        tilePlaces);
  }

  /** A memory on the backbone's device; null where there are no rows. */
  MemoryBank bank(FloatTensor rows, OwnedTensors owner) {
    if (rows == null) {
      return null;
    }
    Tensor table = Tensors.of(rows.values(), rows.shape().get(0), rows.shape().get(1));
    return new MemoryBank(clip.device().place(table), tilePlaces, owner);
  }

  /**
   * Images on their way into the memory: resized and normalised as backbone and encoders want them.
   *
   * @param images of any sizes
   * @return tensors of the current scope, on the backbone's device
   */
  public Seen seen(List<RgbImage> images) {
    if (region.isPresent()) {
      return prepared(images.stream().map(image -> sizes().prepare(image, region)).toList());
    }
    List<Tensor> plain = new ArrayList<>();
    for (EncoderMemory one : further) {
      plain.add(Images.plain(clip.device(), images, one.encoder().imageSize()));
    }
    return new Seen(Images.batch(clip, images), plain);
  }

  /**
   * Prepared images on their way into the memory.
   *
   * @param images at {@link #sizes}
   * @return as {@link #seen}
   */
  public Seen prepared(List<PreparedImage> images) {
    List<Tensor> plain = new ArrayList<>();
    for (EncoderMemory one : further) {
      int side = one.encoder().imageSize();
      List<RgbImage> squares = images.stream().map(image -> image.at(side)).toList();
      plain.add(Images.plain(clip.device(), squares, side));
    }
    Tensor own = Images.batch(clip, images.stream().map(PreparedImage::image).toList());
    return new Seen(own, plain, Optional.empty(), counted(own));
  }

  private Optional<Counted> counted(Tensor neighbour) {
    return region.map(
        some -> Counted.of(some.region(), neighbour, clip.config().vision().imageSize()));
  }

  /**
   * Images in another symmetry, seen through the same region: it is the camera's, and does not turn
   * with the part. Neither what lies in an ignored place then nor what came from one counts.
   *
   * @param images as they are
   * @param symmetry of {@link Symmetries}
   * @return tensors of the current scope; these where it is 0
   */
  public Seen turned(Seen images, int symmetry) {
    if (symmetry == 0) {
      return images;
    }
    Tensor own = Symmetries.of(images.images(), symmetry);
    List<Tensor> others =
        images.further().stream().map(one -> Symmetries.of(one, symmetry)).toList();
    if (region.isEmpty()) {
      return new Seen(own, others);
    }
    FilledRegion camera = region.get();
    return new Seen(
        Images.painted(camera.region(), own, Images.normalized(clip, own, camera.colour())),
        others.stream().map(one -> Images.painted(camera, one)).toList(),
        Optional.empty(),
        images.counted().map(some -> some.and(Symmetries.of(some.pixels(), symmetry))));
  }

  /**
   * The sizes at which images are looked at.
   *
   * @return the backbone's and the encoders'
   */
  public InputSizes sizes() {
    return InputSizes.of(
        clip.config().vision().imageSize(),
        further.stream().map(one -> one.encoder().imageSize()).toList());
  }

  /**
   * M_mem: the mean of all memories by their weights, each the mean over its places of the grid.
   *
   * @param seen images
   * @return {@code [images, S, S]}, 0 where ignored
   */
  public Tensor distance(Seen seen) {
    return mean(own.map(part -> distance(part, seen)), seen);
  }

  private Tensor distance(Own part, Seen seen) {
    int grid = clip.config().vision().grid();
    return EncoderMemory.meanDistance(
        seen.images(),
        part.places(),
        part.features(),
        rows -> part.bank().distances(rows, seen.at()),
        grid,
        seen.counted().map(some -> some.grid(part.places(), grid)));
  }

  /** The same, where the backbone's part is known already: {@code [images, S, S]}. */
  Tensor mean(Optional<Tensor> ofBackbone, Seen seen) {
    if (further.isEmpty()) {
      return ofBackbone.orElseThrow();
    }
    long side = seen.images().size(2);
    double weights = ofBackbone.isPresent() ? own.orElseThrow().weight() : 0;
    Tensor sum =
        ofBackbone
            .map(map -> map.mul(new Scalar(own.orElseThrow().weight())))
            .orElseGet(() -> seen.images().new_zeros(seen.images().size(0), side, side));
    for (int i = 0; i < further.size(); i++) {
      EncoderMemory one = further.get(i);
      Tensor images = seen.further().get(i);
      Optional<Tensor> known =
          one.encoder() instanceof TrunkEncoder ? seen.trunk() : Optional.empty();
      TensorScope.inference(
          () -> sum.add_(one.distance(images, side, known, seen), new Scalar(one.weight())));
      weights += one.weight();
    }
    return sum.div_(new Scalar(weights));
  }
}
