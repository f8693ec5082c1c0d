package io.github.anople.torch.backbone;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A DINOv2 on disk. What is inside its files is read elsewhere.
 *
 * @param name what to call it: the name it was pulled by, else the folder's
 * @param directory the folder
 * @param weights torch hub's {@code .pth}, or the {@code model.safetensors} of transformers, which
 *     may not be there
 * @param sha256 of the weights, where it was recorded when they were pulled
 */
public record DinoFiles(String name, Path directory, Path weights, Optional<String> sha256) {

  /** The configuration in a folder of transformers. */
  public static final String CONFIG = "config.json";

  /** The weights in a folder of transformers. */
  public static final String WEIGHTS = "model.safetensors";

  private static final int MAX_BYTES = 1 << 20;

  /**
   * Looks at a folder: one that {@code anople backbone pull} made, one of transformers, or one that
   * holds a {@code dinov2_*.pth} of torch hub.
   *
   * @param directory any folder
   * @return its files; empty if it holds no DINOv2
   * @throws InputException if it is a pulled folder whose note is damaged or whose weights are gone
   */
  public static Optional<DinoFiles> of(Path directory) {
    Optional<BackboneManifest> manifest = BackboneManifest.read(directory);
    if (manifest.isPresent()) {
      return manifest
          .filter(found -> found.kind() == BackboneKind.DINOV2)
          .map(found -> pulled(directory, found));
    }
    String name = String.valueOf(directory.toAbsolutePath().normalize().getFileName());
    Optional<Path> weights =
        isTransformers(directory.resolve(CONFIG))
            ? Optional.of(directory.resolve(WEIGHTS))
            : hub(directory);
    return weights.map(file -> new DinoFiles(name, directory, file, Optional.empty()));
  }

  private static DinoFiles pulled(Path directory, BackboneManifest manifest) {
    Path weights = directory.resolve(manifest.weights());
    if (!Files.isRegularFile(weights)) {
      throw new InputException(
          directory,
          "lacks its weights, " + manifest.weights(),
          "pull " + manifest.name() + " again");
    }
    return new DinoFiles(
        manifest.name(),
        directory,
        weights,
        Optional.of(manifest.sha256()).filter(BackboneManifest::isSha256));
  }

  /** Whether a configuration says that its model is a DINOv2; anything unreadable says nothing. */
  private static boolean isTransformers(Path config) {
    if (!Files.isRegularFile(config)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(config)) {
      return modelType(in.readNBytes(MAX_BYTES)).startsWith("dinov2");
    } catch (IOException e) {
      return false;
    }
  }

  private static String modelType(byte[] json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        boolean named = token == JsonToken.FIELD_NAME && parser.currentName().equals("model_type");
        if (named && depth == 1) {
          String text = parser.nextTextValue();
          return text == null ? "" : text;
        }
      }
    }
    return "";
  }

  /** The one file of torch hub's naming, if there is one. */
  private static Optional<Path> hub(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("dinov2_.*\\.pth"))
          .filter(Files::isRegularFile)
          .sorted()
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
