package io.github.anople.app.export;

import java.util.List;

/**
 * The trunk's blocks, computed once for all that see with it in one place of the grid.
 *
 * @param images {@code [images, 3, S, S]}, RGB in [0, 1]
 * @param blocks of {@link TrunkGraph#blocks}
 */
record SharedTrunk(String images, List<String> blocks) {}
