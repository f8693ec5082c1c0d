package io.github.anople.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps pages of others out, which a browser on this computer may have open beside ours: they may
 * neither change anything (cross-site requests) nor read anything under a name of their own that
 * they point to this computer (DNS rebinding). And tells browsers what our own pages may load.
 */
@Component
final class OwnPagesOnly extends OncePerRequestFilter {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /** What browsers say of a request of their user's, or of our own page. */
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private static final int MISDIRECTED = 421;

  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /** Images of maps are made in the page; the rest comes from here, and nothing is inline. */
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Content-Security-Policy", POLICY);
    if (!HERE.contains(request.getServerName())) {
      response.sendError(
          MISDIRECTED, "this server answers as localhost only, not as " + request.getServerName());
    } else if (!READING.contains(request.getMethod()) && isOfOthers(request)) {
      response.sendError(
          HttpServletResponse.SC_FORBIDDEN, "another site's page may not change anything here");
    } else {
      chain.doFilter(request, response);
    }
  }

  private static boolean isOfOthers(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return !OWN.contains(site);
    }
    String origin = request.getHeader("Origin");
    return origin != null && !isHere(origin, request.getServerPort());
  }

  private static boolean isHere(String origin, int port) {
    try {
      URI from = URI.create(origin);
      return from.getHost() != null && HERE.contains(from.getHost()) && from.getPort() == port;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
