package io.github.anople.server.account;

import io.github.anople.server.store.Role;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who asks: somebody who signed in, or a program with a token.
 *
 * @param name the account's name, or the token's
 * @param role what may be done
 * @param account the account's number; empty for a token
 */
public record Person(String name, Role role, Optional<Long> account)
    implements AuthenticatedPrincipal {

  /** As the framework asks for it. */
  @Override
  public String getName() {
    return name;
  }

  /**
   * Who asks what is being answered on this thread.
   *
   * @return empty where nobody signed in, or nothing is being answered
   */
  public static Optional<Person> now() {
    return of(SecurityContextHolder.getContext().getAuthentication());
  }

  static Optional<Person> of(Authentication authentication) {
    return authentication != null && authentication.getPrincipal() instanceof Person person
        ? Optional.of(person)
        : Optional.empty();
  }

  Authentication authentication() {
    return UsernamePasswordAuthenticationToken.authenticated(this, null, List.of());
  }
}
