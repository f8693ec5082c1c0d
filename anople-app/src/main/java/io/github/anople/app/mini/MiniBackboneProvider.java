package io.github.anople.app.mini;

import io.github.anople.torch.backbone.BackboneProvider;
import io.github.anople.torch.backbone.BuiltInBackbone;

/** Offers {@link MiniBackbone} to whoever looks for a backbone. */
public final class MiniBackboneProvider implements BackboneProvider {

  /** For the service loader. */
  public MiniBackboneProvider() {}

  @Override
  public BuiltInBackbone builtIn() {
    return MiniBackbone.builtIn();
  }
}
