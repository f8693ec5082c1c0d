package io.github.anople.server.exchange;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.server.Audit;
import io.github.anople.server.store.ContentFiles;
import io.github.anople.server.store.DetectorStore;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.GoodPictureStore;
import io.github.anople.server.store.Product;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Service;

/**
 * A product as one file: a ZIP whose first entry says what the others are. Nothing in it depends on
 * when or where it is written. Pictures and weights do not get smaller by packing, so they are
 * stored as they are.
 */
@Service
public class ProductExport {

  /** The first that a ZIP can name. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final GoodPictureStore pictures;
  private final DetectorStore detectors;
  private final ContentFiles files;
  private final Audit audit;

  ProductExport(
      GoodPictureStore pictures, DetectorStore detectors, ContentFiles files, Audit audit) {
    this.pictures = pictures;
    this.detectors = detectors;
    this.files = files;
    this.audit = audit;
  }

  /** An entry as a ZIP that stores has to know it beforehand. */
  private record Checked(String sha256, Path path, long bytes, long crc) {}

  /** A product whose files are all there and whole. */
  public static final class Packed {

    private final byte[] json;
    private final List<Checked> contents;

    private Packed(byte[] json, List<Checked> contents) {
      this.json = json;
      this.contents = contents;
    }

    /**
     * Writes the file.
     *
     * @param out where to; not closed
     * @throws IOException if it cannot be written
     */
    public void write(OutputStream out) throws IOException {
      ZipOutputStream zip = new ZipOutputStream(out);
      CRC32 crc = new CRC32();
      crc.update(json);
      zip.putNextEntry(entry(ProductFile.ENTRY, json.length, crc.getValue()));
      zip.write(json);
      for (Checked content : contents) {
        zip.putNextEntry(entry(ProductFile.entry(content.sha256), content.bytes, content.crc));
        Files.copy(content.path, zip);
      }
      zip.finish();
    }

    private static ZipEntry entry(String name, long bytes, long crc) {
      ZipEntry entry = new ZipEntry(name);
      entry.setMethod(ZipEntry.STORED);
      entry.setTimeLocal(NO_TIME);
      entry.setSize(bytes);
      entry.setCrc(crc);
      return entry;
    }
  }

  /**
   * Looks at all files of a product, so that none is found missing when half is sent.
   *
   * @param product the product
   * @return what can be written
   * @throws InputException if a file is missing or damaged
   */
  public Packed pack(Product product) {
    ProductFile file = file(product);
    SortedSet<String> contents = new TreeSet<>(file.pictureContents());
    contents.addAll(file.detectorContents());
    List<Checked> checked = new ArrayList<>();
    for (String sha256 : contents) {
      checked.add(checked(sha256));
    }
    audit.note("product exported", "product " + product.name(), checked.size() + " files");
    return new Packed(ProductJson.of(file), checked);
  }

  private ProductFile file(Product product) {
    List<DetectorVersion> versions =
        detectors.of(product.id()).stream()
            .sorted(Comparator.comparing(DetectorVersion::version))
            .toList();
    Optional<Integer> active =
        versions.stream().filter(product::inspectsWith).map(DetectorVersion::version).findFirst();
    return new ProductFile(
        product.name(),
        product.shows(),
        product.region(),
        pictures.of(product.id()).stream()
            .map(
                one -> new ProductFile.Good(one.sha256(), one.name(), one.purpose(), one.remarks()))
            .toList(),
        versions.stream().map(one -> version(one, versions)).toList(),
        active);
  }

  private ProductFile.Version version(DetectorVersion version, List<DetectorVersion> all) {
    return new ProductFile.Version(
        version.provisional(),
        version.calibration(),
        version.sha256(),
        version.graphSha256(),
        version.origin(),
        version
            .sameScoresAs()
            .flatMap(id -> all.stream().filter(one -> one.id() == id).findFirst())
            .map(DetectorVersion::version),
        detectors.contents(version.id()));
  }

  private Checked checked(String sha256) {
    Path path = files.path(sha256);
    MessageDigest digest = Sha256.digest();
    CRC32 crc = new CRC32();
    try (InputStream in =
        new CheckedInputStream(new DigestInputStream(Files.newInputStream(path), digest), crc)) {
      long bytes = in.transferTo(OutputStream.nullOutputStream());
      if (Sha256.hex(digest).equals(sha256)) {
        return new Checked(sha256, path, bytes, crc.getValue());
      }
    } catch (IOException e) {
      throw new InputException(
          path, "cannot be read (" + e + ")", "restore the data folder from a backup", e);
    }
    throw new InputException(path, "is damaged", "restore the data folder from a backup");
  }
}
