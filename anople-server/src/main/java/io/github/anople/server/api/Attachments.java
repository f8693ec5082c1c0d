package io.github.anople.server.api;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/** Answers that a browser keeps as files. */
final class Attachments {

  private Attachments() {}

  /** Says what comes, before it is written. */
  static void begin(HttpServletResponse response, String type, String name) {
    response.setContentType(type);
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, header(name));
  }

  /** The value of {@code Content-Disposition}. */
  static String header(String name) {
    return ContentDisposition.attachment().filename(name).build().toString();
  }
}
