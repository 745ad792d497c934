package dev.twofold.localstack.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** One port for each part, no two the same. */
public final class Ports {
  /** Everything listens here and nowhere else: the stack is for the person at this machine. */
  public static final String HOST = "127.0.0.1";

  private static final int PORT_MAX = 65_535;

  private final Map<Part, Integer> ports;

  private Ports(Map<Part, Integer> ports) {
    this.ports = ports;
  }

  /** The ports given, and the usual one for every other part. */
  public static Ports with(Map<Part, Integer> chosen) {
    Map<Part, Integer> ports = new EnumMap<>(Part.class);
    Map<Integer, Part> owners = new HashMap<>();
    for (Part part : Part.values()) {
      int port = chosen.getOrDefault(part, part.usualPort());
      if (port < 1 || port > PORT_MAX) {
        throw new StackProblem(
            "%s: %d is not a port; expected 1 to %d".formatted(part.portOption(), port, PORT_MAX));
      }
      Part other = owners.put(port, part);
      if (other != null) {
        throw new StackProblem(
            "Port %d is given to %s and to %s; change %s or %s"
                .formatted(
                    port, other.title(), part.title(), other.portOption(), part.portOption()));
      }
      ports.put(part, port);
    }
    return new Ports(ports);
  }

  /** Ports that nobody uses right now, for tests. */
  public static Ports free() {
    List<ServerSocket> held = new ArrayList<>();
    try {
      Map<Part, Integer> ports = new EnumMap<>(Part.class);
      for (Part part : Part.values()) {
        ServerSocket socket = new ServerSocket(0, 1, loopback());
        held.add(socket);
        ports.put(part, socket.getLocalPort());
      }
      return new Ports(ports);
    } catch (IOException e) {
      throw new UncheckedIOException("No free port on " + HOST, e);
    } finally {
      held.forEach(Ports::release);
    }
  }

  private static void release(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot release port " + socket.getLocalPort(), e);
    }
  }

  /** The part's port. */
  public int of(Part part) {
    return Objects.requireNonNull(ports.get(part), part::title);
  }

  /** The part's address, without a scheme. */
  public String hostAndPort(Part part) {
    return HOST + ":" + of(part);
  }

  /** The part's address for HTTP. */
  public String url(Part part) {
    return "http://" + hostAndPort(part);
  }

  /** Refuses when somebody else listens on a port that is needed, naming all such ports. */
  public void checkFree(Set<Part> needed) {
    List<String> taken = new ArrayList<>();
    for (Part part : EnumSet.copyOf(needed)) {
      if (!isFree(of(part))) {
        taken.add(
            "Port %d (%s) is already taken; stop what uses it, or choose another with %s or %s"
                .formatted(of(part), part.title(), part.portOption(), part.portVariable()));
      }
    }
    if (!taken.isEmpty()) {
      throw new StackProblem(String.join("\n", taken));
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // Connections of an earlier run that linger do not make a port taken.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(loopback(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1});
  }

  @Override
  public String toString() {
    return ports.toString();
  }
}
