package io.github.anople.server;

import java.util.Optional;

/** Something that whoever started the server should read. */
public interface Notice {

  /**
   * What there is to say.
   *
   * @return a line; empty for nothing
   */
  Optional<String> words();
}
