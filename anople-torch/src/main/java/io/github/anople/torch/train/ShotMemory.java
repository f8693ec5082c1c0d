package io.github.anople.torch.train;

import io.github.anople.core.bundle.DetectorBundle;
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

  /**
   * Every patch of shots, seen as detection sees an image, before some are selected.
   *
   * @param shots good images
   * @param beforeEach runs before each view of an image, and may end the work by throwing
   * @return one a shot
   */
  public List<ShotPatches> patches(List<Shot> shots, Runnable beforeEach) {
    ShotViews views = config.memory().views();
    if (views != ShotViews.AUTO) {
      return shots.stream().map(shot -> patches(shot, views.symmetries(), beforeEach)).toList();
    }
    List<ShotPatches> plain =
        shots.stream().map(shot -> patches(shot, List.of(0), beforeEach)).toList();
    List<ShotPatches> all = new ArrayList<>();
    try (OwnedTensors owner = new OwnedTensors()) {
      GoodViews good = new GoodViews(look.remembering(kept(plain), owner), config);
      for (int i = 0; i < plain.size(); i++) {
        all.add(plain.get(i).and(patches(shots.get(i), good.of(shots.get(i), i), beforeEach)));
      }
    }
    return all;
  }

  private ShotPatches patches(Shot shot, List<Integer> symmetries, Runnable beforeEach) {
    Map<String, List<ShotPatches.Copy>> copies = new LinkedHashMap<>();
    for (int symmetry : symmetries) {
      beforeEach.run();
      TensorScope.inference(
          () -> {
            lookAt(look.turned(look.prepared(List.of(shot.whole())), symmetry), symmetry, copies);
            return null;
          });
    }
    return new ShotPatches(copies);
  }

  /**
   * Beside other encoders the backbone sees a shot as it is alone: its rows are the widest, and
   * turned ones found no more.
   */
  private void lookAt(Seen seen, int symmetry, Map<String, List<ShotPatches.Copy>> copies) {
    look.own()
        .filter(own -> symmetry == 0 || look.further().isEmpty())
        .ifPresent(
            own ->
                lookAt(
                    config.gridShifts(look.clip().config()),
                    new Sight(seen.images(), own.features(), look.clip().config().vision().grid()),
                    seen.counted(),
                    symmetry,
                    copies.computeIfAbsent(
                        DetectorBundle.BACKBONE_MEMORY, name -> new ArrayList<>())));
    for (int i = 0; i < look.further().size(); i++) {
      EncoderMemory one = look.further().get(i);
      lookAt(
          new GridShifts(config.memory().shifts(), one.places().patch()),
          new Sight(seen.further().get(i), one.encoder()::encode, one.encoder().grid()),
          seen.counted(),
          symmetry,
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
      List<ShotPatches.Copy> copies) {
    List<Tensor> moved = shifts.of(sight.images());
    for (int copy = 0; copy < moved.size(); copy++) {
      Tensor rows = sight.features().apply(moved.get(copy)).squeeze(0);
      FloatTensor table =
          new FloatTensor(List.of(rows.size(0), rows.size(1)), Tensors.floats(rows));
      if (counted.isPresent()) {
        int side = Math.toIntExact(sight.images().size(2));
        float[] cells = counted.get().cells(side, shifts, copy, sight.grid());
        table = rowsOf(table, cells);
      }
      if (table.values().length > 0) {
        copies.add(new ShotPatches.Copy(table, symmetry, copy != shifts.unmoved()));
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
                    coreset.isWhole() ? rows : selected(rows, device, all -> kept(all, config))));
    return kept;
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
    ComputeDevice device = look.clip().device();
    Coreset coreset = new Coreset(config.memory().coreset());
    Map<String, FloatTensor> kept = new LinkedHashMap<>();
    ShotPatches.joined(List.of(further))
        .forEach(
            (encoder, rows) ->
                kept.put(
                    encoder,
                    coreset.isWhole()
                        ? rows
                        : selected(
                            rows,
                            device,
                            all ->
                                Coreset.selectBeside(
                                    all,
                                    coreset.further(all.size(0), shots),
                                    distances(all, trained.get(encoder), device)))));
    return kept;
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
