package relata.api.bulk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacedInputTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final byte[] buffer = new byte[5_000];
  private long now;
  private boolean isStopping;

  @Test
  void bytesThatComeOneByOneEndWhenPatienceIsUsedUp() throws IOException {
    InputStream trickling = paced(1, Duration.ofSeconds(1));
    for (int second = 1; second <= 10; second++) {
      assertEquals(1, trickling.read(buffer));
    }
    PacedInput.TooSlow ended = assertThrows(PacedInput.TooSlow.class, () -> trickling.read(buffer));
    assertTrue(ended.getMessage().contains("1000 bytes a second"));
  }

  @Test
  void clientThatIsFastEnoughIsWaitedForUntilTheLongestTime() throws IOException {
    InputStream steady = paced(1_000, Duration.ofSeconds(1));
    for (int second = 1; second <= 600; second++) {
      assertEquals(1_000, steady.read(buffer));
    }
    assertThrows(PacedInput.TooSlow.class, () -> steady.read(buffer));
  }

  @Test
  void whatIsStoredMeanwhileIsNotOnTheClientsAccount() throws IOException {
    InputStream quick = paced(1, Duration.ZERO);
    for (int batch = 1; batch <= 9; batch++) {
      assertEquals(1, quick.read(buffer));
      now += Duration.ofMinutes(1).toNanos();
    }
    assertEquals(1, quick.read(buffer));
  }

  @Test
  void clientThatIsFastEnoughEndsWhenTheServiceDoes() throws IOException {
    InputStream steady = paced(1_000, Duration.ofSeconds(1));
    assertEquals(1_000, steady.read(buffer));
    isStopping = true;
    assertThrows(ServiceStopping.class, () -> steady.read(buffer));
  }

  @Test
  void bytesAreThoseOfTheBody() throws IOException {
    byte[] body = {1, -1, 3};
    InputStream input =
        new PacedInput(
            new ByteArrayInputStream(body), PATIENCE, 1_000, LONGEST, () -> isStopping, () -> now);
    assertEquals(1, input.read());
    assertEquals(255, input.read());
    assertArrayEquals(new byte[] {3}, input.readAllBytes());
    assertEquals(-1, input.read());
  }

  /** A body without an end, of which so many bytes come after a pause each time. */
  private InputStream paced(int bytes, Duration pause) {
    InputStream body =
        new InputStream() {
          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            now += pause.toNanos();
            return bytes;
          }
        };
    return new PacedInput(body, PATIENCE, 1_000, LONGEST, () -> isStopping, () -> now);
  }
}
