package io.github.anople.torch.full;

import io.github.anople.core.Fixtures;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.KnownArchitectures;
import io.github.anople.torch.portable.PortableBackbone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * ViT-B-16-plus-240 at full size, its 833 MB of weights made by rule and kept in {@code target/}.
 */
public final class FullSizeBackbone {

  /** The architecture of the fixture. */
  public static final String NAME = "ViT-B-16-plus-240";

  private FullSizeBackbone() {}

  /**
   * The folder, in OpenCLIP's layout without a configuration file; written when it is not there
   * yet.
   */
  public static Path folder() {
    Path folder = Path.of("target", "full-size", NAME).toAbsolutePath();
    try {
      Files.createDirectories(folder);
      writeVocabulary(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PortableBackbone.writeWeights(folder, config());
    return folder;
  }

  /** CLIP's own vocabulary where the machine has it, else a stand-in. */
  private static void writeVocabulary(Path folder) throws IOException {
    if (Fixtures.clipVocabulary().isEmpty()) {
      PortableBackbone.writeVocabulary(folder, config());
      return;
    }
    Files.deleteIfExists(folder.resolve("merges.txt"));
    Path real = folder.resolve("bpe_simple_vocab_16e6.txt.gz");
    if (!Files.exists(real)) {
      Files.copy(Fixtures.clipVocabulary().get(), real);
    }
  }

  static ClipConfig config() {
    return KnownArchitectures.mentionedIn(NAME).orElseThrow();
  }
}
