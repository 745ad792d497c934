package dev.twofold.sync.problem;

import dev.twofold.sync.failure.RetryableFailure;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns what escapes a controller that {@link AnswersProblems} into a problem. */
@RestControllerAdvice(annotations = AnswersProblems.class)
@Order(Ordered.LOWEST_PRECEDENCE)
final class ProblemAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unreachable(RetryableFailure failure) {
    LOG.atWarn()
        .setCause(failure)
        .addKeyValue("stage", failure.stage())
        .log("sync.operator.unreachable");
    return answer(
        new Problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "unavailable",
                "What is needed to answer cannot be reached at present. Try again in a moment.",
                Map.of())
            .body());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unexpected(Exception failure) {
    if (failure instanceof ErrorResponse known) {
      return ResponseEntity.status(known.getStatusCode())
          .headers(known.getHeaders())
          .contentType(MediaType.APPLICATION_PROBLEM_JSON)
          .body(known.getBody());
    }
    LOG.error("sync.operator.failed", failure);
    return answer(
        new Problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal",
                "The service failed in a way nobody expected; its log says how.",
                Map.of())
            .body());
  }

  private static ResponseEntity<ProblemDetail> answer(ProblemDetail body) {
    return ResponseEntity.status(body.getStatus())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(body);
  }
}
