package io.github.anople.cli;

import picocli.CommandLine.Command;

/** Everything about backbones: what is installed, what it is, and how to get one. */
@Command(
    name = "backbone",
    description = "Inspects, tries out and downloads backbones (OpenCLIP checkpoints) and DINOv2.",
    subcommands = {
      BackboneInfoCommand.class,
      BackboneEmbedCommand.class,
      BackboneListCommand.class,
      BackbonePullCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class BackboneCommand {}
