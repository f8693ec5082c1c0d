package io.github.anople.lab.pretrain.train;

import io.github.anople.lab.pretrain.scene.Scene;
import java.util.Arrays;

/**
 * What each patch of a scene shows.
 *
 * @param region {@code [G, G]}: index of the region that most of the patch shows
 * @param damaged {@code [G, G]}: 1 damaged, 0 whole, -1 hardly touched
 */
record ScenePatches(byte[] region, byte[] damaged) {

  /** Damaged pixels of 256 that make a patch a damaged one. */
  private static final int ENOUGH = 12;

  static ScenePatches of(Scene scene, int patch) {
    int side = scene.image().width();
    int grid = side / patch;
    byte[] region = new byte[grid * grid];
    byte[] damaged = new byte[grid * grid];
    int[] votes = new int[scene.regions().size()];
    for (int cell = 0; cell < region.length; cell++) {
      Arrays.fill(votes, 0);
      int touched = 0;
      int damagedVotes = -1;
      for (int i = 0; i < patch * patch; i++) {
        int at = (cell / grid * patch + i / patch) * side + cell % grid * patch + i % patch;
        votes[scene.regionOf()[at]]++;
        if (scene.damaged()[at]) {
          touched++;
          damagedVotes = scene.regionOf()[at];
        }
      }
      damaged[cell] = (byte) (touched >= ENOUGH ? 1 : touched == 0 ? 0 : -1);
      region[cell] = (byte) (touched >= ENOUGH ? damagedVotes : mostVotes(votes));
    }
    return new ScenePatches(region, damaged);
  }

  private static int mostVotes(int[] votes) {
    int best = 0;
    for (int i = 1; i < votes.length; i++) {
      best = votes[i] > votes[best] ? i : best;
    }
    return best;
  }
}
