package relata.api.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

class SeldomWarningTest {
  private static final long SECOND = 1_000_000_000L;

  private long now = Long.MAX_VALUE;
  private final SeldomWarning warning =
      new SeldomWarning(Logger.getLogger(SeldomWarningTest.class), () -> now);

  @Test
  void theFirstIsSaidAtOnceAndTheOthersTogether() {
    assertEquals(OptionalLong.of(1), warning.counted());
    assertEquals(OptionalLong.empty(), warning.counted());
    now += 10 * SECOND - 1;
    assertEquals(OptionalLong.empty(), warning.counted());
    now++;
    assertEquals(OptionalLong.of(3), warning.counted());
    assertEquals(OptionalLong.empty(), warning.counted());
  }

  @Test
  void afterALongTimeItIsSaidAtOnceWithThoseThatWereNot() {
    assertEquals(OptionalLong.of(1), warning.counted());
    assertEquals(OptionalLong.empty(), warning.counted());
    now += 1_000 * SECOND;
    assertEquals(OptionalLong.of(2), warning.counted());
  }
}
