package io.github.anople.torch.calibrate;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.memory.GridShifts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Rounds of leaving shots out of the memory, so that a view of a shot meets what a new part would:
 * the patches of other parts. In each round one shot of every class is left out. The only shot of a
 * class stays: without it its views would meet other products alone, and a part of it would ask too
 * much of them, since a patch would have to find its like next door. Of its moved copies none stay:
 * a view is a moved copy itself, and would find itself.
 *
 * @param shots places of the shots to look at in this round
 * @param detector the detector of this round
 */
record LeaveOneOut(List<Integer> shots, DetectorBundle detector) {

  /**
   * The rounds, which together look at each shot once.
   *
   * @param bundle with all patches of the shots as its memory, as many of each
   * @param shifts the copies of each shot that the memory saw
   * @param kept what a memory keeps of the patches that are not left out
   */
  static List<LeaveOneOut> rounds(
      DetectorBundle bundle, String where, GridShifts shifts, UnaryOperator<FloatTensor> kept) {
    if (bundle.memory().isEmpty()) {
      return List.of(new LeaveOneOut(all(bundle), plain(bundle, bundle.memory())));
    }
    List<List<Integer>> turns = turns(bundle.provenance().shots());
    List<LeaveOneOut> rounds = new ArrayList<>();
    for (List<Integer> turn : turns) {
      FloatTensor memory = kept.apply(without(bundle, where, turn, shifts));
      rounds.add(new LeaveOneOut(turn, plain(bundle, Optional.of(memory))));
    }
    return rounds;
  }

  private static List<Integer> all(DetectorBundle bundle) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < bundle.provenance().shots().size(); i++) {
      all.add(i);
    }
    return all;
  }

  /** The golden image's score is another with another memory. */
  private static DetectorBundle plain(DetectorBundle bundle, Optional<FloatTensor> memory) {
    return new DetectorBundle(
        bundle.configuration(), bundle.provenance(), bundle.learned(), memory, Optional.empty());
  }

  /** The n-th different picture of each class is looked at in round n, copies together. */
  private static List<List<Integer>> turns(List<Provenance.Shot> shots) {
    Map<String, List<String>> images = new LinkedHashMap<>();
    List<List<Integer>> turns = new ArrayList<>();
    for (int i = 0; i < shots.size(); i++) {
      List<String> ofClass =
          images.computeIfAbsent(product(shots.get(i)), product -> new ArrayList<>());
      if (!ofClass.contains(shots.get(i).sha256())) {
        ofClass.add(shots.get(i).sha256());
      }
      int turn = ofClass.indexOf(shots.get(i).sha256());
      while (turns.size() <= turn) {
        turns.add(new ArrayList<>());
      }
      turns.get(turn).add(i);
    }
    return turns;
  }

  /** A shot is named class/file. */
  private static String product(Provenance.Shot shot) {
    return shot.name().substring(0, Math.max(0, shot.name().lastIndexOf('/')));
  }

  private static FloatTensor without(
      DetectorBundle bundle, String where, List<Integer> turn, GridShifts shifts) {
    List<Provenance.Shot> shots = bundle.provenance().shots();
    FloatTensor memory = bundle.memory().orElseThrow();
    long rows = memory.shape().get(0);
    long copies = shifts.copies();
    if (rows % (shots.size() * copies) != 0) {
      throw new InputException(
          where,
          "its memory of %d rows does not divide into %d shots of %d copies"
              .formatted(rows, shots.size(), copies),
          "the detector is damaged: train it again");
    }
    int width = Math.toIntExact(memory.shape().get(1));
    int perShot = Math.toIntExact(rows / shots.size());
    float[] kept = new float[memory.values().length];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      int shot = row / perShot;
      boolean unmoved = row % perShot * copies / perShot == shifts.unmoved();
      if (!turn.contains(shot) || (unmoved && isOnly(shots, shot))) {
        System.arraycopy(memory.values(), row * width, kept, at, width);
        at += width;
      }
    }
    return new FloatTensor(List.of((long) at / width, (long) width), Arrays.copyOf(kept, at));
  }

  /** Whether a class shows this picture alone. */
  private static boolean isOnly(List<Provenance.Shot> shots, int index) {
    Provenance.Shot shot = shots.get(index);
    return shots.stream()
        .filter(other -> product(other).equals(product(shot)))
        .allMatch(other -> other.sha256().equals(shot.sha256()));
  }
}
