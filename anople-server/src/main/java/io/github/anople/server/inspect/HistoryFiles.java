package io.github.anople.server.inspect;

import io.github.anople.inspect.report.CsvText;
import io.github.anople.server.project.Pictures;
import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.Picture;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.Search;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Service;

/** The history as a table, and with its pictures. */
@Service
public class HistoryFiles {

  private static final List<String> COLUMNS =
      List.of(
          "id",
          "inspected_at",
          "verdict",
          "score",
          "threshold",
          "threshold_origin",
          "serial_number",
          "source",
          "detector_version",
          "review",
          "defect",
          "picture");

  private static final Map<String, String> ENDINGS =
      Map.of(
          "image/png", "png",
          "image/jpeg", "jpg",
          "image/bmp", "bmp",
          "image/tiff", "tif",
          "image/webp", "webp");

  private final History history;
  private final Pictures pictures;

  HistoryFiles(History history, Pictures pictures) {
    this.history = history;
    this.pictures = pictures;
  }

  /**
   * Writes a table: a header and a row an inspection, UTF-8, as RFC 4180 says. What a spreadsheet
   * would run as a formula begins with an apostrophe.
   *
   * @param product the product
   * @param search which inspections; how many at a time
   * @param out stays open
   */
  public void table(Product product, Search search, OutputStream out) {
    line(out, COLUMNS);
    history.all(product, search, row -> line(out, fields(row)));
  }

  /**
   * Writes a ZIP of the table and all its pictures, however many.
   *
   * @param product the product
   * @param search which inspections; how many at a time
   * @param out stays open
   * @throws IOException if nobody reads it any more
   */
  public void archive(Product product, Search search, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    zip.setLevel(Deflater.BEST_SPEED);
    zip.putNextEntry(new ZipEntry("history.csv"));
    table(product, search, zip);
    zip.closeEntry();
    history.all(product, search, row -> add(zip, row));
    zip.finish();
  }

  private void add(ZipOutputStream zip, InspectionRow row) {
    Picture picture = pictures.get(row.sha256());
    try {
      zip.putNextEntry(new ZipEntry(name(row, picture)));
      Files.copy(pictures.file(picture), zip);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(InspectionRow row, Picture picture) {
    return "%s/%d.%s"
        .formatted(
            row.verdict().toLowerCase(Locale.ROOT).replace(' ', '-'),
            row.id(),
            ENDINGS.getOrDefault(picture.mediaType(), "pgm"));
  }

  private List<String> fields(InspectionRow row) {
    return List.of(
        Long.toString(row.id()),
        row.inspectedAt().toString(),
        row.verdict(),
        Float.toString(row.score()),
        row.threshold().map(value -> Float.toString(value)).orElse(""),
        row.thresholdOrigin().orElse(""),
        row.serialNumber().orElse(""),
        row.source(),
        Integer.toString(row.version()),
        row.review().id(),
        row.defect().orElse(""),
        name(row, pictures.get(row.sha256())));
  }

  private static void line(OutputStream out, List<String> fields) {
    try {
      out.write(CsvText.line(fields).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
