package io.github.anople.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest tells. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"anople " + current()};
  }

  /** The version, or "development" when the classes come from no jar. */
  static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
