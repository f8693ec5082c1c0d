package io.github.anople.server.web;

import io.github.anople.core.InputException;
import io.github.anople.server.account.PauseException;
import io.github.anople.server.inspect.BusyException;
import io.github.anople.server.project.MissingException;
import io.github.anople.server.project.TakenException;
import io.github.anople.server.store.Outage;
import io.github.anople.server.store.RefusedText;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Faults of what was asked for on a page, as a page. */
@ControllerAdvice(basePackageClasses = PageFaults.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PageFaults {

  private static final Logger LOG = LoggerFactory.getLogger(PageFaults.class);

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
    return Outage.of(fault)
        .map(PageFaults::outage)
        .orElseGet(() -> page(HttpStatus.UNPROCESSABLE_CONTENT, fault));
  }

  @ExceptionHandler
  ResponseEntity<byte[]> other(Exception fault, HttpServletResponse response) throws Exception {
    if (response.isCommitted()) {
      // The line is cut then, so that nobody takes a part of an answer for the whole.
      throw fault;
    }
    return Outage.of(fault).map(PageFaults::outage).orElseGet(() -> unusual(fault));
  }

  private static ResponseEntity<byte[]> outage(Outage outage) {
    LOG.warn("{}", outage.fault().getMessage());
    return later(page(HttpStatus.valueOf(outage.status()), outage.fault()), outage.retryAfter());
  }

  private static ResponseEntity<byte[]> unusual(Exception fault) {
    if (fault instanceof ErrorResponse told) {
      return asked(told.getStatusCode(), told.getBody().getDetail());
    }
    if (fault instanceof TypeMismatchException) {
      return asked(HttpStatus.BAD_REQUEST, "is not of the kind that is expected");
    }
    Optional<InputException> refused = RefusedText.of(fault);
    if (refused.isPresent()) {
      return page(HttpStatus.UNPROCESSABLE_CONTENT, refused.get());
    }
    LOG.error("internal fault", fault);
    return page(
        HttpStatus.INTERNAL_SERVER_ERROR,
        new InputException(
            "this server",
            "has an internal fault, which its log tells more of",
            "tell whoever looks after it"));
  }

  private static ResponseEntity<byte[]> asked(HttpStatusCode status, String problem) {
    return page(
        status,
        new InputException(
            "what was asked for",
            problem == null ? "cannot be done" : problem,
            "go back, and try another way"));
  }

  @ExceptionHandler
  ResponseEntity<byte[]> busy(BusyException fault) {
    return later(
        Pages.of(
            HttpStatus.TOO_MANY_REQUESTS,
            "fault",
            new FaultPage("Too many pictures wait", fault.getMessage(), "try again in a moment")),
        1);
  }

  @ExceptionHandler
  ResponseEntity<byte[]> pause(PauseException fault) {
    return later(
        Pages.of(
            HttpStatus.TOO_MANY_REQUESTS,
            "fault",
            new FaultPage(
                "Too many tries", "none is taken", "try again in " + fault.seconds() + " s")),
        fault.seconds());
  }

  private static ResponseEntity<byte[]> later(ResponseEntity<byte[]> page, long seconds) {
    return ResponseEntity.status(page.getStatusCode())
        .headers(page.getHeaders())
        .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds))
        .body(page.getBody());
  }

  private static ResponseEntity<byte[]> page(HttpStatusCode status, InputException fault) {
    return Pages.of(status, "fault", FaultPage.of(fault));
  }
}
