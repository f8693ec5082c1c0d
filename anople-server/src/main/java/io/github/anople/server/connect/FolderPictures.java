package io.github.anople.server.connect;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.predict.Arrivals;
import io.github.anople.inspect.predict.Stamp;
import io.github.anople.inspect.predict.Version;
import io.github.anople.server.inspect.BusyException;
import io.github.anople.server.inspect.Inspections;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.ArrivalStore;
import io.github.anople.server.store.Connection;
import io.github.anople.server.store.ConnectionStore;
import io.github.anople.server.store.ContentFiles;
import io.github.anople.server.store.InspectionRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Inspects pictures of a watched folder, each once, and moves them if that is wanted. */
final class FolderPictures {

  /** Where pictures are moved to, in a folder for each verdict. */
  static final String FINISHED = "inspected";

  private static final Logger LOG = LoggerFactory.getLogger(FolderPictures.class);

  private final Connection connection;
  private final Projects projects;
  private final Inspections inspections;
  private final ArrivalStore arrived;
  private final ConnectionStore connections;
  private final Clock clock;
  private final ImageReader reader = new ImageReader();

  FolderPictures(
      Connection connection,
      Projects projects,
      Inspections inspections,
      ArrivalStore arrived,
      ConnectionStore connections,
      Clock clock) {
    this.connection = connection;
    this.projects = projects;
    this.inspections = inspections;
    this.arrived = arrived;
    this.connections = connections;
    this.clock = clock;
  }

  /** Tells which pictures were done before the server was started. */
  void resume(Arrivals arrivals) {
    for (ArrivalStore.Arrival one : arrived.of(connection.id())) {
      Stamp stamp = new Stamp(one.bytes(), one.modified(), one.changed(), one.inode());
      arrivals.resume(one.path(), new Version(stamp, one.sha256()));
    }
  }

  /** Notes something odd, which keeps nothing else from being inspected. */
  void remark(String words) {
    LOG.warn("{}: {}", connection.settings().target(), words);
    connections.remark(connection.id(), Faults.line(words), clock.instant());
  }

  /**
   * Inspects a picture that is ready; one that cannot be read yet comes again.
   *
   * @throws RuntimeException if not the picture is at fault: then it comes again, too
   */
  void inspect(Arrivals arrivals, Path file) {
    String sha256 = "";
    try {
      byte[] bytes = reader.bytes(file);
      sha256 = Sha256.of(bytes);
      arrivals.requireWhole(file, bytes, System.nanoTime());
      Version version = new Version(arrivals.stamp(file), sha256);
      finish(arrivals, file, version, inspect(arrivals.relative(file), version, bytes));
    } catch (BusyException e) {
      LOG.debug("{} waits: {}", file, e.getMessage());
    } catch (InputException e) {
      if (ContentFiles.isOfDisk(e)) {
        throw e;
      }
      failed(arrivals, file, sha256, e);
    }
  }

  /** The key makes it one inspection, though the server be killed before it can note that. */
  private InspectionRow inspect(String name, Version version, byte[] bytes) {
    String identity = name + "\n" + version.stamp().modified() + "\n" + version.sha256();
    String key =
        "folder-" + connection.id() + "-" + Sha256.of(identity.getBytes(StandardCharsets.UTF_8));
    String fileName = name.substring(name.lastIndexOf('/') + 1);
    return inspections.inspect(
        projects.get(connection.product()),
        new ByteArrayInputStream(bytes),
        new Inspections.Request(
            "folder", name, Optional.of(ImageFiles.stem(fileName)), Optional.of(key)));
  }

  private void finish(Arrivals arrivals, Path file, Version version, InspectionRow row) {
    boolean same = arrivals.isAsSeen(file, false);
    if (connection.settings().move() && same && moved(arrivals, file, row)) {
      arrivals.taken(file);
    } else {
      done(arrivals, file, version);
    }
    connections.delivered(connection.id(), clock.instant());
  }

  private void done(Arrivals arrivals, Path file, Version version) {
    Stamp stamp = version.stamp();
    arrived.done(
        connection.id(),
        new ArrivalStore.Arrival(
            arrivals.relative(file),
            stamp.size(),
            stamp.modified(),
            stamp.changed(),
            stamp.inode(),
            version.sha256()));
    arrivals.done(file, version, System.nanoTime());
  }

  private boolean moved(Arrivals arrivals, Path file, InspectionRow row) {
    String relative = arrivals.relative(file);
    try {
      Path root = Path.of(connection.settings().target());
      Path place = root.resolve(FINISHED).resolve(row.verdict()).resolve(relative);
      Files.createDirectories(place.getParent());
      move(file, place, row.id());
      return true;
    } catch (IOException e) {
      remark(relative + " was inspected, but cannot be moved (" + e + "): check the rights");
      return false;
    }
  }

  /** Never in the place of another one. */
  private static void move(Path file, Path place, long inspection) throws IOException {
    try {
      Files.move(file, place);
    } catch (FileAlreadyExistsException e) {
      Files.move(file, place.resolveSibling(inspection + "-" + place.getFileName()));
    }
  }

  private void failed(Arrivals arrivals, Path file, String sha256, InputException fault) {
    if (arrivals.hasSettled(file, System.nanoTime())) {
      done(arrivals, file, new Version(arrivals.stamp(file), sha256));
      remark(fault.getMessage());
    }
  }
}
