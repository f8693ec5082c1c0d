package io.github.anople.inspect.predict;

import io.github.anople.core.InputException;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.Defects;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.Region;
import io.github.anople.inspect.report.Artifacts;
import io.github.anople.inspect.report.ColourScale;
import io.github.anople.inspect.report.HeatMap;
import io.github.anople.inspect.report.MapImage;
import io.github.anople.inspect.report.PartsCsv;
import io.github.anople.inspect.report.ResultsJson;
import io.github.anople.inspect.report.ScoresCsv;
import io.github.anople.inspect.report.Thumbnails;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The folder that a run's results go to: {@code scores.csv}, {@code results.json}, {@code
 * parts.csv} where pictures show views of parts, and for each picture {@code images/….png} (with
 * its heat map and boxes) and {@code maps/….png} (16 bits). The pictures' folders are kept below
 * their common one, so that {@code a/1.png} and {@code b/1.png} have outputs of the same names; two
 * pictures that differ in the extension only have it in the name. Every file appears whole or not
 * at all.
 *
 * @param folder the folder, made if it is missing
 * @param overlays the scale of the heat maps; empty for none
 * @param maps whether 16-bit maps are written
 */
public record ResultFolder(Path folder, Optional<HeatMap> overlays, boolean maps) {

  /** The top of the heat maps' scale unless somebody chooses another. */
  public static final float SCALE_HIGH = ColourScale.UNCALIBRATED.high();

  /** The table that other programs read. */
  static final String RESULTS = "results.json";

  private static final String IMAGES = "images/";
  private static final String MAPS = "maps/";

  /** A folder; nothing is made yet. */
  public ResultFolder {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(overlays, "overlays");
  }

  /**
   * The heat maps' scale from 0 to a value; a run has one, so that its pictures can be compared.
   *
   * @param high the value from which on the colour no longer changes
   * @return the scale
   * @throws InputException unless the value is greater than 0 and at most 1
   */
  public static HeatMap scale(float high) {
    if (!(high > 0 && high <= 1)) {
      throw new InputException(
          "scale of the heat maps",
          high + " is out of range",
          "choose a value above 0 and at most 1, such as " + SCALE_HIGH);
    }
    return new HeatMap(0, high);
  }

  /**
   * The heat maps' scale of a detector.
   *
   * @param calibration the detector's, if it has one
   * @return from the normal level to twice the threshold of pixels, or the usual scale of a
   *     detector that was not calibrated
   */
  public static HeatMap scale(Optional<Calibration> calibration) {
    return new HeatMap(
        calibration
            .map(known -> ColourScale.calibrated(known.normalLevel(), known.pixelThreshold()))
            .orElse(ColourScale.UNCALIBRATED));
  }

  /**
   * Makes the folder itself, before the first picture is scored in vain.
   *
   * @throws InputException if it cannot be made
   */
  public void create() {
    createFolders(folder);
  }

  /**
   * Makes the folder itself for a run that ends, before the first picture is scored in vain.
   *
   * @throws InputException if it cannot be made, or is a watched folder's
   */
  public void createForOneRun() {
    create();
    if (Files.exists(folder.resolve(Journal.NAME))) {
      // A table that two runs replace by turns would be neither's.
      throw new InputException(
          folder, "holds the results of a watched folder", "name another folder");
    }
  }

  /**
   * Writes what there is to see of a picture.
   *
   * @param name what {@link OutputNames} called its outputs
   * @param image the picture; needed for overlays alone
   * @param map how anomalous its pixels are
   * @param defects whose boxes are drawn on the overlay
   * @param region which part of the picture counts; empty for all
   * @return where its files are
   * @throws InputException if they cannot be written
   */
  public Artifacts write(
      String name,
      Optional<RgbImage> image,
      ScoreMap map,
      Optional<Defects> defects,
      Optional<Region> region) {
    overlays.ifPresent(
        scale -> scale.write(file(IMAGES + name), image.orElseThrow(), map, defects, region));
    if (maps) {
      MapImage.write(file(MAPS + name), map);
    }
    return new Artifacts(
        overlays.map(scale -> IMAGES + name),
        maps ? Optional.of(MAPS + name) : Optional.empty(),
        Thumbnails.NONE);
  }

  /** Writes the tables. */
  void writeTables(Predictions predictions) {
    ScoresCsv.write(folder.resolve("scores.csv"), predictions.scored());
    ResultsJson.write(folder.resolve(RESULTS), predictions.content());
    if (predictions.settings().parts().isPresent()) {
      PartsCsv.write(folder.resolve("parts.csv"), predictions.parts());
    }
  }

  /** The part of an output's path that {@link OutputNames} gave it. */
  static String nameOf(String output) {
    return output.substring(output.indexOf('/') + 1);
  }

  private Path file(String relative) {
    Path file = folder.resolve(relative);
    createFolders(file.getParent());
    return file;
  }

  private static void createFolders(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new InputException(
          folder, "is a file, not a folder", "name another folder for the results", e);
    } catch (IOException e) {
      throw new InputException(
          folder, "cannot be created (" + e + ")", "name another folder for the results", e);
    }
  }
}
