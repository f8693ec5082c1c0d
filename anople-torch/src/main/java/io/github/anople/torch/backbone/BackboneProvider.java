package io.github.anople.torch.backbone;

/**
 * A backbone that comes with the program. A service: who ships one names its provider in {@code
 * META-INF/services}, and {@link BackboneStore#standard} finds it.
 */
public interface BackboneProvider {

  /**
   * The backbone, not unpacked yet.
   *
   * @return what a {@link BackboneStore} falls back on
   */
  BuiltInBackbone builtIn();
}
