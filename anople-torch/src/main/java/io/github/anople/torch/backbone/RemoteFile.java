package io.github.anople.torch.backbone;

import io.github.anople.core.InputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * A file to download and what it must be.
 *
 * @param fileName its plain name, without folders
 * @param url where it is, http or https
 * @param sha256 its SHA-256 in lower-case hexadecimal, or the first 8 to 64 digits of it; a short
 *     one tells damage, not forgery. Empty where the publisher gives none
 * @param maxBytes more than it may have, in bytes: what bounds a server that never stops
 */
public record RemoteFile(String fileName, URI url, String sha256, long maxBytes) {

  /**
   * Checks the parts.
   *
   * @param fileName a plain name
   * @param url a http or https address
   * @param sha256 8 to 64 hexadecimal digits, or none
   * @param maxBytes a positive bound, in bytes
   * @throws IllegalArgumentException if the name is not plain, the hash is neither empty nor 8 to
   *     64 hexadecimal digits, or the bound is not positive
   * @throws InputException if the address is not that of a http or https server
   */
  public RemoteFile {
    if (!fileName.matches("[A-Za-z0-9_][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException("file name \"" + fileName + "\" is not plain");
    }
    if (!sha256.matches("(?:[0-9a-f]{8,64})?")) {
      throw new IllegalArgumentException("\"" + sha256 + "\" is not the start of a SHA-256");
    }
    if (maxBytes <= 0) {
      throw new IllegalArgumentException("maxBytes is " + maxBytes);
    }
    checked(url);
  }

  /**
   * The same file, of which more is known.
   *
   * @param known its SHA-256, or the start of it
   * @return the file with that hash
   */
  RemoteFile withSha256(String known) {
    return new RemoteFile(fileName, url, known, maxBytes);
  }

  /**
   * The same file in another place.
   *
   * @param base the address of a folder that holds the file under its own name
   * @return the file at {@code base/fileName}
   * @throws InputException if the base is not the address of a http or https server
   */
  public RemoteFile mirroredAt(String base) {
    String folder = base.endsWith("/") ? base : base + "/";
    try {
      URI uri = checked(new URI(folder));
      if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
        throw fault(base, "has a query or a fragment");
      }
      return new RemoteFile(fileName, uri.resolve(fileName), sha256, maxBytes);
    } catch (URISyntaxException e) {
      throw fault(base, "is not a URL (" + e.getReason() + ")");
    }
  }

  private static URI checked(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw fault(url.toString(), "does not start with http:// or https://");
    }
    if (url.getHost() == null || url.getPort() > 65535) {
      throw fault(url.toString(), "names no server");
    }
    return url;
  }

  private static InputException fault(String url, String problem) {
    return new InputException(
        "address \"" + url + "\"", problem, "give one such as https://mirror.example/clip");
  }
}
