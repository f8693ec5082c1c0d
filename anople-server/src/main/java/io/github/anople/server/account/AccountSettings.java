package io.github.anople.server.account;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may reach the server, and how, under {@code anople.} in its properties.
 *
 * @param names further names that the server answers under, such as a proxy's
 * @param reachable whether others than this computer may reach it
 * @param adminPassword the first administrator's password; where it is empty, a page asks
 */
@ConfigurationProperties("anople")
record AccountSettings(
    @DefaultValue List<String> names, boolean reachable, @DefaultValue("") String adminPassword) {

  AccountSettings {
    names = List.copyOf(names);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "AccountSettings[names=" + names + ", reachable=" + reachable + "]";
  }
}
