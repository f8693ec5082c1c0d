package io.github.anople.torch.train;

import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.detect.Tiling;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.Coreset;
import io.github.anople.torch.memory.GridShifts;
import io.github.anople.torch.memory.ShotViews;
import io.github.anople.torch.model.EncoderMemory;
import io.github.anople.torch.model.MemoryLook;
import io.github.anople.torch.model.Seen;
import io.github.anople.torch.synth.Draws;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * What a memory gets from shots: which patches of which views, and which of them it keeps.
 *
 * @param look what sees them
 * @param config views, shifts, how much is kept, and the seed
 */
public record ShotMemory(MemoryLook look, TrainingConfig config) {

  /** More than there are symmetries, or places of the grid. */
  private static final int MOST_COPIES = 100;

  /**
   * Every patch of shots, seen as detection sees an image, before some are selected.
   *
   * @param shots good images
   * @param beforeEach runs before each view of an image, and may end the work by throwing
   * @return one a shot
   */
  public List<ShotPatches> patches(List<Shot> shots, Runnable beforeEach) {
    return patches(shots, TileBudget.MOST, beforeEach);
  }

  /** The same with another bound of what tiles may give. */
  List<ShotPatches> patches(List<Shot> shots, long most, Runnable beforeEach) {
    ShotViews views = config.memory().views();
    TileBudget budget = budget(shots, most);
    if (views != ShotViews.AUTO) {
      return patches(shots, budget, i -> views.symmetries(), beforeEach);
    }
    List<ShotPatches> plain = patches(shots, budget, i -> List.of(0), beforeEach);
    List<ShotPatches> all = new ArrayList<>();
    try (OwnedTensors owner = new OwnedTensors()) {
      GoodViews good = new GoodViews(look.remembering(kept(plain), owner), config);
      List<ShotPatches> turned =
          patches(shots, budget, i -> good.of(shots.get(i), i), beforeEach);
      for (int i = 0; i < plain.size(); i++) {
        all.add(plain.get(i).and(turned.get(i)));
      }
    }
    return all;
  }

  private TileBudget budget(List<Shot> shots, long most) {
    if (shots.isEmpty() || shots.get(0).tiles().isEmpty()) {
      return TileBudget.unbounded();
    }
    long shifts = (long) config.memory().shifts() * config.memory().shifts();
    long copies = config.memory().views().symmetries().size() * shifts - 1;
    return TileBudget.of(shots, most, copies, config.seed());
  }

  private List<ShotPatches> patches(
      List<Shot> shots,
      TileBudget budget,
      IntFunction<List<Integer>> symmetries,
      Runnable beforeEach) {
    List<ShotPatches> all = new ArrayList<>();
    for (int i = 0; i < shots.size(); i++) {
      Map<String, List<ShotPatches.Copy>> copies = new LinkedHashMap<>();
      Part part = new Part(i, 0, 0, budget);
      List<Integer> views = symmetries.apply(i);
      Optional<ShotTiles> tiles = shots.get(i).tiles();
      if (tiles.isEmpty()) {
        lookAt(shots.get(i).whole(), views, part, copies, beforeEach);
      } else {
        for (int tile = 0; tile < tiles.get().count(); tile++) {
          Part ofTile = new Part(i, tile, tiles.get().place(tile), budget);
          lookAt(tiles.get().prepared(tile), views, ofTile, copies, beforeEach);
        }
      }
      all.add(new ShotPatches(copies));
    }
    return all;
  }

  /**
   * What is looked at.
   *
   * @param shot its number
   * @param tile the number of its tile
   * @param place of the tile in the memory
   * @param budget what it may give
   */
  private record Part(int shot, int tile, int place, TileBudget budget) {}

  private void lookAt(
      PreparedImage image,
      List<Integer> symmetries,
      Part part,
      Map<String, List<ShotPatches.Copy>> copies,
      Runnable beforeEach) {
    for (int symmetry : symmetries) {
      beforeEach.run();
      TensorScope.inference(
          () -> {
            lookAt(look.prepared(List.of(image)).turned(symmetry), symmetry, part, copies);
            return null;
          });
    }
  }

