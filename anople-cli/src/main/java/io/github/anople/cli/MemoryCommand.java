package io.github.anople.cli;

import picocli.CommandLine.Command;

/** Everything about a detector's memory. */
@Command(
    name = "memory",
    description = "Extends a detector's memory of good parts.",
    subcommands = MemoryAddCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class MemoryCommand {}
