package io.github.anople.app.mini;

import io.github.anople.core.InputException;
import io.github.anople.torch.backbone.Backbone;
import io.github.anople.torch.backbone.BackboneStore;
import io.github.anople.torch.backbone.BuiltInBackbone;
import java.nio.file.Path;
import java.util.Map;

/**
 * The small CLIP that comes with the project: 240 pixels in patches of 16, 12 MB. It was trained
 * from scratch on drawn pictures, so that everything can be tried without a download; a larger
 * backbone tells real parts apart much better.
 */
public final class MiniBackbone {

  /** What to ask for it by. */
  public static final String NAME = "mini";

  private static final String NOTE =
      "Apache-2.0, trained on drawn pictures only: to try things out, not for production";

  private MiniBackbone() {}

  /**
   * The backbone, not unpacked yet.
   *
   * @return what a {@link BackboneStore} falls back on
   */
  public static BuiltInBackbone builtIn() {
    return new BuiltInBackbone(NAME, NOTE, MiniBackbone.class::getResourceAsStream);
  }

  /**
   * The backbone as files, in the user's cache folder.
   *
   * @return what {@code OpenClipWeights.open} takes; the same folder the next time
   * @throws InputException if neither the user's cache nor a temporary folder can be written
   */
  public static Backbone open() {
    Path home = Path.of(System.getProperty("user.home"));
    BackboneStore store = new BackboneStore(BackboneStore.defaultFolder(home), Map.of());
    return builtIn().unpack(store.builtInFolder());
  }
}
