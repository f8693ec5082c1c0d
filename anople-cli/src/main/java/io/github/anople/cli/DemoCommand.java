package io.github.anople.cli;

import io.github.anople.app.mini.MiniBackbone;
import io.github.anople.cli.demo.Demo;
import io.github.anople.cli.demo.DemoResult;
import io.github.anople.cli.demo.Story;
import io.github.anople.console.DeviceOption;
import io.github.anople.console.Output;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.Backbones;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code anople demo}: the whole way, without pictures or a backbone of one's own. */
@Command(
    name = "demo",
    description =
        "Draws a small product line, learns each product from one good picture, and tests: the "
            + "whole way in a minute, without a download.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where everything goes; a new folder. Default: ${DEFAULT-VALUE}.")
  private Path output = Path.of("anople-demo");

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the drawings and the training. Default: ${DEFAULT-VALUE}.")
  private long seed = 0;

  @Option(names = "--open", description = "Show the results when done.")
  private boolean open;

  // A newcomer should not wait for the usual 60, and tests not for these.
  @Option(names = "--epochs", hidden = true)
  private int epochs = 6;

  @Option(names = "--products", hidden = true)
  private int products = Demo.PRODUCTS;

  @Mixin private DeviceOption device;

  @Mixin private Output words;

  @Override
  public Integer call() throws InterruptedException {
    TrainingConfig config =
        TrainingConfig.usual()
            .with("seed", String.valueOf(seed))
            .with("optimizer.epochs", String.valueOf(epochs));
    DemoResult result;
    Demo.begin(output, seed);
    words.info("starting: " + MiniBackbone.NAME + " is read");
    try (LoadedBackbone backbone =
        LoadedBackbone.open(
            Backbones.find(Optional.of(MiniBackbone.NAME)), Precision.AUTO, device.torch())) {
      DemoProgress progress = new DemoProgress(words, System::nanoTime);
      result = new Demo(output, config, backbone, products, progress).run();
    }
    Story story = new Story(result);
    if (words.json()) {
      words.result().println(story.toJson());
    } else {
      story.lines().forEach(words.result()::println);
    }
    if (open) {
      Opener.open(result.report());
    }
    return 0;
  }
}
