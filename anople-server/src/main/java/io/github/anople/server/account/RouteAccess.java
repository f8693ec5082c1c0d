package io.github.anople.server.account;

import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Lets through what {@link Routes} has a row for, whoever has its role. */
final class RouteAccess implements AuthorizationManager<RequestAuthorizationContext> {

  @Override
  public AuthorizationResult authorize(
      Supplier<? extends Authentication> authentication, RequestAuthorizationContext context) {
    Optional<Route> route = Routes.of(context.getRequest());
    return new AuthorizationDecision(
        route.isPresent()
            && (route.get().role().isEmpty() || covers(route.get(), authentication.get())));
  }

  private static boolean covers(Route route, Authentication authentication) {
    return Person.of(authentication)
        .filter(person -> person.role().covers(route.role().orElseThrow()))
        .isPresent();
  }
}
