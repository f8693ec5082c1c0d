package io.github.anople.server.account;

import static io.github.anople.server.account.Route.delete;
import static io.github.anople.server.account.Route.get;
import static io.github.anople.server.account.Route.open;
import static io.github.anople.server.account.Route.post;
import static io.github.anople.server.account.Route.put;
import static io.github.anople.server.store.Role.ADMINISTRATOR;
import static io.github.anople.server.store.Role.ENGINEER;
import static io.github.anople.server.store.Role.OPERATOR;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Who may ask for what: the one table. What has no row here is refused, and a test fails for a
 * controller's method without a row, and for a row that no controller answers.
 */
final class Routes {

  /** All rows; a role may also do what lesser roles may. */
  static final List<Route> ALL =
      List.of(
          // Before anybody has signed in.
          open("GET", "/first-start"),
          open("POST", "/first-start"),
          open("GET", "/sign-in"),
          open("POST", "/sign-in"),
          open("GET", "/assets/**"),
          open("GET", "/actuator/health"),
          open("GET", "/actuator/health/**"),

          // One's own account.
          get(OPERATOR, "/account"),
          post(OPERATOR, "/account/password"),
          post(OPERATOR, "/sign-out"),

          // Pages of products.
          get(OPERATOR, "/"),
          post(ENGINEER, "/products"),
          get(OPERATOR, "/products/{product}"),
          get(OPERATOR, "/products/{product}/pictures"),
          get(OPERATOR, "/products/{product}/pictures/{sha256}"),
          post(ENGINEER, "/products/{product}/pictures/{sha256}"),
          get(OPERATOR, "/products/{product}/detector"),
          get(OPERATOR, "/products/{product}/detector/{version}"),
          post(ENGINEER, "/products/{product}/detector/train"),
          post(ENGINEER, "/products/{product}/detector/correct"),
          post(ENGINEER, "/products/{product}/detector/activate"),
          post(ENGINEER, "/jobs/{job}/cancel"),
          get(OPERATOR, "/products/{product}/inspect"),
          post(OPERATOR, "/products/{product}/inspect"),
          get(OPERATOR, "/products/{product}/history"),
          get(OPERATOR, "/products/{product}/history/{id}"),
          get(OPERATOR, "/products/{product}/history/{id}/picture"),
          get(OPERATOR, "/products/{product}/history/{id}/preview"),
          get(OPERATOR, "/products/{product}/history/{id}/heat"),
          get(OPERATOR, "/products/{product}/pictures/{sha256}/preview"),
          get(OPERATOR, "/products/{product}/review"),
          post(OPERATOR, "/products/{product}/review/{id}"),
          get(OPERATOR, "/products/{product}/trends"),
          get(OPERATOR, "/products/{product}/decide"),
          post(ENGINEER, "/products/{product}/decide"),
          post(ENGINEER, "/products/{product}/decide/promise"),
          post(ENGINEER, "/products/import"),
          post(ENGINEER, "/products/{product}/pictures/import"),

          // Connections.
          get(ENGINEER, "/connections"),
          get(ENGINEER, "/connections/new"),
          post(ENGINEER, "/connections"),
          get(ENGINEER, "/connections/{id}"),
          post(ENGINEER, "/connections/{id}"),
          post(ENGINEER, "/connections/{id}/pause"),
          post(ENGINEER, "/connections/{id}/resume"),
          post(ENGINEER, "/connections/{id}/delete"),
          post(ENGINEER, "/connections/{id}/test"),
          get(ENGINEER, "/api/v1/connections"),
          post(ENGINEER, "/api/v1/connections"),
          get(ENGINEER, "/api/v1/connections/{id}"),
          put(ENGINEER, "/api/v1/connections/{id}"),
          delete(ENGINEER, "/api/v1/connections/{id}"),
          post(ENGINEER, "/api/v1/connections/{id}:pause"),
          post(ENGINEER, "/api/v1/connections/{id}:resume"),
          post(ENGINEER, "/api/v1/connections/{id}:test"),

          // The page System, and what it leads to.
          get(ENGINEER, "/system"),
          post(ENGINEER, "/system/tokens"),
          post(ENGINEER, "/system/tokens/{token}/revoke"),
          get(ADMINISTRATOR, "/system/users"),
          post(ADMINISTRATOR, "/system/users"),
          post(ADMINISTRATOR, "/system/users/{user}/role"),
          post(ADMINISTRATOR, "/system/users/{user}/password"),
          post(ADMINISTRATOR, "/system/users/{user}/remove"),
          get(ADMINISTRATOR, "/system/audit"),
          get(ADMINISTRATOR, "/system/audit.csv"),
          get(ADMINISTRATOR, "/system/audit/check"),
          post(ADMINISTRATOR, "/system/backup"),

          // Programs: products.
          get(OPERATOR, "/api/v1/products"),
          post(ENGINEER, "/api/v1/products"),
          get(OPERATOR, "/api/v1/products/{product}"),
          get(OPERATOR, "/api/v1/products/{product}/pictures"),
          post(ENGINEER, "/api/v1/products/{product}/pictures"),
          put(ENGINEER, "/api/v1/products/{product}/pictures/{sha256}"),
          delete(ENGINEER, "/api/v1/products/{product}/pictures/{sha256}"),
          get(OPERATOR, "/api/v1/products/{product}/region"),
          put(ENGINEER, "/api/v1/products/{product}/region"),
          delete(ENGINEER, "/api/v1/products/{product}/region"),
          get(ENGINEER, "/api/v1/products/{product}/export"),
          post(ENGINEER, "/api/v1/products:import"),
          post(ENGINEER, "/api/v1/products/{product}/pictures:import"),

          // Programs: detectors and jobs.
          get(OPERATOR, "/api/v1/products/{product}/detectors"),
          get(ENGINEER, "/api/v1/products/{product}/detectors/{version}.anople"),
          get(ENGINEER, "/api/v1/products/{product}/detectors/{version}.onnx"),
          post(ENGINEER, "/api/v1/products/{product}/detectors:train"),
          post(ENGINEER, "/api/v1/products/{product}/detectors:calibrate"),
          post(ENGINEER, "/api/v1/products/{product}/detectors:correct"),
          post(ENGINEER, "/api/v1/products/{product}/detectors:decide"),
          get(OPERATOR, "/api/v1/products/{product}/drift"),
          post(ENGINEER, "/api/v1/products/{product}/detectors/{version}:activate"),
          get(OPERATOR, "/api/v1/products/{product}/jobs"),
          get(OPERATOR, "/api/v1/jobs/{job}"),
          get(OPERATOR, "/api/v1/jobs/{job}/events"),
          post(ENGINEER, "/api/v1/jobs/{job}:cancel"),

          // Programs: inspections.
          get(OPERATOR, "/api/v1/products/{product}/inspections"),
          post(OPERATOR, "/api/v1/products/{product}/inspections"),
          get(OPERATOR, "/api/v1/products/{product}/inspections/{id}"),
          get(OPERATOR, "/api/v1/products/{product}/inspections/{id}/picture"),
          get(OPERATOR, "/api/v1/products/{product}/inspections/{id}/map"),
          get(OPERATOR, "/api/v1/products/{product}/inspections/{id}/reviews"),
          post(OPERATOR, "/api/v1/products/{product}/inspections/{id}/reviews"),
          get(OPERATOR, "/api/v1/products/{product}/inspections.csv"),
          get(OPERATOR, "/api/v1/products/{product}/inspections.zip"),

          // Programs: the system.
          get(ENGINEER, "/api/v1/tokens"),
          post(ENGINEER, "/api/v1/tokens"),
          delete(ENGINEER, "/api/v1/tokens/{token}"),
          get(ADMINISTRATOR, "/api/v1/backup"),
          get(OPERATOR, "/actuator/prometheus"),

          // What there is for programs, and the page to try it.
          get(OPERATOR, "/v3/api-docs"),
          get(OPERATOR, "/v3/api-docs.yaml"),
          get(OPERATOR, "/v3/api-docs/swagger-config"),
          get(OPERATOR, "/swagger-ui.html"),
          get(OPERATOR, "/swagger-ui/**"),
          get(OPERATOR, "/swagger-ui/*swagger-initializer.js"));

  /** As a controller is chosen: of several patterns that fit, the most specific. */
  private static final List<Route> BY_PATTERN =
      ALL.stream().sorted(Comparator.comparing(Route::pattern)).toList();

  private Routes() {}

  /**
   * The row of a request.
   *
   * @param request what is asked for
   * @return empty where there is none
   */
  static Optional<Route> of(HttpServletRequest request) {
    String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
    PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
    return BY_PATTERN.stream()
        .filter(route -> route.method().equals(method) && route.pattern().matches(path))
        .findFirst();
  }
}
