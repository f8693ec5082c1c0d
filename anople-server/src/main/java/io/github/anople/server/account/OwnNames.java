package io.github.anople.server.account;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The names that the server answers under. Any other name may be another site's, which points to
 * this computer to read here what is not for it (DNS rebinding); the number that a request came in
 * at cannot be.
 */
@Component
final class OwnNames {

  private final Set<String> names = new HashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));

  OwnNames(AccountSettings settings, @Value("${server.address}") String host) {
    names.add(host.toLowerCase(Locale.ROOT));
    settings.names().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    if (settings.reachable()) {
      names.addAll(hostNames());
    }
  }

  private static List<String> hostNames() {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      return List.of(name.toLowerCase(Locale.ROOT));
    } catch (UnknownHostException e) {
      // A computer without a name of its own.
      return List.of();
    }
  }

  /** Whether a request asks for this server. */
  boolean isAsked(HttpServletRequest request) {
    String name = request.getServerName().toLowerCase(Locale.ROOT);
    return names.contains(name) || isNumber(name, request.getLocalAddr());
  }

  private static boolean isNumber(String name, String address) {
    if (!name.startsWith("[")) {
      return name.equals(address);
    }
    try {
      // What stands in brackets is never looked up.
      return InetAddress.getByName(name).equals(InetAddress.getByName("[" + address + "]"));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
