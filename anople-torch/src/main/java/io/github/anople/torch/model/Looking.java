package io.github.anople.torch.model;

import io.github.anople.core.detect.Tiling;
import io.github.anople.core.region.FilledRegion;
import io.github.anople.torch.encoder.PatchEncoder;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.memory.Fusion;
import io.github.anople.torch.memory.GridShifts;
import io.github.anople.torch.memory.ImageScore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How detection looks at an image, beside prompts and decoder.
 *
 * @param memoryLayers layers of the backbone that its memory reads; empty where it has none
 * @param memoryWeight how much that memory counts among several
 * @param encoders what further memories see with
 * @param places of the patch grid at which a picture is looked at
 * @param imageScore how a map becomes a score
 * @param fusion how what prompts and memory say becomes one
 * @param region which part of pictures counts; empty for all
 * @param tiles how pictures are cut; empty where they are looked at as a whole
 */
public record Looking(
    Set<Integer> memoryLayers,
    double memoryWeight,
    List<Encoder> encoders,
    GridShifts places,
    ImageScore imageScore,
    Fusion fusion,
    Optional<FilledRegion> region,
    Optional<Tiling> tiles) {

  /**
   * Which part of what an encoder looks at counts: of a tile all. What a region ignores is painted
   * over before a picture is cut, and left out of the joined map.
   *
   * @return the region; empty for all, and for tiles
   */
  public Optional<FilledRegion> regionOfImages() {
    return tiles.isPresent() ? Optional.empty() : region;
  }

  /**
   * An encoder beside the backbone.
   *
   * @param name as settings have it
   * @param weight how much its memory counts
   * @param places along each axis of its grid, at which an image is looked at
   * @param opener opens it on a device
   */
  public record Encoder(
      String name, double weight, int places, Function<ComputeDevice, PatchEncoder> opener) {}

  /**
   * As the paper looks: one memory, a map's largest value, the harmonic fusion.
   *
   * @param memoryLayers layers that the memory reads; empty without memory
   * @param places of the patch grid
   * @return without further encoders
   */
  public static Looking with(Set<Integer> memoryLayers, GridShifts places) {
    return new Looking(
        memoryLayers,
        1,
        List.of(),
        places,
        ImageScore.MAX,
        Fusion.HARMONIC,
        Optional.empty(),
        Optional.empty());
  }
}
