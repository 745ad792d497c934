package dev.twofold.localstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void keepsTheUsualPortOfEveryPartThatIsNotMoved() {
    Ports ports = Ports.with(Map.of(Part.SYNC, 9081));

    assertThat(ports.of(Part.SYNC)).isEqualTo(9081);
    assertThat(ports.of(Part.INGEST)).isEqualTo(8080);
    assertThat(ports.url(Part.HUBSPOT)).isEqualTo("http://127.0.0.1:8091");
    assertThat(ports.hostAndPort(Part.FIRESTORE)).isEqualTo("127.0.0.1:8086");
  }

  @Test
  void refusesTwoPartsOnOnePort() {
    assertThatThrownBy(() -> Ports.with(Map.of(Part.SYNC, 8080)))
        .isInstanceOf(StackProblem.class)
        .hasMessageContaining("8080")
        .hasMessageContaining("--ingest-port")
        .hasMessageContaining("--sync-port");
  }

  @Test
  void refusesWhatIsNoPort() {
    assertThatThrownBy(() -> Ports.with(Map.of(Part.STRIPE, 70_000)))
        .isInstanceOf(StackProblem.class)
        .hasMessageContaining("--stripe-port: 70000");
  }

  @Test
  void namesATakenPortAndWhatChangesIt() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(loopback()))) {
      Ports ports = Ports.with(Map.of(Part.HUBSPOT, taken.getLocalPort()));

      assertThatThrownBy(() -> ports.checkFree(EnumSet.of(Part.HUBSPOT)))
          .isInstanceOf(StackProblem.class)
          .hasMessageContaining("Port " + taken.getLocalPort() + " (HubSpot simulator)")
          .hasMessageContaining("--hubspot-port")
          .hasMessageContaining("TWOFOLD_HUBSPOT_PORT");
    }
  }

  @Test
  void asksNothingOfPortsThatAreNotNeeded() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(loopback()))) {
      Ports free = Ports.free();
      Ports ports =
          Ports.with(Map.of(Part.HUBSPOT, taken.getLocalPort(), Part.STRIPE, free.of(Part.STRIPE)));

      assertThatCode(() -> ports.checkFree(EnumSet.of(Part.STRIPE))).doesNotThrowAnyException();
    }
  }

  @Test
  void findsAFreePortForEachPart() {
    Ports ports = Ports.free();

    assertThat(Arrays.stream(Part.values()).map(ports::of)).doesNotHaveDuplicates();
    assertThatCode(() -> ports.checkFree(EnumSet.allOf(Part.class))).doesNotThrowAnyException();
  }

  private static byte[] loopback() {
    return new byte[] {127, 0, 0, 1};
  }
}
