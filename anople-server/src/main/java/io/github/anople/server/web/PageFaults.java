package io.github.anople.server.web;

import io.github.anople.core.InputException;
import io.github.anople.server.account.PauseException;
import io.github.anople.server.inspect.BusyException;
import io.github.anople.server.project.MissingException;
import io.github.anople.server.project.TakenException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Faults of what was asked for on a page, as a page. */
@ControllerAdvice(basePackageClasses = PageFaults.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PageFaults {

  @ExceptionHandler
  ResponseEntity<byte[]> missing(MissingException fault) {
    return page(HttpStatus.NOT_FOUND, fault.fault());
  }

  @ExceptionHandler
  ResponseEntity<byte[]> taken(TakenException fault) {
    return page(HttpStatus.CONFLICT, fault.fault());
  }

  @ExceptionHandler
  ResponseEntity<byte[]> input(InputException fault) {
    return page(HttpStatus.UNPROCESSABLE_CONTENT, fault);
  }

  @ExceptionHandler
  ResponseEntity<byte[]> busy(BusyException fault) {
    return Pages.of(
        HttpStatus.TOO_MANY_REQUESTS,
        "fault",
        new FaultPage("Too many pictures wait", fault.getMessage(), "try again in a moment"));
  }

  @ExceptionHandler
  ResponseEntity<byte[]> pause(PauseException fault) {
    ResponseEntity<byte[]> page =
        Pages.of(
            HttpStatus.TOO_MANY_REQUESTS,
            "fault",
            new FaultPage(
                "Too many tries", "none is taken", "try again in " + fault.seconds() + " s"));
    return ResponseEntity.status(page.getStatusCode())
        .headers(page.getHeaders())
        .header(HttpHeaders.RETRY_AFTER, Long.toString(fault.seconds()))
        .body(page.getBody());
  }

  private static ResponseEntity<byte[]> page(HttpStatus status, InputException fault) {
    return Pages.of(status, "fault", FaultPage.of(fault));
  }
}
