package io.github.anople.server.web;

import io.github.anople.core.InputException;
import io.github.anople.server.account.RefusalPage;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** What was refused before a controller was asked, as a page. */
@Component
final class RefusedPage implements RefusalPage {

  @Override
  public void write(HttpServletResponse response, int status, InputException fault)
      throws IOException {
    ResponseEntity<byte[]> page =
        Pages.of(HttpStatusCode.valueOf(status), "fault", FaultPage.of(fault));
    response.setStatus(status);
    page.getHeaders()
        .forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
    response.getOutputStream().write(page.getBody());
  }
}
