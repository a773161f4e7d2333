package relata.local.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MillisTest {
  @Test
  void percentilesAreValuesThatWereMeasured() {
    Millis times = new Millis(IntStream.rangeClosed(1, 200).mapToObj(i -> (double) i).toList());
    assertEquals(100, times.percentile(0.5));
    assertEquals(198, times.percentile(0.99));
    assertEquals(200, times.percentile(1));
  }

  @Test
  void aPartThatAllHaveIsTakenOffWithoutGoingBelowZero() {
    Millis beyond = new Millis(List.of(3.0, 12.0)).minus(5);
    assertEquals(0, beyond.percentile(0.5));
    assertEquals(7, beyond.percentile(1));
  }
}
