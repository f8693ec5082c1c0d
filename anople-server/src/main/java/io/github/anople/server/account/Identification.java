package io.github.anople.server.account;

import io.github.anople.server.store.Outage;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out who asks: by the token where there is one, else by the session. */
final class Identification extends OncePerRequestFilter {

  private static final Logger LOG = LoggerFactory.getLogger(Identification.class);
  private static final String BEARER = "Bearer ";

  private final Sessions sessions;
  private final Tokens tokens;
  private final Refusals refusals;

  Identification(Sessions sessions, Tokens tokens, Refusals refusals) {
    this.sessions = sessions;
    this.tokens = tokens;
    this.refusals = refusals;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      person(request).ifPresent(Identification::note);
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("the database does not answer: {}", e.getMessage());
      Outage outage = Outage.of(e).orElseGet(Outage::ofDatabase);
      response.setHeader("Retry-After", Integer.toString(outage.retryAfter()));
      refusals.refuse(request, response, outage.status(), outage.fault());
      return;
    }
    chain.doFilter(request, response);
  }

  private Optional<Person> person(HttpServletRequest request) {
    return secret(request).isPresent()
        ? tokens.person(secret(request).get())
        : sessions.person(request);
  }

  /** What a program signs in with; where there is one, a session counts for nothing. */
  static Optional<String> secret(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Authorization"))
        .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(header -> header.substring(BEARER.length()).strip());
  }

  private static void note(Person person) {
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(person.authentication());
    SecurityContextHolder.setContext(context);
  }
}
