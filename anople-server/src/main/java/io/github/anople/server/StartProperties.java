package io.github.anople.server;

import io.github.anople.core.InputException;
import io.github.anople.server.store.DataFolder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;

/** What the framework is told of what a server is started with. */
final class StartProperties {

  /** A property: further names that the server answers under, with commas between. */
  static final String NAMES = "anople.names";

  /** A proxy on this computer, and no other, is believed where a request comes from. */
  private static final String LOOPBACK = "127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|::1|0:0:0:0:0:0:0:1";

  private StartProperties() {}

  static Map<String, Object> of(Server.Options options, DataFolder data) {
    Map<String, Object> properties = new HashMap<>(options.properties());
    boolean proxied = !options.properties().getOrDefault(NAMES, "").isBlank();
    properties.put("anople.data", data.root().toString());
    properties.put("anople.reachable", proxied || !isLoopback(options.host()));
    properties.put("server.address", options.host());
    properties.put("server.port", Integer.toString(options.port()));
    properties.put("spring.datasource.url", options.database().orElse(data.database()));
    if (proxied) {
      properties.put("server.forward-headers-strategy", "native");
      properties.put("server.tomcat.remoteip.internal-proxies", LOOPBACK);
      // A name is believed from the header Host alone, which pages of others cannot set.
      properties.put("server.tomcat.remoteip.host-header", "");
    }
    return properties;
  }

  private static boolean isLoopback(String host) {
    return address(host).isLoopbackAddress();
  }

  /** How a browser on this computer names what a server listens at. */
  static String shown(String host) {
    if (address(host).isAnyLocalAddress()) {
      return "localhost";
    }
    return host.contains(":") ? "[" + host + "]" : host;
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new InputException(
          "--host",
          "is " + InputException.quoted(host) + ", which nobody knows",
          "use localhost, or an address of this computer",
          e);
    }
  }
}
