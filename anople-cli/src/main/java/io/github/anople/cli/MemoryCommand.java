package io.github.anople.cli;

import picocli.CommandLine.Command;

/** Everything about a detector's memory. */
@Command(
    name = "memory",
    description = "Corrects a detector by good pictures that it is to remember, without training.",
    subcommands = {MemoryAddCommand.class, MemoryListCommand.class, MemoryRemoveCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class MemoryCommand {}
