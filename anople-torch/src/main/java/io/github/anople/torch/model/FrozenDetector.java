package io.github.anople.torch.model;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.encoder.PatchEncoder;
import io.github.anople.torch.scene.SceneLook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A detector in which everything that does not depend on the picture has become a constant, in
 * plain Java: what another engine needs to compute {@link DetectionStep#detect}.
 *
 * @param config the backbone's architecture
 * @param logitScale s
 * @param weights the backbone's weights by OpenCLIP's names, copied at each call; readable until
 *     the backbone is closed
 * @param prompts context rows of the image tower for the whole image, {@code [rows, d_v]} for each
 *     of the layers 0 to J − 1; empty where the mode has none
 * @param texts t⁺ and t⁻, {@code [2, d]} of unit length
 * @param learned what was learned, by name; the decoder's among it
 * @param memory R of each encoder by name, {@code [patches, d]}, rows of unit length
 * @param looking layers, weights, places, the image score's rule
 * @param encoders the further encoders, in the order of {@code looking}; readable until the
 *     detector is closed
 * @param blur the matrix K of the map's blur, {@code [S, S]}
 * @param scene measures whole pictures, of a detector with a scene check; readable until the
 *     detector is closed
 * @param region what its region means for maps; empty for a detector that looks at whole pictures
 */
public record FrozenDetector(
    ClipConfig config,
    float logitScale,
    Function<String, FloatTensor> weights,
    List<FloatTensor> prompts,
    FloatTensor texts,
    Map<String, FloatTensor> learned,
    Map<String, FloatTensor> memory,
    Looking looking,
    List<PatchEncoder> encoders,
    FloatTensor blur,
    Optional<SceneLook> scene,
    Optional<FrozenRegion> region) {}
