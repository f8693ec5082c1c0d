package io.github.anople.torch.train;

import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.Coreset;
import io.github.anople.torch.memory.GridShifts;
import io.github.anople.torch.memory.MemoryBank;
import io.github.anople.torch.memory.ShotViews;
import io.github.anople.torch.model.Counted;
import io.github.anople.torch.model.EncoderMemory;
import io.github.anople.torch.model.MemoryLook;
import io.github.anople.torch.model.Seen;
import io.github.anople.torch.synth.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
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
      List<ShotPatches> turned = patches(shots, budget, i -> good.of(shots.get(i), i), beforeEach);
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
      List<Integer> views = symmetries.apply(i);
      Optional<ShotTiles> tiles = shots.get(i).tiles();
      if (tiles.isEmpty()) {
        lookAt(shots.get(i).whole(), views, new Part(i, 0, 0, budget), copies, beforeEach);
      } else {
        for (int tile : tiles.get().remembered()) {
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
            lookAt(look.turned(look.prepared(List.of(image)), symmetry), symmetry, part, copies);
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
                    new Sight(seen.images(), own.features(), look.clip().config().vision().grid()),
                    seen.counted(),
                    symmetry,
                    part,
                    copies.computeIfAbsent(
                        DetectorBundle.BACKBONE_MEMORY, name -> new ArrayList<>())));
    for (int i = 0; i < look.further().size(); i++) {
      EncoderMemory one = look.further().get(i);
      lookAt(
          new GridShifts(config.memory().shifts(), one.places().patch()),
          new Sight(seen.further().get(i), one.encoder()::encode, one.encoder().grid()),
          seen.counted(),
          symmetry,
          part,
          copies.computeIfAbsent(one.name(), name -> new ArrayList<>()));
    }
  }

  /**
   * What an encoder sees.
   *
   * @param images {@code [1, 3, S', S']}, as the features want them
   * @param features from images to {@code [1, grid², d]} of unit length
   * @param grid patches along an axis
   */
  private record Sight(Tensor images, UnaryOperator<Tensor> features, int grid) {}

  /** Patches of which no pixel counts are not remembered. */
  private static void lookAt(
      GridShifts shifts,
      Sight sight,
      Optional<Counted> counted,
      int symmetry,
      Part part,
      List<ShotPatches.Copy> copies) {
    List<Tensor> moved = shifts.of(sight.images());
    for (int copy = 0; copy < moved.size(); copy++) {
      boolean plain = symmetry == 0 && copy == shifts.unmoved();
      Tensor rows = sight.features().apply(moved.get(copy)).squeeze(0);
      FloatTensor table =
          new FloatTensor(List.of(rows.size(0), rows.size(1)), Tensors.floats(rows));
      if (counted.isPresent()) {
        int side = Math.toIntExact(sight.images().size(2));
        float[] cells = counted.get().cells(side, shifts, copy, sight.grid());
        table = rowsOf(table, cells);
      }
      long all = table.shape().get(0);
      long count = plain ? part.budget().plain(all) : part.budget().ofCopy(all);
      if (count > 0) {
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

  /** The rows whose number is not 0. */
  private static FloatTensor rowsOf(FloatTensor table, float[] chosen) {
    int width = Math.toIntExact(table.shape().get(1));
    float[] values = new float[table.values().length];
    int rows = 0;
    for (int row = 0; row < chosen.length; row++) {
      if (chosen[row] != 0) {
        System.arraycopy(table.values(), row * width, values, rows++ * width, width);
      }
    }
    return new FloatTensor(List.of((long) rows, (long) width), Arrays.copyOf(values, rows * width));
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
    Coreset coreset = new Coreset(config.memory().coreset());
    ShotPatches.joined(shots)
        .forEach(
            (encoder, rows) ->
                kept.put(
                    encoder,
                    coreset.isWhole()
                        ? rows
                        : eachPlace(
                            rows,
                            config,
                            (place, own) -> selected(own, device, all -> kept(all, config)))));
    return kept;
  }

  /** Selects of each place's rows, or of all where the memory tells no places apart. */
  private static FloatTensor eachPlace(
      FloatTensor rows,
      TrainingConfig config,
      BiFunction<Integer, FloatTensor, FloatTensor> selection) {
    int places = config.tiles().places();
    List<FloatTensor> kept = new ArrayList<>();
    for (int place = 0; place < places; place++) {
      kept.add(selection.apply(place, ShotPatches.ofPlace(rows, place, places)));
    }
    return ShotPatches.inTurn(kept);
  }

  /**
   * What a memory keeps of a further picture, beside all that it has. It depends on the trained
   * memory and on the picture alone, so that the picture can be taken out again.
   *
   * @param trained rows of the shots that were trained on, by encoder
   * @param shots how many these were
   * @param further patches of the picture
   * @return of each encoder some of the picture's rows, in their order
   */
  Map<String, FloatTensor> keptBeside(
      Map<String, FloatTensor> trained, int shots, ShotPatches further) {
    Coreset coreset = new Coreset(config.memory().coreset());
    Map<String, FloatTensor> kept = new LinkedHashMap<>();
    ShotPatches.joined(List.of(further))
        .forEach(
            (encoder, rows) ->
                kept.put(
                    encoder,
                    coreset.isWhole()
                        ? rows
                        : eachPlace(
                            rows,
                            config,
                            (place, own) ->
                                beside(
                                    own,
                                    ShotPatches.ofPlace(
                                        trained.get(encoder), place, config.tiles().places()),
                                    shots))));
    return kept;
  }

  private FloatTensor beside(FloatTensor rows, FloatTensor trained, int shots) {
    ComputeDevice device = look.clip().device();
    Coreset coreset = new Coreset(config.memory().coreset());
    return selected(
        rows,
        device,
        all ->
            Coreset.selectBeside(
                all, coreset.further(all.size(0), shots), distances(all, trained, device)));
  }

  /** Of each row the Euclidean distance to the nearest of a memory: both are of unit length. */
  private static Tensor distances(Tensor rows, FloatTensor memory, ComputeDevice device) {
    try (OwnedTensors owner = new OwnedTensors()) {
      MemoryBank bank = new MemoryBank(device.place(tensor(memory)), owner);
      return bank.distances(rows.unsqueeze(0))
          .squeeze(0)
          .clamp_min(new Scalar(0.0))
          .sqrt_()
          .mul_(new Scalar(2.0));
    }
  }

  private static FloatTensor selected(
      FloatTensor patches, ComputeDevice device, UnaryOperator<Tensor> selection) {
    return TensorScope.inference(
        () -> {
          Tensor rows = selection.apply(device.place(tensor(patches)));
          return new FloatTensor(List.of(rows.size(0), rows.size(1)), Tensors.floats(rows));
        });
  }

  private static Tensor tensor(FloatTensor rows) {
    return Tensors.of(rows.values(), rows.shape().get(0), rows.shape().get(1));
  }

  /**
   * What a memory keeps of patches.
   *
   * @param patches {@code [patches, d]} of unit length
   * @param config how much to keep, and the seed
   * @return some of the rows, in their order, of the current scope
   */
  public static Tensor kept(Tensor patches, TrainingConfig config) {
    long count = new Coreset(config.memory().coreset()).rows(patches.size(0));
    return Coreset.select(patches, count, Draws.of(config.seed(), "coreset", 0, 0));
  }
}
