package dev.twofold.sync.access;

import dev.twofold.sync.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/**
 * Lets in who calls from this machine by one of its loopback names. The name is checked too,
 * because a page in the developer's browser may reach a loopback address through a name of its own.
 */
final class LoopbackDoorkeeper implements Doorkeeper {

  @Override
  public Optional<Problem> refusal(HttpServletRequest request) {
    return isLoopback(request.getRemoteAddr()) && isLoopback(request.getServerName())
        ? Optional.empty()
        : Optional.of(
            new Problem(
                HttpStatus.FORBIDDEN,
                "not-local",
                "Only callers on this machine are let in. To serve others, set ACCESS_GUARD=token"
                    + " and name the accounts.",
                Map.of()));
  }

  /** Only literal addresses and the one reserved name: no name is ever looked up. */
  private static boolean isLoopback(String host) {
    String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    if (plain.equals("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(plain).isLoopbackAddress();
    } catch (IllegalArgumentException aName) {
      return false;
    }
  }
}
