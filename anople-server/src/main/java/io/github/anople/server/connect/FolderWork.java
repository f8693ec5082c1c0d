package io.github.anople.server.connect;

import io.github.anople.inspect.predict.Arrivals;
import io.github.anople.server.store.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Looks at a folder again and again, and lets what has arrived be inspected. */
final class FolderWork implements Work {

  private final Connection connection;
  private final FolderRule rule;
  private final ConnectSettings settings;
  private final FolderPictures pictures;
  private Arrivals arrivals;

  FolderWork(
      Connection connection, FolderRule rule, ConnectSettings settings, FolderPictures pictures) {
    this.connection = connection;
    this.rule = rule;
    this.settings = settings;
    this.pictures = pictures;
  }

  @Override
  public boolean step(Stop stop) {
    Path root = rule.check(connection.settings().target(), connection.settings().move());
    if (arrivals == null) {
      arrivals =
          new Arrivals(root, root.resolve(FolderPictures.FINISHED), settings.patience().toNanos());
      pictures.resume(arrivals);
    }
    Arrivals.Look look = arrivals.look(System.nanoTime());
    look.remarks().forEach(pictures::remark);
    tell(look.lost(), "was gone or replaced before it was inspected");
    tell(look.restless(), "goes on changing, and is not inspected until it rests");
    for (Path file : look.ready()) {
      if (stop.isAsked()) {
        return false;
      }
      pictures.inspect(arrivals, file);
    }
    return false;
  }

  private void tell(List<Path> files, String what) {
    files.forEach(file -> pictures.remark(arrivals.relative(file) + " " + what));
  }

  @Override
  public Duration idle() {
    return settings.poll();
  }

  @Override
  public void close() {
    // Nothing is held between two looks.
  }
}
