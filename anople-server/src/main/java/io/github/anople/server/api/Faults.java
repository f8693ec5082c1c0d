package io.github.anople.server.api;

import io.github.anople.core.InputException;
import io.github.anople.server.inspect.BusyException;
import io.github.anople.server.project.MissingException;
import io.github.anople.server.project.TakenException;
import io.github.anople.server.store.Outage;
import io.github.anople.server.store.RefusedText;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Faults as {@code application/problem+json}: where, problem, remedy. */
@RestControllerAdvice
class Faults extends ResponseEntityExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  @ExceptionHandler
  ProblemDetail missing(MissingException fault) {
    return problem(HttpStatus.NOT_FOUND, fault.fault());
  }

  @ExceptionHandler
  ProblemDetail taken(TakenException fault) {
    return problem(HttpStatus.CONFLICT, fault.fault());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> input(InputException fault) {
    return Outage.of(fault)
        .map(Faults::outage)
        .orElseGet(
            () -> ResponseEntity.of(problem(HttpStatus.UNPROCESSABLE_CONTENT, fault)).build());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> busy(BusyException fault) {
    return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
        .header(HttpHeaders.RETRY_AFTER, "1")
        .body(ProblemDetail.forStatusAndDetail(HttpStatus.TOO_MANY_REQUESTS, fault.getMessage()));
  }

  private static ResponseEntity<ProblemDetail> outage(Outage outage) {
    LOG.warn("{}", outage.fault().getMessage());
    return ResponseEntity.status(outage.status())
        .header(HttpHeaders.RETRY_AFTER, Integer.toString(outage.retryAfter()))
        .body(problem(HttpStatus.valueOf(outage.status()), outage.fault()));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> internal(Exception fault, HttpServletResponse response)
      throws Exception {
    if (response.isCommitted()) {
      // The line is cut then, so that nobody takes a part of an answer for the whole.
      throw fault;
    }
    return Outage.of(fault).map(Faults::outage).orElseGet(() -> unknown(fault));
  }

  private static ResponseEntity<ProblemDetail> unknown(Exception fault) {
    Optional<InputException> refused = RefusedText.of(fault);
    if (refused.isPresent()) {
      return ResponseEntity.of(problem(HttpStatus.UNPROCESSABLE_CONTENT, refused.get())).build();
    }
    LOG.error("internal fault", fault);
    return ResponseEntity.of(
            ProblemDetail.forStatusAndDetail(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "an internal fault, which the server's log tells more of"))
        .build();
  }

  /** Most often it is curl, which says that a picture is a form. */
  @Override
  protected ResponseEntity<Object> handleHttpMediaTypeNotSupported(
      HttpMediaTypeNotSupportedException fault,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    InputException told =
        new InputException(
            "Content-Type",
            "%s is not taken here".formatted(fault.getContentType()),
            "say what the body is, for example by -H 'Content-Type: image/png'");
    return handleExceptionInternal(
        fault, problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, told), headers, status, request);
  }

  @Override
  protected ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException fault,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    InputException told =
        new InputException(
            "the request's body",
            "is not the JSON that is expected here",
            "see /v3/api-docs for names and kinds of values");
    return handleExceptionInternal(
        fault, problem(HttpStatus.BAD_REQUEST, told), headers, status, request);
  }

  private static ProblemDetail problem(HttpStatus status, InputException fault) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, fault.getMessage());
    problem.setProperty("where", fault.where());
    problem.setProperty("problem", fault.problem());
    problem.setProperty("remedy", fault.remedy());
    return problem;
  }
}
