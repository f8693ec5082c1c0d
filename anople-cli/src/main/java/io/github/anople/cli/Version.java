package io.github.anople.cli;

import io.github.anople.core.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/** {@code anople --version}. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"anople " + ProgramVersion.current()};
  }
}
