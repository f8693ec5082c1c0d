package io.github.anople.server.account;

import io.github.anople.core.InputException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps pages of others out, which a browser may have open beside ours: they may neither change
 * anything (cross-site requests) nor read anything under a name of their own that they point to
 * this computer (DNS rebinding). And tells browsers what our own pages may load.
 *
 * <p>There are no form tokens, as there are none in {@code CrossOriginProtection} of Go's net/http:
 * every browser of the last years says by {@code Sec-Fetch-Site} (since 2020 to 2023) and by {@code
 * Origin} (with every POST, since 2020 at the latest) which page a request comes from, and no page
 * can change these headers. A token would prove the same by more state. A browser that says neither
 * is refused where a session would speak for it, and the session's cookie stays with our own pages
 * besides (SameSite=Strict). A program's token is no cookie: no browser sends it by itself.
 */
@Component
@Order(OwnPagesOnly.BEFORE_SECURITY)
final class OwnPagesOnly extends OncePerRequestFilter {

  static final int BEFORE_SECURITY = -200;

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /** What browsers say of a request of their user's, or of our own page. */
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private static final int MISDIRECTED = 421;

  /** Images of maps are made in the page; the rest comes from here, and nothing is inline. */
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  private final OwnNames names;
  private final Refusals refusals;

  OwnPagesOnly(OwnNames names, Refusals refusals) {
    this.names = names;
    this.refusals = refusals;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Content-Security-Policy", POLICY);
    if (!names.isAsked(request)) {
      refusals.refuse(
          request,
          response,
          MISDIRECTED,
          new InputException(
              "this server",
              "does not answer as " + InputException.quoted(request.getServerName()),
              "use the address that its terminal shows, or start it with that --name"));
    } else if (!READING.contains(request.getMethod()) && isOfOthers(request)) {
      refusals.refuse(
          request,
          response,
          HttpServletResponse.SC_FORBIDDEN,
          new InputException(
              "another site's page",
              "may not change anything here",
              "use this server's own pages, or a token"));
    } else {
      if (!request.getRequestURI().startsWith("/assets/")) {
        // For one person's browser alone.
        response.setHeader("Cache-Control", "private, no-cache");
      }
      chain.doFilter(request, response);
    }
  }

  private static boolean isOfOthers(HttpServletRequest request) {
    if (Identification.secret(request).isPresent()) {
      return false;
    }
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return !OWN.contains(site);
    }
    String origin = request.getHeader("Origin");
    // Without a session, what says neither is a program that may yet be told to sign in.
    return origin == null
        ? request.getRequestedSessionId() != null
        : !isHere(origin, request.getHeader("Host"));
  }

  private static boolean isHere(String origin, String host) {
    try {
      String from = URI.create(origin).getRawAuthority();
      return from != null && from.equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
