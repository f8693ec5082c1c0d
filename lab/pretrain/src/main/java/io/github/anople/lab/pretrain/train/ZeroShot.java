package io.github.anople.lab.pretrain.train;

import io.github.anople.inspect.metric.ImageMetrics;
import io.github.anople.lab.pretrain.scene.Region;
import io.github.anople.lab.pretrain.scene.Scene;
import io.github.anople.lab.pretrain.scene.SceneGenerator;
import io.github.anople.lab.pretrain.scene.SceneWords;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.clip.VisionEncoder;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.pretrained.OpenClipWeights;
import io.github.anople.torch.synth.Draws;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Do words mean something to a backbone? Asked over drawn scenes that it was not trained on.
 *
 * <p>Arguments: the backbone's folder, the number of scenes (1000 unless told), and where to
 * compute ({@code auto} unless told).
 */
final class ZeroShot {

  private static final long SEED = 987_654_321;
  private static final int OTHERS = 20;
  private static final List<String> BAD = List.of("abnormal", "damaged", "broken", "defective");

  private final ClipModel clip;
  private final Map<String, float[]> texts = new HashMap<>();
  private final RandomGenerator random = Draws.of(SEED, "others", 0, 0);
  private int materials;
  private int materialsRight;
  private int objects;
  private int objectsRight;
  private final List<Double> wholeScenes = new ArrayList<>();
  private final List<Double> damagedScenes = new ArrayList<>();
  private final List<Double> wholePatches = new ArrayList<>();
  private final List<Double> damagedPatches = new ArrayList<>();

  private ZeroShot(ClipModel clip) {
    this.clip = clip;
  }

  public static void main(String[] arguments) {
    int scenes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
    ComputeDevice device = ComputeDevice.parse(arguments.length > 2 ? arguments[2] : "auto");
    OpenClipWeights checkpoint = OpenClipWeights.open(Path.of(arguments[0]));
    try (LoadedBackbone backbone = LoadedBackbone.open(checkpoint, Precision.AUTO, device)) {
      ZeroShot asked = new ZeroShot(backbone.clip());
      SceneGenerator generator = new SceneGenerator(SEED, MiniArchitecture.SIDE);
      for (int i = 0; i < scenes; i++) {
        asked.ask(generator.draw(i));
      }
      System.out.println(asked.summary(scenes));
    }
  }

  private void ask(Scene scene) {
    float[] pixels = clip.config().normalization().normalize(scene.image());
    TensorScope.inference(
        () -> {
          VisionEncoder.Output seen =
              clip.vision()
                  .encode(
                      clip.device()
                          .place(
                              Tensors.of(
                                  pixels, 1, 3, scene.image().height(), scene.image().width())));
          name(scene, Tensors.floats(Tensors.normalize(seen.image())));
          damage(scene, seen);
          return null;
        });
  }

  /** "a photo of X" for the right X and 20 wrong ones. */
  private void name(Scene scene, float[] image) {
    Region ground = scene.regions().get(0);
    if (scene.regions().size() == 1) {
      materials++;
      materialsRight += picks(image, ground.material(), SceneWords.materials()) ? 1 : 0;
      return;
    }
    Optional<Region> thing =
        scene.regions().stream().filter(region -> !region.object().isEmpty()).findFirst();
    if (scene.regions().size() == 2 && thing.isPresent()) {
      objects++;
      objectsRight += picks(image, thing.get().object(), SceneWords.objects()) ? 1 : 0;
    }
  }

  private boolean picks(float[] image, String right, List<String> all) {
    double best = dot(image, text("a photo of " + right));
    int[] order = Draws.permutation(random, all.size());
    int asked = 0;
    for (int i = 0; i < order.length && asked < OTHERS; i++) {
      String other = all.get(order[i]);
      if (!other.equals(right)) {
        asked++;
        if (dot(image, text("a photo of " + other)) >= best) {
          return false;
        }
      }
    }
    return true;
  }

  /** "abnormal X" against "X", meant over four words, for the picture and for each patch. */
  private void damage(Scene scene, VisionEncoder.Output seen) {
    Region main = scene.regions().get(scene.regions().size() - 1);
    String name = main.object().isEmpty() ? main.material() : main.object();
    float[] direction = new float[clip.config().embedDim()];
    for (String word : BAD) {
      float[] bad = text(word + " " + name);
      float[] good = text(name);
      for (int i = 0; i < direction.length; i++) {
        direction[i] += (bad[i] - good[i]) / BAD.size();
      }
    }
    ScenePatches truth = ScenePatches.of(scene, MiniArchitecture.PATCH);
    boolean damaged = false;
    Tensor patches =
        Tensors.normalize(
            torch.matmul(clip.vision().postNorm(seen.patches()), clip.vision().projection()));
    float[] answers =
        Tensors.floats(
            torch.matmul(patches.squeeze(0), Tensors.beside(patches, direction, direction.length)));
    for (int i = 0; i < answers.length; i++) {
      if (truth.damaged()[i] >= 0) {
        (truth.damaged()[i] == 1 ? damagedPatches : wholePatches).add((double) answers[i]);
      }
      damaged |= truth.damaged()[i] == 1;
    }
    double answer = dot(Tensors.floats(Tensors.normalize(seen.image())), direction);
    (damaged ? damagedScenes : wholeScenes).add(answer);
  }

  private float[] text(String words) {
    return texts.computeIfAbsent(words, clip::embedText);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * (double) b[i];
    }
    return sum;
  }

  private String summary(int scenes) {
    return String.format(
        Locale.ROOT,
        "%d scenes of seed %d, chance is %.3f%n"
            + "material among %d: %.3f of %d%nobject among %d: %.3f of %d%n"
            + "damage words, pictures: AUROC %s (%d damaged, %d whole)%n"
            + "damage words, patches: AUROC %s (%d damaged, %d whole)",
        scenes,
        SEED,
        1.0 / (OTHERS + 1),
        OTHERS + 1,
        materialsRight / (double) materials,
        materials,
        OTHERS + 1,
        objectsRight / (double) objects,
        objects,
        auroc(wholeScenes, damagedScenes),
        damagedScenes.size(),
        wholeScenes.size(),
        auroc(wholePatches, damagedPatches),
        damagedPatches.size(),
        wholePatches.size());
  }

  private static String auroc(List<Double> whole, List<Double> damaged) {
    OptionalDouble auroc = ImageMetrics.of(array(whole), array(damaged)).auroc();
    return auroc.isPresent() ? String.format(Locale.ROOT, "%.3f", auroc.getAsDouble()) : "-";
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
