package io.github.anople.server.account;

import io.github.anople.server.store.Role;
import java.util.Optional;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * A row of {@link Routes}.
 *
 * @param method such as {@code GET}, which stands for {@code HEAD} too
 * @param pattern of paths, as controllers have it
 * @param role what somebody has to be; empty where nobody needs to sign in
 */
record Route(String method, PathPattern pattern, Optional<Role> role) {

  static Route get(Role role, String pattern) {
    return of("GET", pattern, Optional.of(role));
  }

  static Route post(Role role, String pattern) {
    return of("POST", pattern, Optional.of(role));
  }

  static Route put(Role role, String pattern) {
    return of("PUT", pattern, Optional.of(role));
  }

  static Route delete(Role role, String pattern) {
    return of("DELETE", pattern, Optional.of(role));
  }

  /** For everybody. */
  static Route open(String method, String pattern) {
    return of(method, pattern, Optional.empty());
  }

  private static Route of(String method, String pattern, Optional<Role> role) {
    return new Route(method, PathPatternParser.defaultInstance.parse(pattern), role);
  }
}
