package io.github.anople.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version of AnoPLe this is. */
public final class ProgramVersion {

  private static final String FILE = "version.properties";

  private ProgramVersion() {}

  /**
   * The version that was built.
   *
   * @return such as {@code 0.1.0}
   */
  public static String current() {
    Properties built = new Properties();
    try (InputStream in = ProgramVersion.class.getResourceAsStream(FILE)) {
      built.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return built.getProperty("version");
  }
}
