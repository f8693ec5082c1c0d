package io.github.anople.benchmark;

import io.github.anople.torch.config.TrainingConfig;
import java.util.Locale;

/** The settings that a variant begins with. */
public enum Preset {
  /** The paper's for the data set's layout: what its tables are compared with. */
  PAPER {
    @Override
    public TrainingConfig settings(GridData.Layout layout) {
      return layout == GridData.Layout.VISA ? TrainingConfig.visa() : TrainingConfig.mvtec();
    }
  },
  /** The program's own, {@link TrainingConfig#usual}: what {@code train} does. */
  USUAL {
    @Override
    public TrainingConfig settings(GridData.Layout layout) {
      return TrainingConfig.usual();
    }
  };

  /**
   * The settings.
   *
   * @param layout the data set's
   * @return settings without a seed of their own
   */
  public abstract TrainingConfig settings(GridData.Layout layout);

  static Preset of(String id) {
    for (Preset preset : values()) {
      if (preset.name().toLowerCase(Locale.ROOT).equals(id)) {
        return preset;
      }
    }
    throw new IllegalArgumentException("preset '" + id + "' is neither paper nor usual");
  }
}
