package io.github.anople.server.account;

import io.github.anople.core.InputException;
import io.github.anople.server.store.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What somebody is told who may not do what was asked for: a page, or JSON for programs. */
@Component
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

  private static final JsonMapper JSON = new JsonMapper();

  private final RefusalPage page;
  private final FirstStart firstStart;

  Refusals(RefusalPage page, FirstStart firstStart) {
    this.page = page;
    this.firstStart = firstStart;
  }

  /** Nobody has signed in. */
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException fault)
      throws IOException {
    boolean looks = request.getMethod().equals("GET") && !isOfProgram(request);
    if (firstStart.isPending()) {
      if (looks) {
        seeOther(response, "/first-start");
      } else {
        refuse(
            request,
            response,
            HttpServletResponse.SC_UNAUTHORIZED,
            new InputException(
                "server", "has no administrator yet", "open its page /first-start in a browser"));
      }
    } else if (looks) {
      seeOther(response, "/sign-in?next=" + encoded(wanted(request)));
    } else {
      response.setHeader("WWW-Authenticate", "Bearer");
      refuse(
          request,
          response,
          HttpServletResponse.SC_UNAUTHORIZED,
          new InputException(
              "you",
              "are not signed in, or the session or token has ended",
              "sign in again; a program sends Authorization: Bearer and its token"));
    }
  }

  private static String wanted(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getRequestURI() + (query == null ? "" : "?" + query);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void seeOther(HttpServletResponse response, String place) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", place);
  }

  /** Somebody has signed in who may not do that. */
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException fault)
      throws IOException {
    Optional<Role> needed = Routes.of(request).flatMap(Route::role);
    if (needed.isEmpty()) {
      refuse(
          request,
          response,
          HttpServletResponse.SC_NOT_FOUND,
          new InputException("this address", "is not there", "go to Products"));
      return;
    }
    Person person = Person.now().orElseThrow();
    refuse(
        request,
        response,
        HttpServletResponse.SC_FORBIDDEN,
        new InputException(
            person.name(),
            "may not do that, being " + person.role().words(),
            "ask " + needed.get().words() + ", who may"));
  }

  /** Answers with a fault, as whoever asked understands it. */
  void refuse(
      HttpServletRequest request, HttpServletResponse response, int status, InputException fault)
      throws IOException {
    if (!isOfProgram(request)) {
      page.write(response, status, fault);
      return;
    }
    response.setStatus(status);
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    Map<String, Object> problem =
        Map.of(
            "status", status,
            "detail", fault.getMessage(),
            "where", fault.where(),
            "problem", fault.problem(),
            "remedy", fault.remedy());
    response.getOutputStream().write(JSON.writeValueAsBytes(problem));
  }

  private static boolean isOfProgram(HttpServletRequest request) {
    return request.getRequestURI().matches("/(api|v3|actuator)(/.*)?");
  }
}
