package io.github.anople.torch.calibrate;

import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.train.ShotPatches;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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
   * @param bundle the detector
   * @param patches all patches of its shots; empty where it has no memory
   * @param kept what a memory keeps of the patches that are not left out
   */
  static List<LeaveOneOut> rounds(
      DetectorBundle bundle,
      List<ShotPatches> patches,
      Function<List<ShotPatches>, Map<String, FloatTensor>> kept) {
    if (bundle.memory().isEmpty()) {
      return List.of(new LeaveOneOut(all(bundle), plain(bundle, bundle.memory())));
    }
    List<List<Integer>> turns = turns(bundle.provenance().shots());
    List<LeaveOneOut> rounds = new ArrayList<>();
    for (List<Integer> turn : turns) {
      Map<String, FloatTensor> memory =
          kept.apply(without(bundle.provenance().shots(), patches, turn));
      rounds.add(new LeaveOneOut(turn, plain(bundle, memory)));
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
  private static DetectorBundle plain(DetectorBundle bundle, Map<String, FloatTensor> memory) {
    return bundle.withMemory(memory, bundle.provenance()).withGoldenImage(Optional.empty());
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

  private static List<ShotPatches> without(
      List<Provenance.Shot> shots, List<ShotPatches> patches, List<Integer> turn) {
    List<ShotPatches> rest = new ArrayList<>();
    for (int shot = 0; shot < shots.size(); shot++) {
      if (!turn.contains(shot)) {
        rest.add(patches.get(shot));
      } else if (isOnly(shots, shot)) {
        rest.add(patches.get(shot).unmoved());
      }
    }
    return rest;
  }

  /** Whether a class shows this picture alone. */
  private static boolean isOnly(List<Provenance.Shot> shots, int index) {
    Provenance.Shot shot = shots.get(index);
    return shots.stream()
        .filter(other -> product(other).equals(product(shot)))
        .allMatch(other -> other.sha256().equals(shot.sha256()));
  }
}
