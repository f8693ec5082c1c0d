package io.github.anople.server;

import io.github.anople.server.store.DataFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Starts servers. */
public final class Server {

  private Server() {}

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
   * @return the running server; closing it stops it
   */
  public static ConfigurableApplicationContext start(Options options) {
    DataFolder data = DataFolder.open(options.data());
    Map<String, Object> properties = new HashMap<>(options.properties());
    properties.put("anople.data", data.root().toString());
    properties.put("server.address", options.host());
    properties.put("server.port", Integer.toString(options.port()));
    properties.put("spring.datasource.url", options.database().orElse(data.database()));
    return new SpringApplicationBuilder(ServerApplication.class)
        .initializers(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(
                        new MapPropertySource("anople", properties)))
        .run();
  }
}
