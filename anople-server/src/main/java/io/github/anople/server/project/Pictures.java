package io.github.anople.server.project;

import io.github.anople.core.InputException;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.NotedImage;
import io.github.anople.core.image.RgbImage;
import io.github.anople.server.store.ContentFiles;
import io.github.anople.server.store.Picture;
import io.github.anople.server.store.PictureStore;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;

/** Pictures that come in: kept as they were sent, and read once to see that they can be. */
@Service
public class Pictures {

  private static final int MAGIC_BYTES = 12;

  /** What a browser may be told about a file, by its first bytes; nothing else is ever said. */
  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "89504e47", "image/png",
          "ffd8ff", "image/jpeg",
          "424d", "image/bmp",
          "49492a00", "image/tiff",
          "4d4d002a", "image/tiff",
          "52494646", "image/webp");

  private final ContentFiles files;
  private final PictureStore pictures;
  private final Clock clock;

  Pictures(ContentFiles files, PictureStore pictures, Clock clock) {
    this.files = files;
    this.pictures = pictures;
    this.clock = clock;
  }

  /**
   * A picture that came in.
   *
   * @param row its row
   * @param read its pixels, and what there is to say of them
   */
  public record Received(Picture row, NotedImage read) {}

  /**
   * Takes a picture in.
   *
   * @param in the file as it was sent
   * @param name what messages call it
   * @param reader reads it
   * @return what came in; its file and row are there
   * @throws InputException if it is too large, or no picture that can be read; nothing of it is
   *     kept then
   */
  public Received receive(InputStream in, String name, ImageReader reader) {
    Reception reception = new Reception(name, reader);
    ContentFiles.Content content = files.keep(in, reader.options().maxFileBytes(), reception);
    return new Received(row(content, reception.look.kind()), reception.look.read());
  }

  /**
   * What a row says of a picture.
   *
   * @param mediaType what a browser may be told about it
   * @param width columns
   * @param height rows
   */
  public record Kind(String mediaType, int width, int height) {}

  /**
   * Looks at a picture that is not kept yet.
   *
   * @param file the file
   * @param name what messages call it
   * @param reader reads it
   * @return what its row will say
   * @throws InputException if it is no picture that can be read
   */
  public static Kind kind(Path file, String name, ImageReader reader) {
    return Look.at(file, name, reader).kind();
  }

  /**
   * The row of a picture, made where there is none.
   *
   * @param content its file, which is kept already
   * @param kind what {@link #kind} found
   * @return the row
   */
  public Picture row(ContentFiles.Content content, Kind kind) {
    return pictures.of(content, kind.mediaType, kind.width, kind.height, clock.instant());
  }

  private record Look(NotedImage read, Kind kind) {

    static Look at(Path file, String name, ImageReader reader) {
      byte[] bytes = bytes(file, name, reader);
      NotedImage read = reader.readNoted(bytes, name);
      RgbImage image = read.image();
      return new Look(read, new Kind(Pictures.mediaType(bytes), image.width(), image.height()));
    }
  }

  /** Where the file lies for the moment tells its sender nothing. */
  private static byte[] bytes(Path file, String name, ImageReader reader) {
    try {
      return reader.bytes(file);
    } catch (InputException e) {
      throw new InputException(name, e.problem(), e.remedy(), e);
    }
  }

  /** Reads a file before it is kept. */
  private static final class Reception implements Consumer<Path> {

    private final String name;
    private final ImageReader reader;
    private Look look;

    Reception(String name, ImageReader reader) {
      this.name = name;
      this.reader = reader;
    }

    @Override
    public void accept(Path file) {
      look = Look.at(file, name, reader);
    }
  }

  /** By what it begins with. */
  private static String mediaType(byte[] bytes) {
    String start = HexFormat.of().formatHex(bytes, 0, Math.min(MAGIC_BYTES, bytes.length));
    return MEDIA_TYPES.entrySet().stream()
        .filter(type -> start.startsWith(type.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("application/octet-stream");
  }

  /**
   * A picture that is kept.
   *
   * @param sha256 its content
   * @return its row
   * @throws MissingException if it is not there
   */
  public Picture get(String sha256) {
    return pictures
        .named(sha256)
        .orElseThrow(
            () -> new MissingException("picture " + sha256, "is not there", "check its name"));
  }

  /**
   * The pixels of a picture, as they are read where nothing else is said.
   *
   * @param picture its row
   * @return the pixels
   * @throws InputException if its file is gone
   */
  public RgbImage pixels(Picture picture) {
    return new ImageReader().read(file(picture));
  }

  /**
   * The file of a picture.
   *
   * @param picture its row
   * @return the path, of a file that is there
   * @throws InputException if somebody took it away
   */
  public Path file(Picture picture) {
    Path file = files.path(picture.sha256());
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          file, "is not there any more", "restore the data folder from a backup");
    }
    return file;
  }
}
