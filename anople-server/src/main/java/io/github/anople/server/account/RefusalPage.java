package io.github.anople.server.account;

import io.github.anople.core.InputException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells people what was refused before a page could. */
public interface RefusalPage {

  /**
   * Answers with a page.
   *
   * @param response the answer
   * @param status its status
   * @param fault what was refused, and what to do
   * @throws IOException if nobody listens any more
   */
  void write(HttpServletResponse response, int status, InputException fault) throws IOException;
}
