package io.github.anople.benchmark.figure;

import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes sheets into a folder: {@code figure3.svg}, {@code figure3.tex}, {@code figure3/*.png}.
 *
 * @param folder made where it is missing
 */
record SheetFiles(Path folder) {

  /** As {@link PictureTiles} names them. */
  private static final Pattern TILE = Pattern.compile("\\d{3}-\\d{2}-[A-Za-z0-9_+-]*\\.png");

  Drawn write(Sheet sheet) {
    Path tiles = folder.resolve(sheet.figure().id());
    List<Path> pictures = new ArrayList<>();
    try {
      Files.createDirectories(tiles);
    } catch (IOException e) {
      throw unusable(tiles, e);
    }
    for (Sheet.Row row : sheet.rows()) {
      row.tiles().stream()
          .flatMap(Optional::stream)
          .forEach(
              tile -> {
                Path file = tiles.resolve(tile.name() + ".png");
                AtomicFile.write(file, out -> out.write(tile.png()));
                pictures.add(file);
              });
    }
    Path svg = folder.resolve(sheet.figure().id() + ".svg");
    Path latex = folder.resolve(sheet.figure().id() + ".tex");
    new SheetSvg(sheet).write(svg);
    byte[] fragment = new SheetLatex(sheet).text().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(latex, out -> out.write(fragment));
    removeOthers(tiles, pictures);
    List<Path> files = new ArrayList<>(List.of(svg, latex));
    files.addAll(pictures);
    return new Drawn(sheet.figure(), sheet.figure().title(), sheet.caption(), files);
  }

  /** Tiles of an earlier call that the figure no longer has. */
  private static void removeOthers(Path tiles, List<Path> kept) {
    try (Stream<Path> there = Files.list(tiles)) {
      for (Path file : there.filter(SheetFiles::isTile).toList()) {
        if (!kept.contains(file)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw unusable(tiles, e);
    }
  }

  private static boolean isTile(Path file) {
    return TILE.matcher(String.valueOf(file.getFileName())).matches();
  }

  private static InputException unusable(Path folder, IOException e) {
    return new InputException(
        folder, "cannot be used (" + e + ")", "name another output folder", e);
  }
}
