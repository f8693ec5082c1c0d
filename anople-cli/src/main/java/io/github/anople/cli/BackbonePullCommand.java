package io.github.anople.cli;

import io.github.anople.console.Output;
import io.github.anople.torch.backbone.BackboneCatalog;
import io.github.anople.torch.backbone.BackboneDownload;
import io.github.anople.torch.backbone.BackboneRelease;
import io.github.anople.torch.backbone.BackboneStore;
import io.github.anople.torch.backbone.DownloadSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anople backbone pull}: downloads weights and vocabulary, and checks their hashes. */
@Command(
    name = "pull",
    description =
        "Downloads a backbone, or a DINOv2 for the memory. An interrupted download continues where "
            + "it stopped; the SHA-256 is checked.",
    mixinStandardHelpOptions = true)
final class BackbonePullCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NAME", description = "A name that 'anople backbone list' shows.")
  private String name;

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description = "Where the files are, if not at their publishers': URL/<file>.")
  private String mirror;

  @Mixin private Output output;

  @Override
  public Integer call() {
    BackboneRelease release = BackboneCatalog.standard().get(name);
    if (mirror != null) {
      release = release.mirroredAt(mirror);
    }
    output.info(release.name() + " is " + release.kind().words());
    output.info("licence of the weights: " + release.licence());
    BackboneDownload.Installed installed = install(release);
    if (release.weights().sha256().isEmpty()) {
      output.info(
          "no SHA-256 is published for these weights: "
              + installed.sha256()
              + " is recorded, and checked from now on");
    }
    output.result().println(installed.directory());
    return 0;
  }

  private BackboneDownload.Installed install(BackboneRelease release) {
    try (DownloadProgress progress = new DownloadProgress(output)) {
      return new BackboneDownload(BackboneStore.standard(), DownloadSettings.standard(), progress)
          .install(release);
    }
  }
}
