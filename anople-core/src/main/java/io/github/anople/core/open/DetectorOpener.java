package io.github.anople.core.open;

import java.nio.file.Path;

/**
 * An engine that opens detector files of its kind. A service: engines name their opener in {@code
 * META-INF/services}, and {@link DetectorFiles} finds those on the class path.
 */
public interface DetectorOpener {

  /**
   * What this engine's files are usually called, for messages.
   *
   * @return such as {@code *.onnx}
   */
  String pattern();

  /**
   * Whether a file is of this kind, going by its name.
   *
   * @param file a file that may not exist
   * @return whether to {@link #open} it here
   */
  boolean opens(Path file);

  /**
   * Opens a file. Of what it says of itself all is read; the engine may start later.
   *
   * @param file a detector file of this kind
   * @param settings how it is to be computed
   * @return the file, to close
   * @throws io.github.anople.core.InputException if the file is missing, damaged or of another kind
   */
  DetectorFile open(Path file, OpenSettings settings);
}
