package io.github.anople.benchmark.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.benchmark.Grid;
import io.github.anople.benchmark.Method;
import io.github.anople.benchmark.baseline.KeptDetectors;
import io.github.anople.benchmark.baseline.TorchCells;
import io.github.anople.benchmark.figure.Drawn;
import io.github.anople.benchmark.figure.FigureChoice;
import io.github.anople.benchmark.figure.Figures;
import io.github.anople.benchmark.figure.PaperFigure;
import io.github.anople.console.BackboneOption;
import io.github.anople.console.ExitCode;
import io.github.anople.console.Output;
import io.github.anople.console.PictureOptions;
import io.github.anople.core.InputException;
import io.github.anople.core.image.ImageReader;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code anople figures}: what do the detectors see, and where do they err? */
@Command(
    name = "figures",
    description =
        "Draws the paper's figures of pictures: maps of several methods side by side, worst cases, "
            + "attention. Detectors that were trained are kept, and taken again.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all figures are drawn",
      "1:the input is at fault, or a figure could not be drawn",
      "2:wrong usage",
      "3:an internal fault"
    },
    mixinStandardHelpOptions = true)
final class FiguresCommand implements Callable<Integer> {

  private static final List<String> USUAL =
      List.of(Method.ANOPLE.id(), Method.WINCLIP.id(), Method.PATCHCORE.id());

  /** A figure by its number. */
  static final class Numbers implements ITypeConverter<PaperFigure> {
    @Override
    public PaperFigure convert(String text) {
      return PaperFigure.of(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'%s' is none of the figures 3, 8, 9, 10, 11 and 12".formatted(text)));
    }
  }

  @Parameters(
      arity = "1..*",
      paramLabel = "FIGURE",
      converter = Numbers.class,
      description =
          "By the paper's numbers. 3: image, ground truth, heat map and binary map; 9 and 10: the "
              + "same of data that lies as MVTec AD and as VisA; 8: the worst cases; 11: attention "
              + "among the contexts; 12: attention of view signals and class token over the "
              + "patches.")
  private List<PaperFigure> figures = List.of();

  @Option(
      names = "--grid",
      paramLabel = "GRID",
      completionCandidates = GridOptions.Ready.class,
      description =
          "A grid as a JSON file, or one of ${COMPLETION-CANDIDATES}, of which the first number of "
              + "shots that is enough for its variants and the first seed are taken. Without: the "
              + "data sets of --root, the variants anople, winclip and patchcore, 1 shot, seed 0.")
  private Optional<String> name = Optional.empty();

  @Mixin private GridOptions options;

  @Option(
      names = "--images",
      paramLabel = "N",
      description =
          "Pictures of each category; in figure 8, of each kind of fault. Default: "
              + "${DEFAULT-VALUE}.")
  private int perCategory = 1;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Show these test pictures, instead of those with scores in the middle. Stands behind the "
              + "figures' numbers.")
  private List<Path> images = List.of();

  @Option(
      names = "--layer",
      paramLabel = "N",
      description = "Layer of figure 12, counted from 1. Default: ${DEFAULT-VALUE}.")
  private int layer = 3;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "For figureN.svg, figureN.tex, the pictures in figureN/, and detectors/. Default: "
              + "${DEFAULT-VALUE}.")
  private Path folder = Path.of("figures");

  @Mixin private PictureOptions pictures;

  @Mixin private BackboneOption backbone;

  @Mixin private Output output;

  @Override
  public Integer call() throws InterruptedException {
    Grid grid = options.smallGrid(name, USUAL);
    FigureChoice choice = new FigureChoice(images, perCategory, layer);
    ImageReader reader = pictures.reader();
    List<Drawn> drawn = new ArrayList<>();
    int failed = 0;
    try (LoadedBackbone loaded = backbone.load(output)) {
      TorchCells cells = new TorchCells(loaded, OptionalDouble.empty(), reader);
      KeptDetectors detectors = new KeptDetectors(cells, folder.resolve("detectors"), output::info);
      Figures drawing = new Figures(folder, detectors, reader, choice, new FigureWords(output));
      for (PaperFigure figure : figures.stream().distinct().toList()) {
        try {
          drawn.add(drawing.draw(figure, grid));
        } catch (InputException e) {
          output.fault(e.getMessage());
          failed++;
        }
      }
    }
    report(drawn);
    return failed == 0 ? 0 : ExitCode.INPUT_FAULT;
  }

  private void report(List<Drawn> drawn) {
    if (output.json()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("output", folder.toString());
      var all = json.putArray("figures");
      for (Drawn one : drawn) {
        ObjectNode figure = all.addObject().put("figure", one.figure().number());
        figure.put("title", one.title()).put("caption", one.caption());
        var files = figure.putArray("files");
        one.files().forEach(file -> files.add(file.toString()));
      }
      output.result().println(json.toPrettyString());
    } else {
      drawn.forEach(one -> output.result().println(one.files().get(0)));
    }
  }
}
