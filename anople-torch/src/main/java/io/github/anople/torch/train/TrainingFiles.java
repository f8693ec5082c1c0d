package io.github.anople.torch.train;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a training keeps what it writes on its way.
 *
 * @param checkpoint state after each epoch; empty for none
 * @param log {@code training.csv}; empty for none
 * @param resume whether to continue from the checkpoint, when there is one
 */
public record TrainingFiles(Optional<Path> checkpoint, Optional<Path> log, Resume resume) {

  /** What becomes of a checkpoint that is there. */
  public enum Resume {
    /** It is replaced. */
    NEVER,
    /** The training continues from its own checkpoint, and replaces another training's. */
    OWN
  }

  /** Nothing on disk. */
  public static final TrainingFiles NONE =
      new TrainingFiles(Optional.empty(), Optional.empty(), Resume.NEVER);

  /**
   * Deletes the checkpoint, if there is one: for whoever has kept the result.
   *
   * @throws InputException if it cannot be deleted
   */
  public void deleteCheckpoint() {
    checkpoint.ifPresent(TrainingFiles::delete);
  }

  private static void delete(Path checkpoint) {
    try {
      Files.deleteIfExists(checkpoint);
    } catch (IOException e) {
      throw new InputException(
          checkpoint, "cannot be deleted (" + e.getMessage() + ")", "delete it by hand", e);
    }
  }
}
