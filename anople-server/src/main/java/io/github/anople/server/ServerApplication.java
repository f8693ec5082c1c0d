package io.github.anople.server;

import io.github.anople.server.store.DataFolder;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The server's parts. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@ConfigurationPropertiesScan
public class ServerApplication {

  /** For the framework. */
  public ServerApplication() {}

  /**
   * Where everything is kept.
   *
   * @param folder as the command says
   * @return the folder, made
   */
  @Bean
  DataFolder dataFolder(@Value("${anople.data}") Path folder) {
    return DataFolder.open(folder);
  }

  /**
   * What time it is.
   *
   * @return the system's clock
   */
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
