package io.github.anople.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProgramVersionTest {

  @Test
  void theVersionIsTheBuilds() {
    String version = ProgramVersion.current();
    assertTrue(version.matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"), version);
  }
}
