package io.github.anople.torch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.Fixtures;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.core.tensorfile.TensorSource;
import io.github.anople.torch.clip.ClipStem;
import io.github.anople.torch.encoder.TrunkBlock;
import io.github.anople.torch.encoder.TrunkWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The tiny random backbone with the program's trunk as its stem. */
public final class StemBackbone {

  /** The blocks that its stem joins. */
  public static final List<Integer> BLOCKS = List.of(5, 9);

  private static final String CONFIG = "open_clip_config.json";
  private static final String WEIGHTS = "open_clip_model.safetensors";
  private static final JsonMapper JSON = new JsonMapper();

  private StemBackbone() {}

  /**
   * Writes the backbone.
   *
   * @param folder a folder to make
   * @param layer after which layer the stem's rows come in
   * @param deviation of the projection's random weights
   * @return the folder
   */
  public static Path write(Path folder, int layer, double deviation) {
    try {
      Files.createDirectories(folder);
      Path tiny = Fixtures.golden("tiny_clip");
      Files.copy(tiny.resolve("merges.txt"), folder.resolve("merges.txt"));
      ObjectNode root = (ObjectNode) JSON.readTree(tiny.resolve(CONFIG).toFile());
      ObjectNode vision = (ObjectNode) root.at("/model_cfg/vision_cfg");
      ObjectNode stem = vision.putObject("stem").put("kind", ClipStem.KIND).put("layer", layer);
      BLOCKS.forEach(stem.putArray("blocks")::add);
      Files.writeString(folder.resolve(CONFIG), root.toString());
      List<TensorSource> tensors = new ArrayList<>();
      try (SafetensorsFile file = SafetensorsFile.open(tiny.resolve(WEIGHTS))) {
        file.names()
            .forEach(
                name ->
                    tensors.add(TensorSource.of(name, file.info(name).shape(), file.floats(name))));
      }
      tensors.add(projection(vision.get("width").asInt(), deviation));
      tensors.addAll(trunk());
      SafetensorsFile.write(folder.resolve(WEIGHTS), Map.of(), tensors);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TensorSource projection(int width, double deviation) {
    int channels = BLOCKS.stream().mapToInt(block -> TrunkBlock.ALL.get(block).out()).sum();
    float[] values = new float[width * channels];
    Random random = new Random(5);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return TensorSource.of(ClipStem.PROJECTION, List.of((long) width, (long) channels), values);
  }

  /** The trunk's tensors as a backbone's file holds them, in fp16. */
  private static List<TensorSource> trunk() {
    TrunkWeights weights = TrunkWeights.read();
    List<TensorSource> tensors = new ArrayList<>();
    for (String name : TrunkBlock.shapes(TrunkBlock.ALL.size() - 1).keySet()) {
      FloatTensor tensor = weights.get(name);
      tensors.add(
          TensorSource.of(ClipStem.TRUNK + name, DType.F16, tensor.shape(), tensor.values()));
    }
    return tensors;
  }
}
