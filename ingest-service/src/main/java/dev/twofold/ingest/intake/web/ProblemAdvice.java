package dev.twofold.ingest.intake.web;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns what Spring itself refuses, and what nobody expected, into problem bodies. */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @Override
  protected ResponseEntity<Object> handleExceptionInternal(
      Exception refused,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    HttpHeaders answered = new HttpHeaders(headers);
    answered.setContentType(MediaType.valueOf(Problem.MEDIA_TYPE));
    return ResponseEntity.status(status)
        .headers(answered)
        .body(Problem.ofStatus(status.value()).json());
  }

  @ExceptionHandler(Exception.class)
  ResponseEntity<Object> fail(Exception failure) {
    LOG.error("A request ended in a failure that nobody expected", failure);
    return ResponseEntity.internalServerError()
        .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .body(Problem.ofStatus(500).json());
  }
}
