package io.github.anople.torch.train;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a training keeps what it writes on its way.
 *
 * @param checkpoint state after each epoch, deleted by whoever keeps the result; empty for none
 * @param log {@code training.csv}; empty for none
 * @param resume whether to go on from the checkpoint, when there is one
 */
public record TrainingFiles(Optional<Path> checkpoint, Optional<Path> log, boolean resume) {

  /** Nothing on disk. */
  public static final TrainingFiles NONE =
      new TrainingFiles(Optional.empty(), Optional.empty(), false);
}
