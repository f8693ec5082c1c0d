package io.github.anople.server.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The templates of this module, which the build compiles. */
final class Pages {

  private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

  /** Where the build puts them, as the pom says; a template's folders go on from there. */
  private static final String PACKAGE = "io.github.anople.server";

  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Pages.class.getClassLoader(), PACKAGE);

  private Pages() {}

  /**
   * A page, or a part of one.
   *
   * @param name the template's name below {@code src/main/jte/web}
   * @param model the one parameter that it takes
   */
  static ResponseEntity<byte[]> of(String name, Object model) {
    return of(HttpStatus.OK, name, model);
  }

  /** The same with another status. */
  static ResponseEntity<byte[]> of(HttpStatusCode status, String name, Object model) {
    Utf8ByteOutput output = new Utf8ByteOutput();
    ENGINE.render("web/" + name + ".jte", model, output);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(output.getContentLength());
    try {
      output.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ResponseEntity.status(status)
        .contentType(HTML)
        .cacheControl(CacheControl.noStore())
        .body(bytes.toByteArray());
  }

  /** Tells a browser to look at another page after a form was sent. */
  static ResponseEntity<byte[]> seeOther(String place) {
    return ResponseEntity.status(303).header("Location", place).build();
  }
}
