package io.github.anople.cli;

import io.github.anople.core.InputException;
import java.util.Optional;

/** Which command or option helps where the input is at fault: the libraries do not know. */
final class Hints {

  private Hints() {}

  static Optional<String> of(InputException fault) {
    return fault.topic().map(Hints::of);
  }

  /** A message with the hint behind it, where there is one. */
  static String with(String message, Optional<InputException.Topic> topic) {
    return message + topic.map(about -> " (" + of(about) + ")").orElse("");
  }

  private static String of(InputException.Topic topic) {
    return switch (topic) {
      case DETECTOR -> "'anople train' makes a detector";
      case GRAPH -> "'anople export' makes a graph of a detector";
      case BACKBONE ->
          "'anople backbone list' shows the backbones, 'anople backbone pull NAME' installs one,"
              + " and --backbone takes a name or a folder";
      case EXAMPLES -> "--verify names pictures";
      case DATA_FOLDER -> "--root NAME=DIR says where a data set is";
      case PIXEL_LIMIT -> "--max-pixels N raises it";
      case FILE_LIMIT -> "--max-file-mb N raises it";
      case BIT_DEPTH -> "--bit-depth N says it";
    };
  }
}