  /**
   * Beside other encoders the backbone sees a shot as it is alone: its rows are the widest, and
   * turned ones found no more.
   */
  private void lookAt(
      Seen seen, int symmetry, Part part, Map<String, List<ShotPatches.Copy>> copies) {
    look.own()
        .filter(own -> symmetry == 0 || look.further().isEmpty())
        .ifPresent(
            own ->
                lookAt(
                    config.gridShifts(look.clip().config()),
                    seen.images(),
                    own.features(),
                    symmetry,
                    part,
                    copies.computeIfAbsent(
                        DetectorBundle.BACKBONE_MEMORY, name -> new ArrayList<>())));
    for (int i = 0; i < look.further().size(); i++) {
      EncoderMemory one = look.further().get(i);
      lookAt(
          new GridShifts(config.memory().shifts(), one.places().patch()),
          seen.further().get(i),
          one.encoder()::encode,
          symmetry,
          part,
          copies.computeIfAbsent(one.name(), name -> new ArrayList<>()));
    }
  }

  private static void lookAt(
      GridShifts shifts,
      Tensor images,
      UnaryOperator<Tensor> features,
      int symmetry,
      Part part,
      List<ShotPatches.Copy> copies) {
    List<Tensor> moved = shifts.of(images);
    for (int copy = 0; copy < moved.size(); copy++) {
      boolean plain = symmetry == 0 && copy == shifts.unmoved();
      Tensor rows = features.apply(moved.get(copy)).squeeze(0);
      long all = rows.size(0);
      long count = plain ? part.budget().plain(all) : part.budget().ofCopy(all);
      if (count > 0) {
        FloatTensor table = new FloatTensor(List.of(all, rows.size(1)), Tensors.floats(rows));
        long number = ((long) part.tile() * MOST_COPIES + symmetry) * MOST_COPIES + copy;
        copies.add(
            new ShotPatches.Copy(
                part.budget().thinned(table, count, part.shot(), number),
                symmetry,
                copy != shifts.unmoved(),
                part.place()));
      }
    }
  }

  /**
   * What the memory keeps of patches.
   *
   * @param shots patches of the shots that it is to know
   * @return of each encoder some of the rows, in their order; all of them where the configuration
   *     says so
   */
  public Map<String, FloatTensor> kept(List<ShotPatches> shots) {
    return kept(shots, config, look.clip().device());
  }

  static Map<String, FloatTensor> kept(
      List<ShotPatches> shots, TrainingConfig config, ComputeDevice device) {
    Map<String, FloatTensor> kept = new LinkedHashMap<>();
    ShotPatches.joined(shots)
        .forEach(
            (encoder, rows) -> kept.put(encoder, kept(Optional.empty(), rows, config, device)));
    return kept;
  }

  /** The same of one table, with the rows that were selected before and count in full. */
  static FloatTensor kept(
      Optional<FloatTensor> before, FloatTensor fresh, TrainingConfig config, ComputeDevice device) {
    int places = config.tiles().tiling().map(Tiling::places).orElse(1);
    List<FloatTensor> all = new ArrayList<>();
    for (int i = 0; i < places; i++) {
      int place = i;
      List<FloatTensor> rows = new ArrayList<>();
      before.ifPresent(old -> rows.add(ShotPatches.ofPlace(old, place, places)));
      rows.add(ShotPatches.ofPlace(fresh, place, places));
      long selected = before.map(old -> old.shape().get(0) / places).orElse(0L);
      all.add(selected(ShotPatches.joinedRows(rows), selected, config, device));
    }
    return ShotPatches.joinedRows(all);
  }

  private static FloatTensor selected(
      FloatTensor patches, long before, TrainingConfig config, ComputeDevice device) {
    if (new Coreset(config.memory().coreset()).isWhole()) {
      return patches;
    }
    long width = patches.shape().get(1);
    return TensorScope.inference(
        () -> {
          Tensor all = Tensors.of(patches.values(), patches.shape().get(0), width);
          Tensor rows = kept(device.place(all), before, config);
          return new FloatTensor(List.of(rows.size(0), width), Tensors.floats(rows));
        });
  }

  /**
   * What a memory keeps of patches.
   *
   * @param patches {@code [patches, d]} of unit length
   * @param before how many of them were selected before, which count in full
   * @param config how much to keep, and the seed
   * @return some of the rows, in their order, of the current scope
   */
  public static Tensor kept(Tensor patches, long before, TrainingConfig config) {
    long count = new Coreset(config.memory().coreset()).rows(before, patches.size(0) - before);
    return Coreset.select(patches, count, Draws.of(config.seed(), "coreset", 0, 0));
  }
}
