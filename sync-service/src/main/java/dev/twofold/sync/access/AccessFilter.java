package dev.twofold.sync.access;

import dev.twofold.sync.problem.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Stands before every endpoint. The health page is open to all; whatever else is asked for passes
 * the {@link Doorkeeper}, and two rules that hold under every guard: an address is in its plain
 * form, so that this filter and the routing behind it cannot understand it differently, and no
 * other site's page sends requests through an operator's browser.
 */
final class AccessFilter implements Filter {

  private static final Logger LOG = LoggerFactory.getLogger(AccessFilter.class);
  private static final String HEALTH = "/actuator/health";

  private final Doorkeeper doorkeeper;
  private final MeterRegistry meters;

  AccessFilter(Doorkeeper doorkeeper, MeterRegistry meters) {
    this.doorkeeper = doorkeeper;
    this.meters = meters;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    Optional<Problem> refusal = refusal(asked);
    if (refusal.isEmpty()) {
      chain.doFilter(request, response);
    } else {
      refuse((HttpServletResponse) response, refusal.get());
    }
  }

  private Optional<Problem> refusal(HttpServletRequest request) {
    String path = request.getServletPath();
    if (!request.getRequestURI().equals(path)) {
      return Optional.of(
          Problem.badRequest(
              "address-not-plain",
              "Write the path without encoded characters, dots, semicolons and double slashes."));
    }
    if (path.equals(HEALTH) || path.startsWith(HEALTH + "/")) {
      return Optional.empty();
    }
    return isFromAnotherSite(request)
        ? Optional.of(
            new Problem(
                HttpStatus.FORBIDDEN,
                "another-site",
                "Another site's page sent this; call the service directly.",
                Map.of()))
        : doorkeeper.refusal(request);
  }

  /** Browsers say where a request comes from; following a link to a page is all we allow. */
  private static boolean isFromAnotherSite(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    boolean ours = site == null || site.equals("same-origin") || site.equals("none");
    boolean follows =
        request.getMethod().equals("GET") && "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
    return !ours && !follows;
  }

  private void refuse(HttpServletResponse response, Problem problem) throws IOException {
    meters.counter("twofold.access.refused", "reason", problem.name()).increment();
    LOG.atDebug().addKeyValue("reason", problem.detail()).log("sync.access.refused");
    byte[] body = problem.json().getBytes(StandardCharsets.UTF_8);
    response.setStatus(problem.status().value());
    response.setContentType(Problem.MEDIA_TYPE);
    response.setContentLength(body.length);
    if (problem.status() == HttpStatus.UNAUTHORIZED) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    response.getOutputStream().write(body);
  }
}
