package relata.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PortsTest {
  private final List<String> messages = new ArrayList<>();

  @Test
  void aPortThatWasAskedForAndIsTakenIsRefusedInWords() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      StackException refused =
          assertThrows(
              StackException.class,
              () -> Ports.forApi(OptionalInt.of(taken.getLocalPort()), messages::add));
      assertTrue(
          refused.getMessage().startsWith("Port " + taken.getLocalPort() + " is taken"),
          refused.getMessage());
      assertTrue(refused.getMessage().contains("--port"), refused.getMessage());
    }
  }

  @Test
  void aPortThatIsTakenOnAllAddressesIsSeenToo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertThrows(
          StackException.class,
          () -> Ports.forApi(OptionalInt.of(taken.getLocalPort()), messages::add));
    }
  }

  @Test
  void aFreePortThatWasAskedForIsTaken() {
    int free = Ports.free();
    assertEquals(free, Ports.forApi(OptionalInt.of(free), messages::add));
    assertEquals(List.of(), messages);
  }

  @Test
  void withoutAWishTheDefaultIsLeftToWhoeverHasItAndThatIsSaid() throws Exception {
    // The default may be taken on this machine already, then it is taken all the same.
    try (AutoCloseable taken = takeDefault()) {
      int port = Ports.forApi(OptionalInt.empty(), messages::add);
      assertTrue(port != Ports.API_DEFAULT && port >= 20_000, "port " + port);
      assertEquals(List.of("Port 8080 is taken: the API answers on port " + port + "."), messages);
    }
  }

  private static AutoCloseable takeDefault() {
    try {
      return new ServerSocket(Ports.API_DEFAULT, 1, InetAddress.getLoopbackAddress());
    } catch (IOException alreadyTaken) {
      return () -> {};
    }
  }
}
