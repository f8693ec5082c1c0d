package io.github.anople.torch.pretrained;

import io.github.anople.core.bundle.Provenance;
import io.github.anople.torch.encoder.dino.DinoEncoder;
import io.github.anople.torch.encoder.dino.DinoSettings;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The DINOv2 models beside a backbone: each is loaded when it is first asked for, once for all
 * detectors on that backbone. Safe to share between threads.
 */
public final class SharedDinos implements AutoCloseable {

  private final Function<String, DinoCheckpoint> find;
  private final Precision precision;
  private final ComputeDevice device;
  private final Map<String, DinoEncoders.Loaded> loaded = new HashMap<>();

  /**
   * None loaded yet.
   *
   * @param find tells the weights of a name; throws an {@code InputException} where there are none
   * @param precision number format of the matrix products
   * @param device where to compute
   */
  public SharedDinos(
      Function<String, DinoCheckpoint> find, Precision precision, ComputeDevice device) {
    this.find = find;
    this.precision = precision;
    this.device = device;
  }

  /**
   * An encoder of a model, which is loaded if it is not yet.
   *
   * @param name what the model is called
   * @param settings how to look through it
   * @return an encoder to close, which leaves the model open, and its identity, of that name
   * @throws io.github.anople.core.InputException if there is no such model, its weights are
   *     unusable or others than were pulled, or the settings ask for what it does not have
   */
  public synchronized LoadedDino open(String name, DinoSettings settings) {
    DinoEncoders.Loaded model = loaded.get(name);
    if (model == null) {
      model = DinoEncoders.load(find.apply(name), precision, device);
      loaded.put(name, model);
    }
    return new LoadedDino(
        DinoEncoder.sharing(model.model(), settings),
        new Provenance.Backbone(name, model.sha256()));
  }

  /** Frees all models. */
  @Override
  public synchronized void close() {
    loaded.values().forEach(one -> one.model().close());
    loaded.clear();
  }
}
