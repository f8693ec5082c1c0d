package io.github.anople.server;

import io.github.anople.core.InputException;
import io.github.anople.server.store.DataFolder;
import io.github.anople.server.store.FolderLock;
import io.github.anople.server.store.Restore;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A server that runs. */
public final class Server implements AutoCloseable {

  private final FolderLock lock;
  private final ConfigurableApplicationContext context;
  private final Path data;
  private final String address;

  private Server(
      FolderLock lock, ConfigurableApplicationContext context, Path data, String address) {
    this.lock = lock;
    this.context = context;
    this.data = data;
    this.address = address;
  }

  /**
   * Where a server listens, and where it keeps things.
   *
   * @param data its folder
   * @param host the address that it listens at
   * @param port the port; 0 for any that is free
   * @param database JDBC URL of a PostgreSQL; empty for one of its own in the folder
   * @param properties further ones, see {@link ServerSettings}
   */
  public record Options(
      Path data, String host, int port, Optional<String> database, Map<String, String> properties) {

    /** Copies the properties. */
    public Options {
      properties = Map.copyOf(properties);
    }
  }

  /**
   * Starts a server.
   *
   * @param options where it listens, and where it keeps things
   * @return the running server
   * @throws InputException if the folder cannot be used, the port is taken, or there is no database
   */
  public static Server start(Options options) {
    DataFolder data = DataFolder.open(options.data());
    Restore.requireFinished(data);
    FolderLock lock = FolderLock.take(data);
    Map<String, Object> properties = StartProperties.of(options, data);
    try {
      ConfigurableApplicationContext context =
          new SpringApplicationBuilder(ServerApplication.class)
              .initializers(
                  started ->
                      started
                          .getEnvironment()
                          .getPropertySources()
                          .addFirst(new MapPropertySource("anople", properties)))
              .run();
      int port = ((WebServerApplicationContext) context).getWebServer().getPort();
      return new Server(
          lock,
          context,
          data.root(),
          String.format(Locale.ROOT, "http://%s:%d", StartProperties.shown(options.host()), port));
    } catch (RuntimeException e) {
      lock.close();
      throw StartFaults.told(e, options);
    }
  }

  /**
   * Fills a new data folder, and an empty database where one is named, from a backup. A server can
   * be started on them then.
   *
   * @param backup the ZIP
   * @param options folder and database
   * @throws InputException if the backup is damaged, or folder or database are not empty; both are
   *     as they were then
   */
  public static void restore(Path backup, Options options) {
    Restore.run(backup, options.data(), options.database());
  }

  /**
   * What whoever started it should read.
   *
   * @return a line each
   */
  public List<String> notices() {
    return context.getBeansOfType(Notice.class).values().stream()
        .flatMap(notice -> notice.words().stream())
        .toList();
  }

  /** Its parts, for tests that look at all of them. */
  ApplicationContext parts() {
    return context;
  }

  /**
   * Where a browser finds it.
   *
   * @return an address
   */
  public String address() {
    return address;
  }

  /**
   * Where everything is kept.
   *
   * @return the data folder
   */
  public Path data() {
    return data;
  }

  /** Answers what it is being asked, then stops. */
  @Override
  public void close() {
    try {
      context.close();
    } finally {
      lock.close();
    }
  }
}
