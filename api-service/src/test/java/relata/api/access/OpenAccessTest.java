package relata.api.access;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAccessTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.0.0.2"})
  void thisMachineMayBeOpen(String host) {
    assertDoesNotThrow(() -> OpenAccess.requireLoopback(host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "10.1.2.3", "nowhere.invalid"})
  void whatOthersReachIsNotOpenedAndSaysWhatToDo(String host) {
    var refused = assertThrows(IllegalStateException.class, () -> OpenAccess.requireLoopback(host));
    assertTrue(refused.getMessage().contains("QUARKUS_HTTP_HOST=127.0.0.1"), refused.getMessage());
  }
}
