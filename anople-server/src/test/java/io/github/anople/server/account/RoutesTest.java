package io.github.anople.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.server.TestServer;
import io.github.anople.server.store.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** The table of who may ask for what, against what is answered. */
class RoutesTest {

  @TempDir static Path folder;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder.resolve("data"), Optional.empty());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyRouteHasARowAndEveryRowHasARoute() {
    Set<String> rows =
        Routes.ALL.stream()
            .map(route -> route.method() + " " + route.pattern())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Routes.ALL.size(), rows.size(), "a row is there twice");
    Set<String> missing = new TreeSet<>(answered());
    missing.removeAll(rows);
    Set<String> needless = new TreeSet<>(rows);
    needless.removeAll(answered());
    assertEquals(Set.of(), missing, "routes without a row in Routes: say there who may use them");
    assertEquals(Set.of(), needless, "rows in Routes that nothing answers");
  }

  /** Method and pattern of all that the server answers. */
  private static Set<String> answered() {
    Set<String> all = new TreeSet<>();
    server
        .parts()
        .getBeansOfType(RequestMappingInfoHandlerMapping.class)
        .values()
        .forEach(
            mapping ->
                mapping
                    .getHandlerMethods()
                    .forEach(
                        (info, handler) -> {
                          // That one is asked by the server itself.
                          if (!ErrorController.class.isAssignableFrom(handler.getBeanType())) {
                            names(info).forEach(all::add);
                          }
                        }));
    server
        .parts()
        .getBeansOfType(AbstractUrlHandlerMapping.class)
        .values()
        .forEach(
            mapping -> mapping.getHandlerMap().keySet().forEach(path -> all.add("GET " + path)));
    return all;
  }

  private static Stream<String> names(RequestMappingInfo info) {
    Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
    return info.getPatternValues().stream()
        .flatMap(
            pattern ->
                methods.isEmpty()
                    ? Stream.of("GET " + pattern)
                    : methods.stream().map(method -> method + " " + pattern));
  }

  @Test
  void everyRoleIsLetThroughWhereItsRowSaysSoAndNowhereElse() throws Exception {
    Map<Role, String> tokens = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      tokens.put(role, server.token(role.id()));
    }
    List<String> wrong = new ArrayList<>();
    for (Route route : Routes.ALL) {
      boolean nobody = isLetThrough(asked(route));
      if (nobody != route.role().isEmpty()) {
        wrong.add("nobody at " + route);
      }
      for (Role role : Role.values()) {
        HttpRequest.Builder asked =
            asked(route).header("Authorization", "Bearer " + tokens.get(role));
        if (isLetThrough(asked) != route.role().map(role::covers).orElse(true)) {
          wrong.add(role + " at " + route);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static HttpRequest.Builder asked(Route route) {
    String path =
        route
            .pattern()
            .getPatternString()
            .replaceAll("\\{[^}]+}", "1")
            .replace("/**", "/x")
            .replace("*", "");
    return server
        .plain(path)
        .method(
            route.method(),
            route.method().equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(""));
  }

  private static boolean isLetThrough(HttpRequest.Builder asked) throws Exception {
    HttpResponse<String> answer = server.send(asked);
    boolean askedToSignIn =
        answer.headers().firstValue("Location").orElse("").startsWith("/sign-in?next=");
    return answer.statusCode() != 401 && answer.statusCode() != 403 && !askedToSignIn;
  }

  @Test
  void whatHasNoRowIsRefused() throws Exception {
    assertEquals(404, server.send(server.at("/error")).statusCode());
    assertEquals(404, server.send(server.at("/api/v1/nothing")).statusCode());
    assertEquals(401, server.send(server.plain("/api/v1/nothing")).statusCode());
    assertEquals(
        404,
        server
            .send(server.at("/api/v1/products").method("OPTIONS", BodyPublishers.noBody()))
            .statusCode());
  }
}
