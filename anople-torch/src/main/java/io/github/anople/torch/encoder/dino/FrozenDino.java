package io.github.anople.torch.encoder.dino;

import io.github.anople.core.tensorfile.FloatTensor;
import java.util.List;
import java.util.function.Function;

/**
 * A DINOv2 encoder in plain Java: what another engine needs to compute {@link DinoEncoder#encode}.
 *
 * @param config the architecture
 * @param weights by the names of {@link DinoTensorNames}, copied at each call; readable until the
 *     encoder is closed
 * @param positions of the encoder's grid, {@code [1 + grid², width]}, cls first
 * @param grid patches along a side
 * @param layers 1-based numbers of the blocks whose rows are used
 * @param norm whether the last layer normalisation is applied to them
 * @param joined whether they are joined, not averaged
 * @param mean what is taken away from red, green and blue in [0, 1]
 * @param deviation what the rest is divided by
 */
public record FrozenDino(
    DinoConfig config,
    Function<String, FloatTensor> weights,
    FloatTensor positions,
    int grid,
    List<Integer> layers,
    boolean norm,
    boolean joined,
    FloatTensor mean,
    FloatTensor deviation) {}
