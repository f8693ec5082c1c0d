package io.github.anople.benchmark.command;

import io.github.anople.console.Subcommand;

/** Adds {@code anople benchmark} to the program. */
public final class BenchmarkSubcommand implements Subcommand {

  /** For the service loader. */
  public BenchmarkSubcommand() {}

  @Override
  public Object command() {
    return new BenchmarkCommand();
  }
}
