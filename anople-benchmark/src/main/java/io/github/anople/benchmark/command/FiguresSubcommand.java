package io.github.anople.benchmark.command;

import io.github.anople.console.Subcommand;

/** Adds {@code anople figures} to the program. */
public final class FiguresSubcommand implements Subcommand {

  /** For the service loader. */
  public FiguresSubcommand() {}

  @Override
  public Object command() {
    return new FiguresCommand();
  }
}
