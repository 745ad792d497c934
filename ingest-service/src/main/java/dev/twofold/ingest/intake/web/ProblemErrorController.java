package dev.twofold.ingest.intake.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers where the servlet container dispatches errors to; called directly it is a 404. */
@RestController
final class ProblemErrorController implements ErrorController {

  @RequestMapping("/error")
  ResponseEntity<byte[]> error(HttpServletRequest request) {
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : 404;
    return ResponseEntity.status(status)
        .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .body(Problem.ofStatus(status).json());
  }
}
