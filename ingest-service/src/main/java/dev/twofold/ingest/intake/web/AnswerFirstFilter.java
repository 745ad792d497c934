package dev.twofold.ingest.intake.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Writes the answer to the socket before the request counts as finished. A graceful shutdown waits
 * for requests, not for their answers: a 204 has no body to be flushed, and was seen to be lost
 * when the connector closed in between. The provider would repeat a delivery that we hold.
 */
final class AnswerFirstFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, response);
    response.flushBuffer();
  }
}
